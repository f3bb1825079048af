"""The Python client where something else answers, where a program stops waiting, and where another device joins."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from clients.python.parley_client import Lost, NotSignedIn, Parley, Refused, Replaced, Session, Tokens, _link
from tests.support.scripted_lines import SESSION, ScriptedLine, scripted

PATIENCE = 60
_OLD = Tokens("a0", "r0", 0.0)


@dataclass
class Exchange:
    """Gives new tokens for old ones when it may, and remembers who asked."""

    asked: list[str] = field(default_factory=list)
    may: asyncio.Event = field(default_factory=asyncio.Event)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    instead: Callable[[], web.Response] | None = None
    url: str = ""

    async def refresh(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json())["refresh_token"])
        self.came.set()
        await self.may.wait()
        if self.instead is not None:
            return self.instead()
        number = len(self.asked)
        return web.json_response({"access_token": f"a{number}", "refresh_token": f"r{number}", "expires_in": 900})

    async def page(self, _: web.Request) -> web.Response:
        return web.Response(text="<html>Sign in to this network</html>", content_type="text/html")

    async def me(self, request: web.Request) -> web.Response:
        return web.json_response({"username": request.headers["Authorization"]})


@pytest.fixture
async def exchange() -> AsyncIterator[Exchange]:
    made = Exchange()
    app = web.Application()
    app.router.add_post("/api/auth/refresh", made.refresh)
    app.router.add_get("/api/auth/me", made.me)
    app.router.add_get("/api/auth/me/export", made.page)
    app.router.add_get("/api/live/quota", made.page)
    async with TestServer(app) as server:
        made.url = str(server.make_url("")).rstrip("/")
        yield made


async def test_a_request_that_is_cancelled_does_not_lose_the_sign_in(exchange: Exchange) -> None:
    """The server takes a refresh token once: an answer that nobody waited for would end the sign-in at its next use."""
    kept: list[Tokens | None] = []
    async with Parley(exchange.url, tokens=_OLD, on_tokens=kept.append) as client:
        asking = asyncio.ensure_future(client.rest.get_auth_me())
        await exchange.came.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        exchange.may.set()
        assert (await client.rest.get_auth_me())["username"] == "Bearer a1"
    assert exchange.asked == ["r0"] and [one and one.refresh for one in kept] == ["r1"]


async def test_a_client_that_is_closed_meanwhile_keeps_the_new_tokens(exchange: Exchange) -> None:
    kept: list[Tokens | None] = []
    client = Parley(exchange.url, tokens=_OLD, on_tokens=kept.append)
    asking = asyncio.ensure_future(client.rest.get_auth_me())
    await exchange.came.wait()
    asking.cancel()
    closing = asyncio.ensure_future(client.close())
    await asyncio.sleep(0)
    exchange.may.set()
    await closing
    assert [one and one.refresh for one in kept] == ["r1"]


async def test_a_renewal_of_an_earlier_sign_in_stands_for_no_other(exchange: Exchange) -> None:
    async with Parley(exchange.url, tokens=_OLD) as client:
        earlier = asyncio.ensure_future(client.access_token())
        await exchange.came.wait()
        client._tokens = Tokens("b0", "s0", 0.0)  # as after another sign-in, whose pair is worn out, too
        later = asyncio.ensure_future(client.access_token())
        await asyncio.sleep(0)
        exchange.may.set()
        assert (await asyncio.gather(earlier, later))[1] == "a2"
    assert exchange.asked == ["r0", "s0"]


async def test_only_the_servers_own_word_ends_a_sign_in(exchange: Exchange) -> None:
    exchange.may.set()
    kept: list[Tokens | None] = []
    async with Parley(exchange.url, tokens=_OLD, on_tokens=kept.append) as client:
        for instead, error in (
            (lambda: web.Response(text="<html>", content_type="text/html"), Lost),
            (lambda: web.Response(text="{", content_type="application/json"), Lost),
            (lambda: web.json_response({"error": "sign in to this network"}), Lost),
            (lambda: web.Response(status=403, text="{", content_type="application/json"), Refused),
            (lambda: web.Response(status=401, text="<html>", content_type="text/html"), Refused),
        ):
            exchange.instead = instead
            with pytest.raises(error):
                await client.access_token()
        assert client.tokens == _OLD and kept == []
        detail = {"error": "not_authenticated", "message": "x"}
        exchange.instead = lambda: web.json_response({"detail": detail}, status=401)
        with pytest.raises(NotSignedIn):
            await client.access_token()
    assert kept == [None]


async def test_a_page_in_place_of_an_answer_is_lost(exchange: Exchange) -> None:
    exchange.may.set()
    async with Parley(exchange.url, tokens=_OLD) as client:
        for operation in (client.rest.get_auth_me_export, client.rest.get_live_quota):
            with pytest.raises(Lost):
                await operation()


async def test_a_join_that_was_lost_before_the_first_answer_may_be_what_replaces_us() -> None:
    async def silent(line: ScriptedLine) -> None:
        await line.hears()
        line.breaks()

    async def taken(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.tells("error", {"error": "replaced", "message": "Another connection joined this session."})
        await line.silence()

    async def back(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.ends(2)

    async with scripted(silent, taken, back) as server:
        session = Session(server.url, "/live", token="token")
        try:
            await session.join(SESSION, wait_seconds=PATIENCE)
            async with asyncio.timeout(PATIENCE):
                assert (await asyncio.shield(session.ended)).billed_seconds == 7
        finally:
            await session.close()
    assert server.opened == 3


async def test_a_snapshot_is_told_though_its_number_was_seen() -> None:
    async def first(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.numbered("session.state", 5, status="active")
        line.breaks()

    async def back(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.numbered("session.snapshot", 5, status="active", turns=[], remaining_seconds=9)
        await line.ends(6)

    async with scripted(first, back) as server:
        session = Session(server.url, "/live", token="token")
        try:
            await session.join(SESSION)
            async with asyncio.timeout(PATIENCE):
                names = [event.name async for event in session]
        finally:
            await session.close()
    assert names == ["session.state", "session.snapshot", "session.ended"]


async def test_events_without_their_members_do_not_end_a_session() -> None:
    async def only(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.tells("audio.ack")
        await line.numbered("session.snapshot", 1, status="active", turns=[{"turn_id": "t"}], remaining_seconds=9)
        await line.ends(2)

    async with scripted(only) as server:
        session = Session(server.url, "/live", token="token")
        try:
            await session.join(SESSION)
            async with asyncio.timeout(PATIENCE):
                names = [event.name async for event in session]
        finally:
            await session.close()
    assert names == ["session.snapshot", "session.ended"] and server.opened == 1


async def test_a_session_outlives_what_a_proxy_answers_while_the_server_is_away() -> None:
    async def first(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.numbered("session.state", 1, status="active")
        line.breaks()

    async def back(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.ends(2)

    portal = web.HTTPFound("/sign-in-to-this-network")
    async with scripted(first, web.HTTPNotFound(), web.HTTPForbidden(), portal, back) as server:
        session = Session(server.url, "/live", token="token")
        try:
            await session.join(SESSION)
            async with asyncio.timeout(PATIENCE):
                assert (await asyncio.shield(session.ended)).billed_seconds == 7
        finally:
            await session.close()
    assert [join.get("last_seq") for join in server.joins] == [None, 1]


async def test_a_join_that_was_lost_long_ago_is_no_reason_to_fight_another_device(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def first(line: ScriptedLine) -> None:
        await server.joined(line)
        line.breaks()

    async def silent(line: ScriptedLine) -> None:
        await line.hears()
        line.breaks()

    async def taken(line: ScriptedLine) -> None:
        await server.joined(line)
        await line.tells("error", {"error": "replaced", "message": "Another connection joined this session."})
        await line.silence()

    monkeypatch.setattr(_link, "_OWN_JOIN_SECONDS", 0.0)
    async with scripted(first, silent, taken) as server:
        session = Session(server.url, "/live", token="token")
        try:
            await session.join(SESSION)
            with pytest.raises(Replaced):
                async with asyncio.timeout(PATIENCE):
                    await asyncio.shield(session.ended)
        finally:
            await session.close()
    assert server.opened == 3
