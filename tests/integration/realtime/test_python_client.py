"""The Python client on real nodes that lose lines, die, are full, forget, or let another device in."""

import asyncio
import random
from functools import partial

import pytest

from api.live import recordings
from api.live.models import Order
from api.live.recordings import Recordings
from clients.python.parley_client import (
    Lost,
    NotSignedIn,
    Refused,
    Replaced,
    ServerEvent,
    Session,
    SessionEndedError,
    SessionSnapshot,
    Unavailable,
)
from kit.clock import SystemClock
from tests.integration.realtime.conftest import RunningNode, Stage
from tests.support.clock import FakeClock
from tests.support.scripted_listener import ScriptedListening
from tests.support.waiting import until

FRAME = b"\0\0" * 640  # 40 ms


async def everything(session: Session) -> list[ServerEvent]:
    return [event async for event in session]


def numbers(events: list[ServerEvent]) -> list[int]:
    return [event.data["seq"] for event in events if event.name not in ("error", "response.viseme")]


def finals(events: list[ServerEvent]) -> list[str]:
    return [event.data["text"] for event in events if event.name == "transcript.final"]


def has_sent(session: Session, frames: int) -> bool:
    return session._frames.sent >= frames


def seconds(count: int) -> list[str]:
    return [f"second {n}" for n in range(count)]


async def recorded(stage: Stage, *nodes: RunningNode) -> Session:
    """A conversation that is recorded, joined."""
    user = await stage.person()
    started = await nodes[0].repository._sessions.start(user, Order("voice", record=True))
    session = stage.client(user, *nodes, namespace="/live")
    await session.join(started.session.id)
    return session


async def kept(stage: Stage, session: Session) -> bytes:
    """The sound as the server recorded it."""
    row = await stage.row(session.id or "")
    database = stage.nodes[-1].resources.database
    store = Recordings(database, SystemClock(), 30)
    recording = await store.find(row["user_id"], session.id or "")
    whole = range(recordings.HEADER_BYTES, recordings.size(recording))
    return b"".join([part async for part in store.wav(recording, whole)])


@pytest.mark.parametrize("killed", [False, True])
async def test_no_byte_and_no_event_is_lost_or_doubled(stage: Stage, still: FakeClock, killed: bool) -> None:
    """In mid-sentence the line is cut again and again, or the node dies."""
    one, two = await stage.node(), await stage.node()
    session = await recorded(stage, one, two)
    listening = asyncio.ensure_future(everything(session))
    sound = random.Random(7).randbytes(32_000 * 6)
    streaming = asyncio.ensure_future(session.stream(sound, speed=2))
    for heard in (20, 50, 80):
        await until(partial(has_sent, session, heard), 60)
        if not killed:
            await session.cut()
        elif heard == 50:
            await one.kill()
    await streaming
    ended = await session.end()
    events = await listening
    assert session.reconnects >= (1 if killed else 3)
    assert numbers(events) == list(range(1, len(numbers(events)) + 1))
    assert events[-1] == ended
    assert finals(events) == seconds(6) == await stage.texts(session.id or "")
    said = [turn.text for turn in session.transcript.turns if turn.role == "user"]
    assert said == seconds(6)
    assert await kept(stage, session) == sound
    assert ended.billed_seconds == 6


async def test_an_expired_token_is_replaced(stage: Stage) -> None:
    node = await stage.node()
    user = await stage.person()
    asked: list[bool] = []
    expired = False

    async def token(refused: bool) -> str:
        asked.append(refused)
        return "expired" if expired and not refused else user

    session = stage.client(user, node, token=token)
    await session.start_speaking()
    expired = True
    streaming = asyncio.ensure_future(session.stream(FRAME * 75, speed=2))
    await until(lambda: session._frames.sent > 20)
    await session.cut()
    await streaming
    await session.end()
    assert asked == [False, False, True]
    assert await stage.texts(session.id or "") == seconds(3)


@pytest.mark.parametrize("source", [False, True])
async def test_a_session_outlives_its_sign_in(stage: Stage, source: bool) -> None:
    """By the ticket of its last join. A new session does not begin with it."""
    node = await stage.node()
    user = await stage.person()
    tokens = [user]

    async def token(refused: bool) -> str:
        return tokens[0]

    session = stage.client(user, node, token=token if source else user)
    await session.start_speaking()
    tokens[0] = "expired"
    if not source:
        session._link._credentials._token = "expired"
    await session.cut()
    await session.stream(FRAME * 50, speed=4)
    assert (await session.end()).reason == "client" and session.reconnects == 1
    with pytest.raises(NotSignedIn) as refused:
        await stage.client(user, node, token=token if source else "expired").start_speaking(wait_seconds=5)
    assert refused.value.code == "token_expired"


async def test_a_full_server_is_waited_for(stage: Stage, still: FakeClock) -> None:
    await stage.node(ScriptedListening(sessions_max=1))
    first = stage.client(await stage.person())
    await first.start_speaking()
    second = stage.client(await stage.person())
    with pytest.raises(Unavailable) as refused:
        await second.start_speaking()
    assert refused.value.retry_after
    waiting = asyncio.ensure_future(second.start_speaking(wait_seconds=60))
    await until(lambda: second._link._turn > 0)
    await first.end()
    await waiting
    await second.stream(FRAME * 25, speed=4)
    assert (await second.end()).billed_seconds == 1


async def test_a_server_that_is_away_is_lost(stage: Stage) -> None:
    node = await stage.node()
    user, url = await stage.person(), node.url
    await node.kill()
    with pytest.raises(Lost):
        await Session(url, "/speaking", token=user).start_speaking(wait_seconds=0.3)


async def test_an_end_without_a_server_is_given_up_and_no_more_sound_is_taken(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one)
    await session.start_speaking()
    await session.stream(FRAME * 50, speed=4)
    await session.flushed()
    await one.kill()
    with pytest.raises(Lost):
        await session.end(patience_seconds=0.5)
    with pytest.raises(SessionEndedError):
        session.send_audio(FRAME)
    session._link.urls = [two.url]  # it is back, elsewhere
    assert (await session.end()).billed_seconds >= 2
    with pytest.raises(SessionEndedError):
        session.send_audio(FRAME)


async def test_another_device_takes_over_and_the_first_stays_away(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    user = await stage.person()
    first = stage.client(user, one)
    await first.start_speaking()
    await first.stream(FRAME * 50, speed=4)
    await first.flushed()
    second = stage.client(user, two)
    await second.join(first.id or "", last_seq=0)
    with pytest.raises(Replaced):
        await everything(first)
    with pytest.raises(Replaced):
        await first.end()
    assert first.reconnects == 0
    await second.stream(FRAME * 25, speed=4)
    await second.end()
    events = await everything(second)
    assert numbers(events) == list(range(1, len(numbers(events)) + 1))
    texts = await stage.texts(first.id or "")
    assert finals(events) == texts == seconds(len(texts)) and len(texts) >= 1


async def test_a_snapshot_takes_the_place_of_what_is_gone(stage: Stage) -> None:
    """The owner dies and Valkey forgets everything: the transcript begins again with what PostgreSQL knows."""
    one, two = await stage.node(), await stage.node()
    user = await stage.person()
    first = stage.client(user, one)
    session_id = (await first.start_speaking())["session_id"]
    await first.stream(FRAME * 50, speed=4)
    await until(lambda: finals_of(first) == seconds(2))
    await one.kill()
    await first.close()
    await two.resources.redis.flushall()
    session = stage.client(user, two)
    await session.join(session_id, last_seq=first.last_seq - 1)
    await session.stream(b"\1\0" * 32_000, speed=4)  # not the same sound again, which would be taken for known
    await session.end()
    events = await everything(session)
    shots = [event for event in events if isinstance(event, SessionSnapshot)]
    assert [turn["text"] for turn in shots[0].turns] == seconds(2)
    assert finals_of(session) == seconds(4) == await stage.texts(session_id)


def finals_of(session: Session) -> list[str]:
    return [turn.text for turn in session.transcript.turns if turn.final]


async def test_one_that_is_cancelled_leaves_nothing(stage: Stage) -> None:
    node = await stage.node()
    session = stage.client(await stage.person(), node)
    before = asyncio.all_tasks()

    async def read() -> None:
        try:
            await session.start_speaking()
            await session.stream(FRAME * 500)
        finally:
            await session.close()

    reading = asyncio.ensure_future(read())
    await until(lambda: session.acked_seq > 0 or session._frames.sent > 30)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    await until(lambda: not {task for task in asyncio.all_tasks() - before if "parley_client" in repr(task)})
    assert (await everything(session))[0].name == "session.state"
    assert session.ended.cancelled()


async def test_a_frame_that_the_server_would_refuse_is_not_taken(stage: Stage) -> None:
    session = Session("http://127.0.0.1:9", "/speaking", token="x")
    for odd in (b"", b"\0" * 639, b"\0" * 641, b"\0" * 6402):
        with pytest.raises(ValueError, match="PCM16"):
            session.send_audio(odd)
    await session.close()


async def test_a_text_that_is_far_too_long_is_refused_at_once(stage: Stage) -> None:
    await stage.node()
    session = stage.client(await stage.person())
    with pytest.raises(Refused) as refused:
        await session.start_speaking(reference_text="word " * 40_000, wait_seconds=60)
    assert refused.value.code == "too_large"
