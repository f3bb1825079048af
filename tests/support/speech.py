"""Recordings and listeners for tests of the speech part."""

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from speech import events
from speech.audio import pcm
from speech.listening import Listener, ListenerOptions, Listening

DATA = Path(__file__).parents[1] / "data"
AUDIO = DATA / "audio"
CLIPS_MODEL = DATA / "models" / "whisper-clips-test"
RANDOM_MODEL = DATA / "models" / "whisper-random-test"
BASE_MODEL = DATA.parents[1] / ".parley" / "models" / "base"
"""Whisper base, where a checkout has fetched it."""


def manifest() -> list[dict[str, Any]]:
    recordings: list[dict[str, Any]] = json.loads((AUDIO / "manifest.json").read_text())
    return recordings


def clip(name: str, *, lead_s: float = 0.5, tail_s: float = 1.5) -> pcm.Samples:
    """A recording with silence around it, float32 at 16 kHz."""
    sound, rate = soundfile.read(AUDIO / f"{name}.flac", dtype="float32")
    assert rate == pcm.RATE
    return np.concatenate([silence(lead_s), sound, silence(tail_s)])


def silence(seconds: float) -> pcm.Samples:
    return np.zeros(int(seconds * pcm.RATE), np.float32)


def words(text: str) -> list[str]:
    return re.sub(r"[^\w' ]", "", text.lower()).split()


class Heard:
    """Collects what a listener says."""

    def __init__(self) -> None:
        self.events: list[events.SpeechEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: events.SpeechEvent) -> None:
        self.events.append(event)
        self._more.set()

    async def wait_for(self, kind: type[Any], seconds: float) -> Any:
        """The first event of a kind, waited for."""
        async with asyncio.timeout(seconds):
            while not self.of(kind):
                self._more.clear()
                await self._more.wait()
        return self.of(kind)[0]

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def text(self) -> str:
        return " ".join(final.text for final in self.of(events.Final) if final.text)

    def broken_promises(self) -> list[tuple[str, str]]:
        """(promised, said later) wherever a stable prefix was taken back."""
        promised: dict[int, str] = {}
        broken = []
        for event in self.events:
            if isinstance(event, events.Partial | events.Final):
                before = promised.get(event.turn, "")
                if not event.text.startswith(before):
                    broken.append((before, event.text))
                length = event.stable_prefix_length if isinstance(event, events.Partial) else len(event.text)
                promised[event.turn] = event.text[:length]
        return broken


async def play(listener: Listener, sound: pcm.Samples, *, chunk_ms: int = 100, pause_s: float = 0.004) -> None:
    """Feed a recording, faster than it was spoken."""
    step = pcm.samples(chunk_ms)
    for at in range(0, len(sound), step):
        listener.feed(pcm.to_bytes(sound[at : at + step]))
        await asyncio.sleep(pause_s)


async def hear(listening: Listening, sound: "pcm.Samples | Sequence[pcm.Samples]", **options: Any) -> Heard:
    """Everything that a new listener says about a recording."""
    heard = Heard()
    listener = listening.listener(ListenerOptions("test", **options), heard)
    try:
        await play(listener, sound if isinstance(sound, np.ndarray) else np.concatenate(sound))
        await listener.finish()
    finally:
        await listener.close()
    return heard
