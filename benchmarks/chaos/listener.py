"""A listener whose words are known beforehand: each second of audio is a turn that says its number and its checksum.

So a learner can tell from the transcript whether exactly its own audio arrived, whole and in order, whichever nodes
heard it, and how often they were killed meanwhile.
"""

import zlib
from collections.abc import Callable

from realtime.ports import ListenerOptions, NodeLoad
from speech import assessment
from speech import events as heard
from speech.events import SpeechEvent

TURN_MS = 1000
PARTIAL_MS = 200
BYTES_A_MS = 32
_ENGINE: assessment.Engine = {"name": "checksum", "model": "crc32", "version": "1"}
_REPORT: assessment.Report = {
    "overall": 100,
    "accuracy": 100,
    "fluency": 100,
    "completeness": 100,
    "prosody": 100,
    "words": [],
    "scorer": {"name": "checksum", "version": "1"},
}
_LATENCY = {"total": 0, "queue": 0, "engine": 0, "policy": 0}


def text_of(second: int, pcm: bytes) -> str:
    return f"second {second} is {zlib.crc32(pcm):08x}"


def texts_of(pcm: bytes) -> list[str]:
    """What a session that heard `pcm` must have in its transcript."""
    step = TURN_MS * BYTES_A_MS
    return [text_of(number, pcm[at : at + step]) for number, at in enumerate(range(0, len(pcm), step))]


class Deaf:
    """Ears that hear nothing."""

    def feed(self, pcm: bytes) -> None:
        return None

    def all_new(self) -> None:
        return None

    def commit(self) -> None:
        return None

    def tutor_heard(self, playing: bool) -> None:
        return None

    def set_patience(self, ms: int | None) -> None:
        return None

    @property
    def pauses(self) -> tuple[int, ...]:
        return ()

    async def finish(self) -> None:
        return None

    async def close(self) -> None:
        return None


class ChecksumListener(Deaf):
    def __init__(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> None:
        self._emit = emit
        self._turn = wanted.first_turn - 1
        self._start_ms = max(wanted.start_ms, wanted.known_ms)
        self._known = (self._start_ms - wanted.start_ms) * BYTES_A_MS  # bytes that come again
        self._heard = bytearray()
        self._shown = 0

    def all_new(self) -> None:
        self._known = 0

    def feed(self, pcm: bytes) -> None:
        again = min(len(pcm), self._known)
        self._known -= again
        pcm = pcm[again:]
        while pcm:
            if not self._heard:
                self._turn += 1
                self._shown = 0
                self._emit(heard.SpeechStarted(self._turn, self._start_ms))
            room = (TURN_MS - self._start_ms % TURN_MS) * BYTES_A_MS - len(self._heard)
            self._heard += pcm[:room]
            pcm = pcm[room:]
            if len(self._heard) >= (TURN_MS - self._start_ms % TURN_MS) * BYTES_A_MS:
                self._final()
            elif len(self._heard) - self._shown >= PARTIAL_MS * BYTES_A_MS:
                self._shown = len(self._heard)
                self._emit(heard.Partial(self._turn, "second", 0, ()))

    def commit(self) -> None:
        if self._heard:
            self._final()

    async def finish(self) -> None:
        self.commit()

    def _final(self) -> None:
        end_ms = self._start_ms + len(self._heard) // BYTES_A_MS
        text = text_of(self._start_ms // TURN_MS, bytes(self._heard))
        words = (heard.Word(f"{self._turn}.0", text, self._start_ms, end_ms, 1.0),)
        self._heard.clear()
        self._start_ms = end_ms
        self._emit(heard.SpeechStopped(self._turn, end_ms))
        self._emit(heard.Final(self._turn, text, words, _ENGINE, _LATENCY))
        self._emit(heard.Scored(self._turn, _REPORT))


class ChecksumListening:
    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ChecksumListener:
        return ChecksumListener(wanted, emit)

    def room(self) -> NodeLoad:
        return NodeLoad(10_000)
