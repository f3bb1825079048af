"""Several connections join one session at once, and the first of them fails."""

import asyncio
from typing import Any

import pytest

from kit.caller import Caller
from kit.errors import Failure, conflict, unavailable
from realtime.node.connection import Connection
from tests.integration.realtime.conftest import Stage
from tests.support.waiting import until


class _Client:
    alive = True

    async def send(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None:
        return None

    async def drop(self, failure: Failure) -> None:
        return None


async def test_a_session_is_taken_over_once_when_the_first_of_three_joins_fails(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await stage.node()
    user = await stage.person()
    session_id = await stage.voice(user)
    registry = node.maintenance.registry
    claim, claims = node.repository.claim, 0

    async def claiming(*given: Any) -> Any:
        nonlocal claims
        claims += 1
        if claims == 1:
            await asyncio.sleep(0)
            raise unavailable("unavailable", "The database is away.", 1)
        return await claim(*given)

    monkeypatch.setattr(node.repository, "claim", claiming)

    def join() -> "asyncio.Future[Any]":
        return asyncio.ensure_future(registry.join(session_id, user, _Client(), None))

    joins = [join(), join()]
    joins[0].add_done_callback(lambda _: joins.append(join()))
    with pytest.raises(Failure):
        await joins[0]
    await asyncio.sleep(0)
    second, third = [(await one).runner for one in joins[1:]]
    assert second is third is registry.runners[session_id]
    assert (await stage.row(session_id))["fence"] == 1
    assert len(registry._joining) == 0


class _Faulty(_Client):
    """Whatever is done with it fails, from the moment that it is broken."""

    def __init__(self, trouble: Exception, *, broken: bool) -> None:
        self.trouble, self.broken = trouble, broken
        self.told: list[str] = []

    async def send(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None:
        if self.broken:
            raise self.trouble
        self.told.append(name)

    async def drop(self, failure: Failure) -> None:
        if self.broken:
            raise self.trouble


@pytest.mark.parametrize("trouble", [TypeError("no text"), conflict("closed", "Closed."), unavailable("away", "", 1)])
async def test_a_client_whose_line_fails_takes_no_session_with_it(stage: Stage, trouble: Exception) -> None:
    node = await stage.node()
    user = await stage.person()
    session_id = await stage.voice(user)
    registry = node.maintenance.registry
    runner = (await registry.join(session_id, user, _Faulty(trouble, broken=True), None)).runner
    assert runner is not None and await runner.told(60)
    slot = runner._parts.clients

    def attached() -> object:
        return slot.current

    assert attached() is None, "it could not be told what it missed"

    plays = _Faulty(trouble, broken=False)
    await registry.join(session_id, user, plays, None)
    assert await runner.told(60) and "session.state" in plays.told and attached() is plays
    plays.broken = True
    runner.play("response.audio", {}, b"\0\0")
    assert await runner.told(60) and attached() is None

    dropped, last = _Faulty(trouble, broken=False), _Faulty(trouble, broken=False)
    await registry.join(session_id, user, dropped, None)
    assert await runner.told(60)
    dropped.broken = True
    await registry.join(session_id, user, last, None)
    assert await runner.told(60) and attached() is last
    assert registry.runners[session_id] is runner and runner.view.open
    await registry.end(session_id, "client", 10)
    await until(lambda: "session.ended" in last.told)


async def test_a_line_that_takes_no_last_word_is_closed_all_the_same() -> None:
    done: list[str] = []

    async def fails(*_: Any) -> None:
        raise TypeError("no text")

    def note(what: str) -> Any:
        async def noted() -> None:
            done.append(what)

        return noted

    caller = Caller("somebody", "user", "bearer", "test")
    connection = Connection(caller, None, fails, note("disconnected"), cut=note("cut"))
    with pytest.raises(TypeError):
        await connection.expel(conflict("ended", "The credential has ended."))
    assert done == ["disconnected", "cut"]


async def test_who_joins_while_the_session_ends_is_told_its_end(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives its lease back while the lease is looked at: it was not taken by another node."""
    node = await stage.node()
    user = await stage.person()
    session_id = await stage.voice(user)
    registry = node.maintenance.registry
    dropped: list[str] = []

    class First(_Faulty):
        async def drop(self, failure: Failure) -> None:
            dropped.append(failure.code)

    first = First(TypeError(), broken=False)
    runner = (await registry.join(session_id, user, first, None)).runner
    renew, asked = registry.leases.renew, asyncio.Event()

    async def looked_at(held: Any) -> Any:
        asked.set()
        while not (lost := await renew(held)):  # noqa: ASYNC110 - it is Redis that knows
            await asyncio.sleep(0.01)
        return lost

    monkeypatch.setattr(registry.leases, "renew", looked_at)
    join = asyncio.ensure_future(registry.join(session_id, user, _Faulty(TypeError(), broken=False), None))
    await asyncio.wait_for(asked.wait(), 60)
    assert runner is not None and await runner.end("client", 60)
    joined = await asyncio.wait_for(join, 60)
    assert (joined.runner, joined.ack.status) == (None, "ended")
    assert "session.ended" in first.told and "session_moved" not in dropped
