"""The owner of a session dies in mid-speech: the next one hears every word, and every turn that began is over."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import numpy as np
import pytest

from clients.python.parley_client import Session
from kit.clock import SystemClock
from kit.tasks import Tasks
from realtime import ports
from speech.audio import pcm
from speech.events import SpeechEvent
from speech.listening import ListenerOptions, Listening, ListeningSettings
from tests.integration.realtime.conftest import Stage
from tests.support import speech as support

FRAME = 1280  # bytes, 40 ms
Events = list[tuple[str, dict[str, Any]]]


class Hearing:
    """Real ears for several nodes, by one worker. It remembers what was wanted of them."""

    def __init__(self, listening: Listening) -> None:
        self.listening = listening
        self.wanted: list[ports.ListenerOptions] = []

    async def open(self, wanted: ports.ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ports.Listener:
        self.wanted.append(wanted)
        options = ListenerOptions(
            wanted.session_id,
            first_turn=wanted.first_turn,
            start_ms=wanted.start_ms,
            known_ms=wanted.known_ms,
            before=wanted.before,
            before_end_ms=wanted.before_end_ms,
            scored=False,
        )
        return self.listening.listener(options, emit)

    def room(self) -> ports.NodeLoad:
        return ports.NodeLoad(100)


@pytest.fixture
async def hearing(tmp_path: Any) -> AsyncIterator[Hearing]:
    tasks = Tasks()
    settings = ListeningSettings(data=tmp_path, model=str(support.CLIPS_MODEL), workers=1, download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    yield Hearing(listening)
    await listening.close()
    await tasks.close()


def words(text: str) -> list[str]:
    return re.sub(r"[^\w' ]", "", text.lower()).split()


def sound(*names: str) -> tuple[list[bytes], list[str]]:
    """Recordings with pauses between them, in frames; and their words."""
    texts = {clip["id"]: clip["text"] for clip in support.manifest()}
    parts = [piece for name in names for piece in (support.clip(name), support.silence(0.8))]
    data = pcm.to_bytes(np.concatenate(parts))
    return [data[at : at + FRAME] for at in range(0, len(data) - FRAME, FRAME)], words(" ".join(map(texts.get, names)))  # type: ignore[arg-type]


async def everything(session: Session) -> Events:
    return [(event.name, event.data) async for event in session.events()]


def finals(events: Events) -> list[str]:
    return words(" ".join(data["text"] for name, data in events if name == "transcript.final"))


def never_closed(events: Events) -> set[str]:
    begun = {data["turn_id"] for name, data in events if name == "speech.started"}
    over = {data["turn_id"] for name, data in events if name == "transcript.final"}
    void = {turn for name, data in events if name == "session.state" for turn in data["void_turn_ids"]}
    assert not over & void
    return begun - over - void


async def speak(session: Session, frames: list[bytes]) -> None:
    """Faster than it was spoken, as far as the server takes it."""
    for frame in frames:
        session.send_audio(frame)
        await asyncio.sleep(0.012)


async def spoken_by_two(
    stage: Stage, hearing: Hearing, frames: list[bytes], killed_at: int, *, keeps: bool = True
) -> tuple[Events, Session]:
    """`killed_at` is a frame: the owner dies when it was heard. A client that does not keep goes on with new sound."""
    one, two = await stage.node(hearing), await stage.node(hearing)  # type: ignore[arg-type]
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    await speak(session, frames[:killed_at])
    await session.flushed()
    await one.kill()
    await speak(session, frames[killed_at:])
    await session.end()
    return await listening, session


@pytest.mark.parametrize("seconds", [1.9, 4.2, 5.7, 7.4, 9.0, 11.3, 13.2])
async def test_no_word_is_lost_and_every_turn_ends_where_the_owner_died(
    stage: Stage, hearing: Hearing, seconds: float
) -> None:
    frames, said = sound("jfk", "LJ001-0008")
    events, session = await spoken_by_two(stage, hearing, frames, round(seconds / 0.04))
    assert finals(events) == said
    assert never_closed(events) == set()
    assert session.reconnects >= 1
    again = hearing.wanted[-1]
    assert again.known_ms - again.start_ms <= 5040  # what it has to hear again is bounded, and enough:
    assert again.start_ms == 0 or again.known_ms - again.start_ms >= 5000


async def test_a_client_that_keeps_nothing_loses_nothing_of_what_it_says_next(stage: Stage, hearing: Hearing) -> None:
    """It goes on under the number after `audio_seq` with new sound, which is not taken for that which is known."""
    frames, said = sound("jfk")
    later, more = sound("84-121550-0000")
    one, two = await stage.node(hearing), await stage.node(hearing)  # type: ignore[arg-type]
    user = await stage.person()
    session = stage.client(user, one)
    await session.start_speaking()
    seen = asyncio.ensure_future(everything(session))
    await speak(session, frames)
    await session.flushed()
    while not hearing_is_over(await stage.texts(session.id or ""), said):  # noqa: ASYNC110 - the books tell nobody
        await asyncio.sleep(0.05)
    await one.kill()
    await session.close()
    seen.cancel()
    forgetful = stage.client(user, two)
    await forgetful.join(session.id or "")
    listening = asyncio.ensure_future(everything(forgetful))
    await speak(forgetful, later)
    ended = await forgetful.end()
    assert finals(await listening)[-len(more) :] == more
    assert ended.billed_seconds >= int((len(frames) + len(later)) * 0.04) - 1
    assert hearing.wanted[-1].known_ms > hearing.wanted[-1].start_ms > 0


def hearing_is_over(texts: list[str], said: list[str]) -> bool:
    return len(words(" ".join(texts))) >= len(said)
