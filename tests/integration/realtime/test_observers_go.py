"""Observers that are slow, fail, or go while they come in: they hold up no other, and leave no ghost behind."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from kit.caller import Caller
from kit.errors import Failure
from realtime.node import observers
from realtime.node.connection import Connection
from tests.integration.realtime.conftest import Stage
from tests.integration.realtime.observing import present, pupil_and_teacher, watched, withdrawn
from tests.support.watching import Watcher, school, watcher


async def test_one_observer_that_takes_nothing_or_fails_holds_up_no_other(stage: Stage) -> None:
    node = await stage.node()
    pupil, slow, broken, quick = [await stage.person() for _ in range(4)]
    await school(stage.database, (pupil, "member", None), *((one, "admin", None) for one in (slow, broken, quick)))
    never = asyncio.Event()

    async def stuck(*_: Any) -> None:
        await never.wait()

    async def fails(*_: Any) -> None:
        raise TypeError("not what was expected")

    async with (
        stage.talk(user=pupil) as learner,
        watcher(node, slow) as first,
        watcher(node, broken) as second,
        watcher(node, quick) as third,
    ):
        for sees in (first, second, third):
            await sees.watches(learner)
        for watch in node.maintenance.observers._watches:
            send = {slow: stuck, broken: fails}.get(watch.watched.observer_id, watch.connection._send)
            watch.connection._send = send
        for number in range(3):
            await learner.speaks(1.04)
            await third.hears("transcript.final", text=f"second {number}")
        assert [task for task in node.resources.tasks._running if task.get_name() == "read for observers"]
        assert {watch.watched.observer_id for watch in node.maintenance.observers._watches} == {slow, quick}


async def test_who_takes_the_events_too_slowly_is_let_go(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observers, "_MOST_WAITING", 2)
    node = await stage.node()
    async with watched(stage, node) as (learner, sees, _):
        (watch,) = node.maintenance.observers._watches
        told, send = asyncio.Event(), watch.connection._send

        async def stuck(name: str, *more: Any) -> None:
            if name != "error":
                await told.wait()
            await send(name, *more)

        watch.connection._send = stuck
        await learner.speaks(1.6)
        await learner.hears("session.observers", count=0)
        await sees.gone.wait()
        assert (await sees.hears("error"))["error"] == "unavailable"
        assert node.maintenance.observers._watches == set()


def line(teacher: str, send: Any) -> Connection:
    async def disconnect() -> None:
        return None

    return Connection(Caller(teacher, "user", "bearer", "test"), None, send, disconnect)


class _Gate:
    """Where somebody comes to and waits, until it is opened."""

    def __init__(self, *, fails: bool) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        self._fails = fails

    async def passed(self) -> None:
        self.reached.set()
        await self.opened.wait()
        if self._fails:
            raise TypeError("not what was expected")


@pytest.mark.parametrize("when", ["announced", "replayed"])
@pytest.mark.parametrize("how", ["leaves", "cancelled", "fails"])
async def test_who_goes_while_coming_in_is_no_ghost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, when: str, how: str
) -> None:
    node = await stage.node()
    pupil, teacher = await pupil_and_teacher(stage)
    watching, gate = node.maintenance.observers, _Gate(fails=how == "fails")
    ask = node.maintenance.registry.bus.ask

    async def send(*_: Any) -> None:
        if when == "replayed":
            await gate.passed()

    async def asking(*given: Any) -> bool | None:
        if when == "announced":
            await gate.passed()
        return await ask(*given)

    async with stage.talk(user=pupil) as learner:
        monkeypatch.setattr(node.maintenance.registry.bus, "ask", asking)
        connection = line(teacher, send)
        joining = asyncio.ensure_future(watching.join(connection, learner.id, 0))
        async with asyncio.timeout(60):
            await gate.reached.wait()
        await present(node, learner.id, 1)
        if how == "leaves":
            connection.gone = True  # as its transport says
            watching.left(connection)
        elif how == "cancelled":
            joining.cancel()
        gate.opened.set()
        with pytest.raises({"leaves": Failure, "cancelled": asyncio.CancelledError, "fails": TypeError}[how]):
            await joining
        assert connection.watch is None
        await withdrawn(stage, node, learner.id)
        await learner.ends()


async def test_a_line_that_goes_while_it_is_let_in_leaves_nobody_behind(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await stage.node()
    pupil, teacher = await pupil_and_teacher(stage)
    reached, left = asyncio.Event(), asyncio.Event()
    watching, bus = node.maintenance.observers, node.maintenance.registry.bus
    ask, leave = bus.ask, watching.left

    async def asking(*given: Any) -> bool | None:
        reached.set()
        await left.wait()
        return await ask(*given)

    def leaving(connection: Connection) -> None:
        leave(connection)
        left.set()

    async with stage.talk(user=pupil) as learner, watcher(node, teacher) as sees:
        monkeypatch.setattr(bus, "ask", asking)
        monkeypatch.setattr(watching, "left", leaving)
        await sees.socket.emit("session.join", {"session_id": learner.id, "observe": True}, "/speaking")
        async with asyncio.timeout(60):
            await reached.wait()
        await sees.leaves()
        await withdrawn(stage, node, learner.id)
        await learner.ends()


async def test_many_who_come_and_go_while_the_session_ends_leave_nothing_behind(stage: Stage) -> None:
    node, other = await stage.node(), await stage.node()
    pupil, teacher = await pupil_and_teacher(stage)
    async with stage.talk(user=pupil) as learner, AsyncExitStack() as lines:
        many = [await lines.enter_async_context(watcher((node, other)[n % 2], teacher)) for n in range(20)]
        over = asyncio.Event()

        async def comes_and_goes(sees: Watcher) -> list[str | None]:
            codes: list[str | None] = []
            while not (over.is_set() and codes and codes[-1] is not None):
                answer = await sees.watches(learner)
                codes.append(None if answer["ok"] else answer["error"]["error"])
            return codes

        watching = asyncio.gather(*map(comes_and_goes, many))
        await learner.speaks(1.04)
        await learner.ends()
        over.set()
        async with asyncio.timeout(60):
            told = {code for codes in await watching for code in codes}
        assert told <= {None, "session_ended", "not_found", "unavailable"}
        await present(node, learner.id, 0)
        for one in (node, other):
            assert one.maintenance.observers._watches == set()
