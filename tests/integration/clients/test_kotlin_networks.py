"""The one-file client in Kotlin where something else answers, and where another device joins."""

import shutil
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.integration.clients.test_kotlin import JARS, compiled, java
from tests.support.scripted_lines import SESSION, Script, ScriptedLine, ScriptedLines

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("java") and JARS.is_dir()), reason="no Kotlin compiler: see .ci/run"),
]
_HTML = "<html>Sign in to this network</html>"
_OVER = {"detail": {"error": "not_authenticated", "message": "x"}}
_NEW = {"access_token": "a1", "refresh_token": "r1", "expires_in": 900}


class Place:
    """Answers renewals and lines in turn."""

    def __init__(self, renewals: list[web.Response], lines: ScriptedLines) -> None:
        self.renewals = iter(renewals)
        self.app = web.Application()
        self.app.router.add_post("/api/auth/refresh", self.refresh)
        self.app.router.add_get("/api/realtime/{namespace}", lines.handle)

    async def refresh(self, _: web.Request) -> web.Response:
        return next(self.renewals)


_REPLACED = {"error": "replaced", "message": "Another connection joined this session."}


class Lines:
    """What each line of the program meets, in turn."""

    def __init__(self) -> None:
        scripts: list[Script] = [self.first, web.HTTPNotFound(), web.HTTPForbidden(), self.silent]
        scripts += [self.back, self.restored, self.first, self.restored]
        self.server = ScriptedLines(scripts)

    async def first(self, line: ScriptedLine) -> None:
        await self.server.joined(line)
        await line.numbered("session.state", 5, status="active")
        line.breaks()

    async def silent(self, line: ScriptedLine) -> None:
        await line.hears()
        line.breaks()

    async def back(self, line: ScriptedLine) -> None:
        await self.server.joined(line)
        await line.tells("error", _REPLACED)
        await line.silence()

    async def restored(self, line: ScriptedLine) -> None:
        await self.server.joined(line)
        await line.numbered("session.snapshot", 5, status="active", turns=[], remaining_seconds=9)
        await line.tells("error", _REPLACED)
        await line.silence()


def page(status: int) -> web.Response:
    return web.Response(status=status, text=_HTML, content_type="text/html")


async def test_only_the_servers_own_word_ends_a_sign_in_or_a_session(tmp_path: Path) -> None:
    running = await compiled(tmp_path, "Networks")
    foreign = {"error": "sign in to this network"}
    renewals = [page(200), page(200), web.json_response(foreign), page(401), page(403), web.json_response(_NEW)]
    renewals += [page(200), web.json_response(_OVER, status=401)]
    async with TestServer(Place(renewals, Lines().server).app) as place:
        url = str(place.make_url("")).rstrip("/")
        said = (await java(*running, url, "6", SESSION)).splitlines()
    renewed = ["lost", "lost", "refused http_401", "refused http_403", "kept r1", "renewed"]
    ended = ["kept null", "refused not_authenticated"]
    assert said == [*renewed, *ended, "seq 5", "seq 5", "over replaced", "waiting false"]
