"""Outages of the servers while people work: `python3 run.py bench outages [--kind KIND] [--seconds 30]`.

A node with its own PostgreSQL and Valkey, writers, readers, uploads, and learners who speak without a pause. Then one
server is read-only, has no byte left on its disk (a small file system of the drill's own, for which it has to be root),
is gone, or hangs. In the middle somebody ends a session by REST. Afterwards: nothing that was acknowledged is missing,
nobody got another answer than the usual one or 503 with `Retry-After`, sessions end, every loop of the node lives, and
while it lasted the health page said so. Recognition is a script: every second of sound is a turn.
"""

import argparse
import asyncio
import contextlib
import secrets
import tempfile
import time
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from benchmarks.drill import troubles
from benchmarks.drill.load import Account, Person, Speaker
from benchmarks.drill.troubles import TROUBLES, NoDisk, Servers
from kit import logs
from kit.database import Database
from kit.errors import Failure
from server import resources
from server.app import create_app
from server.config import Settings
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from tests.support.scripted_listener import ScriptedListening

_SPEAKERS = 4
_AHEAD_SECONDS = 2.0  # under load before and after
_RECOVERY_SECONDS = 60.0
_END_SECONDS = 5.0


@dataclass
class Report:
    kind: str
    seconds: float
    account: Account
    lost: list[str] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)  # seconds from the wish to the end, after the trouble
    rest_end: tuple[int, float] = (0, 0.0)  # how the end by REST in the middle was answered, and when
    told: str = ""  # the health page in the middle
    back: float = 0.0  # seconds until the health page was well again
    unwell: list[str] = field(default_factory=list)  # loops that were not well in the end

    @property
    def wrong(self) -> list[str]:
        """What must not be, however slow the machine is."""
        found = [*self.lost, *self.account.odd[:5], *self.unwell]
        return found + (["the health page said that all is well"] if self.told == "ok" else [])

    def __str__(self) -> str:
        slowest = max(self.account.slowest.items(), key=lambda one: one[1])
        statuses = ", ".join(f"{status} × {count}" for status, count in sorted(self.account.statuses.items()))
        status, after = self.rest_end
        return (
            f"{self.kind}, {self.seconds:g} s: {len(self.account.notes)} notes, {len(self.account.documents)} "
            f"documents and {len(self.ends)} sessions acknowledged, lost {len(self.lost)}; answers {statuses}, slowest "
            f"{slowest[1]:.1f} s ({slowest[0]}); sessions ended in {max(self.ends, default=0):.1f} s; REST end in the "
            f"middle {status} after {after:.1f} s; health said {self.told!r}, well again after {self.back:.1f} s"
        )


class Drill:
    def __init__(self, kind: str, seconds: float, servers: Servers, node: resources.Resources, url: str) -> None:
        self._kind = kind
        self._seconds = seconds
        self._servers = servers
        self._node = node
        self._url = url
        self._account = Account()
        self.report = Report(kind, seconds, self._account)

    async def run(self) -> Report:
        async with aiohttp.ClientSession(self._url, timeout=aiohttp.ClientTimeout(120)) as http:
            people = [await self._person(http, number) for number in range(_SPEAKERS + 2)]
            speakers = [Speaker(self._url, person.token) for person in people[:_SPEAKERS]]
            for speaker in speakers:
                await speaker.begin()
            writing = people[_SPEAKERS:]
            work = [person.write_notes() for person in writing] + [person.read() for person in writing]
            load = [asyncio.ensure_future(one) for one in [*work, writing[0].upload()]]
            await asyncio.sleep(_AHEAD_SECONDS)
            async with TROUBLES[self._kind](self._servers):
                await self._suffer(people[0], speakers[0])
            began = time.monotonic()
            await asyncio.gather(*(speaker.end() for speaker in speakers))
            self.report.ends = [speaker.end_seconds for speaker in speakers]
            await self._wait_until_well(people[-1])
            self.report.back = time.monotonic() - began
            await asyncio.sleep(_AHEAD_SECONDS)
            for one in load:
                one.cancel()
            for failed in await asyncio.gather(*load, return_exceptions=True):
                if isinstance(failed, Exception):
                    self._account.odd.append(f"a client failed: {failed!r}")
            await self._look(speakers)
        return self.report

    async def _person(self, http: aiohttp.ClientSession, number: int) -> Person:
        name, password = f"drill{number}", secrets.token_urlsafe(18)
        body = {"email": f"{name}@example.com", "username": name, "password": password}
        async with http.post("/api/auth/register", json=body) as response:
            response.raise_for_status()
        async with http.post("/api/auth/login", data={"username": name, "password": password}) as response:
            return Person(http, self._account, (await response.json())["access_token"])

    async def _suffer(self, person: Person, speaker: Speaker) -> None:
        """The time of the trouble; in the middle of it one session is ended by REST and the health page read."""
        await asyncio.sleep(self._seconds / 2)
        began = time.monotonic()
        headers = {"Authorization": f"Bearer {person.token}"}
        body = {"session_id": speaker.session.id}
        async with person.http.post("/api/live/session/end", json=body, headers=headers) as response:
            self.report.rest_end = response.status, time.monotonic() - began
            if response.status not in (200, 503):
                self._account.odd.append(f"session/end: {response.status} {await response.text()}")
        self.report.told = await self._health(person)
        await asyncio.sleep(max(0.0, self._seconds / 2 - (time.monotonic() - began)))

    async def _health(self, person: Person) -> str:
        headers = {"Authorization": f"Bearer {person.token}"}
        async with person.http.get("/api/health/detailed", headers=headers) as response:
            told: dict[str, Any] = await response.json()
            return str(told.get("status", "unavailable"))

    async def _wait_until_well(self, person: Person) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_RECOVERY_SECONDS):
                while self._unwell() or await self._health(person) == "down":  # noqa: ASYNC110 - no event tells
                    await asyncio.sleep(0.1)
        self.report.unwell = self._unwell()

    def _unwell(self) -> list[str]:
        """Loops that do not run as they should."""
        states = [life.state() for life in self._node.tasks.lives]
        return [told for state, told in states if state != "ok"]

    async def _look(self, speakers: list[Speaker]) -> None:
        """For everything that was acknowledged."""
        database = await Database.open(self._servers.endpoints.database_url)
        try:
            for name, ids in (("notes", self._account.notes), ("documents", self._account.documents)):
                await self._look_for(database, name, ids)
            await self._documents_are_read(database)
            for speaker in speakers:
                await self._session_is_whole(database, speaker)
        finally:
            await database.close()

    async def _look_for(self, database: Database, name: str, ids: list[str]) -> None:
        statement = {
            "notes": "select count(*) from notes where id = any($1)",
            "documents": "select count(*) from documents where id = any($1)",
        }
        async with database.connection() as cx:
            there = await cx.fetchval(statement[name], ids)
        if there != len(ids):
            self.report.lost.append(f"{len(ids) - there} of {len(ids)} {name}")

    async def _documents_are_read(self, database: Database) -> None:
        ids = self._account.documents
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_RECOVERY_SECONDS):
                while True:
                    with contextlib.suppress(Failure):
                        async with database.connection() as cx:
                            query = "select count(*) from documents where id = any($1) and status = 'ready'"
                            if await cx.fetchval(query, ids) == len(ids):
                                return
                    await asyncio.sleep(0.2)
        self.report.lost.append("documents that were never read")

    async def _session_is_whole(self, database: Database, speaker: Speaker) -> None:
        async with database.connection() as cx:
            texts = await cx.fetch(
                "select n.text from live_turns n join live_transcripts t on t.id = transcript_id "
                "where session_id = $1 order by ordinal",
                speaker.session.id,
            )
            row = await cx.fetchrow("select * from live_sessions where id = $1", speaker.session.id)
        stored = [row["text"] for row in texts]
        wanted = [f"second {number}" for number in range(len(stored))]
        if stored != wanted:
            self.report.lost.append(f"turns: {stored}")
        if [text for text in speaker.finals if text not in stored]:
            self.report.lost.append(f"finals that were told: {speaker.finals}, stored {stored}")
        if speaker.numbers != sorted(set(speaker.numbers)):
            self.report.lost.append("events told twice or out of order")
        if row is None or row["ended_at"] is None:
            self.report.lost.append("a session that did not end")


async def drill(kind: str, seconds: float, folder: Path) -> Report:
    """One trouble, in `folder`. NoDisk when it needs a file system that cannot be had."""
    with ExitStack() as stack:
        home = stack.enter_context(troubles.small_disk(folder)) if kind == "full-disk" else folder
        servers = EmbeddedStack(home / "data")
        stack.callback(servers.stop)
        ends = servers.start()
        return await _drill(kind, seconds, Servers(servers, ends, home / "data"), folder)


async def _drill(kind: str, seconds: float, servers: Servers, folder: Path) -> Report:
    await migrate(servers.endpoints.database_url)
    many = 1_000_000
    settings = Settings(
        data_dir=folder / "node",
        secret_key=secrets.token_hex(32),
        port=0,
        speech_at_start=False,
        whisper_download=False,
        limit_write=many,
        limit_read=many,
        limit_heavy=many,
        limit_login=many,
        limit_public=many,
    )
    urls = servers.endpoints
    async with AsyncExitStack() as stack:
        looking = asyncio.ensure_future(servers.look_after())
        stack.callback(looking.cancel)
        node = await stack.enter_async_context(
            resources.opened(settings, database_url=urls.database_url, redis_url=urls.redis_url)
        )
        runner = web.AppRunner(create_app(node, listening=ScriptedListening()), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        return await Drill(kind, seconds, servers, node, f"http://127.0.0.1:{port}").run()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench outages", description=__doc__)
    parser.add_argument("--kind", choices=TROUBLES, action="append", help="by default all of them")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long the trouble lasts")
    given = parser.parse_args(argv)
    logs.configure("critical")
    bad = 0
    for kind in given.kind or TROUBLES:
        with tempfile.TemporaryDirectory(prefix="parley-outages-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)  # the database's account has to reach its own folder in here
            try:
                report = asyncio.run(drill(kind, given.seconds, Path(folder)))
            except NoDisk as why:
                print(f"{kind}: left out, because a file system of its own cannot be had ({why})", flush=True)
                continue
        late = max(report.ends) > _END_SECONDS
        print(report, flush=True)
        for line in report.wrong:
            print(f"   {line}")
        bad += bool(report.wrong) or late
    return 1 if bad else 0
