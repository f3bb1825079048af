"""A session ends and lets go of everything, whatever its parts do meanwhile."""

import asyncio
from collections.abc import Callable

import pytest

from kit.errors import Failure
from realtime.ports import ListenerOptions
from realtime.session import events as on
from speech.events import SpeechEvent
from tests.integration.realtime.conftest import Stage
from tests.support.clock import FakeClock
from tests.support.scripted_listener import ScriptedListener, ScriptedListening
from tests.support.waiting import until


class Stubborn(ScriptedListener):
    async def close(self) -> None:
        raise MemoryError("no memory to close with")


class StubbornListening(ScriptedListening):
    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ScriptedListener:
        return Stubborn(wanted, emit, 0.0)


async def test_a_listener_that_cannot_be_closed_leaves_no_zombie(stage: Stage) -> None:
    node = await stage.node(StubbornListening())
    session = stage.client(await stage.person(), node)
    await session.start_speaking()
    await session.end()
    await until(lambda: not node.maintenance.registry.runners)
    assert (await stage.row(session.id or ""))["ended_at"] is not None


async def test_a_fault_in_one_session_stops_no_clock_of_another(
    stage: Stage, still: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await stage.node(live_silence_seconds=0.3, live_grace_seconds=0.3)
    broken, well = stage.client(await stage.person(), node), stage.client(await stage.person(), node)
    await broken.start_speaking()
    await well.start_speaking()
    runner = node.maintenance.registry.runners[broken.id or ""]
    handle = runner.handle

    def fail(event: on.Event) -> None:
        if isinstance(event, on.Ticked):
            raise ZeroDivisionError
        handle(event)

    monkeypatch.setattr(runner, "handle", fail)
    well.asleep = True
    still.advance(0.6)
    async with asyncio.timeout(60):
        assert (await well.ended).reason == "timeout"


async def test_what_cannot_be_written_is_told_at_once_and_the_session_ends_later(stage: Stage) -> None:
    node = await stage.node()
    user = await stage.person()
    session = stage.client(user, node)
    await session.start_speaking()
    async with node.resources.database.connection() as cx:
        await cx.execute(
            "create function refuse() returns trigger language plpgsql as "
            "$$ begin raise exception 'no' using errcode = '53100'; end $$"
        )
        await cx.execute(
            "create trigger refusing before update on live_sessions for each row execute function refuse()"
        )
    with pytest.raises(Failure) as refused:
        await node.repository._sessions.end(user, session.id or "", "client")
    assert refused.value.code == "unavailable" and refused.value.retry_after
    async with node.resources.database.connection() as cx:
        await cx.execute("drop trigger refusing on live_sessions")
    async with asyncio.timeout(60):
        assert (await session.ended).reason == "client"


@pytest.mark.parametrize("moves", [False, True])
async def test_a_session_that_was_told_to_end_ends_with_its_node(stage: Stage, still: FakeClock, moves: bool) -> None:
    """Whether the node stops or another one asks for the session, its listener has more to say."""
    one, two = await stage.node(ScriptedListening(finish_s=600)), await stage.node()
    user = await stage.person()
    session = stage.client(user, one)
    session_id = (await session.start_speaking())["session_id"]
    await session.stream(b"\0\0" * 640 * 30)
    await session.flushed()
    runner = one.maintenance.registry.runners[session_id]
    runner.handle(on.EndAsked("client"))
    assert runner.view.status == "ending" and await runner.told(60)
    if moves:
        other = stage.client(user, two)  # it does not have the sound that is missing
        await other.join(session_id)
        still.advance(10)  # without more of the sound
        async with asyncio.timeout(60):
            ended = await other.ended
    else:
        await one.maintenance.stop()
        async with asyncio.timeout(60):
            ended = await session.ended
    assert (ended.reason, ended.billed_seconds) == ("client", 2)
    assert (await stage.row(session_id))["end_reason"] == "client"
    assert session_id not in one.maintenance.registry.runners and session_id not in two.maintenance.registry.runners


async def test_a_session_whose_line_breaks_while_it_ends_keeps_its_last_words_elsewhere(stage: Stage) -> None:
    one, two = await stage.node(ScriptedListening(finish_s=600)), await stage.node()
    session = stage.client(await stage.person(), one, two)
    session_id = (await session.start_speaking())["session_id"]
    await session.stream(b"\0\0" * 640 * 30)
    await session.flushed()
    runner = one.maintenance.registry.runners[session_id]
    runner.handle(on.EndAsked("client"))
    assert await runner.told(60)
    session._link.urls = [two.url]
    await session.cut()
    async with asyncio.timeout(60):
        assert (await session.ended).reason == "client"
    assert await stage.texts(session_id) == ["second 0", "second 1"]
    assert one.maintenance.registry.runners == {}


async def test_a_session_whose_node_dies_while_it_ends_is_ended_by_the_next(stage: Stage) -> None:
    one, two = await stage.node(ScriptedListening(finish_s=600)), await stage.node()
    session = stage.client(await stage.person(), one, two)
    session_id = (await session.start_speaking())["session_id"]
    await session.stream(b"\0\0" * 640 * 30)
    await session.flushed()
    runner = one.maintenance.registry.runners[session_id]
    runner.handle(on.EndAsked("client"))
    assert await runner.told(60)
    await one.kill()
    async with asyncio.timeout(60):
        assert (await session.ended).reason == "client"
    assert (await stage.row(session_id))["end_reason"] == "client"
    assert await stage.texts(session_id) == ["second 0", "second 1"]  # what the dead node had not finished, too
