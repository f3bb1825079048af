"""A listener by script: every whole second of audio is a turn that says the number of that second.

It stands in for recognition where the words do not matter, and makes it easy to see whether one is missing or doubled.
"""

import asyncio
from collections.abc import Callable

from realtime.ports import ListenerOptions, NodeLoad
from speech import events as heard
from speech.assessment import Engine
from speech.events import SpeechEvent
from tests.support import reports

ENGINE: Engine = {"name": "scripted", "model": "seconds", "version": "1"}
TURN_MS = 1000
PARTIAL_MS = 200


class ScriptedListener:
    def __init__(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None], finish_s: float) -> None:
        self.emit = emit
        self.turn = wanted.first_turn - 1
        self.start_ms = max(wanted.start_ms, wanted.known_ms)
        self.position_ms = float(wanted.start_ms)
        self.finish_s = finish_s
        self.closed = False
        self._shown_ms = 0.0
        self._talking = False

    def feed(self, pcm: bytes) -> None:
        assert not self.closed
        self.position_ms += len(pcm) / 32
        while True:
            if not self._talking:
                if self.position_ms <= self.start_ms:
                    return
                self.turn += 1
                self._talking = True
                self._shown_ms = self.start_ms
                self.emit(heard.SpeechStarted(self.turn, round(self.start_ms)))
            end_ms = (self.start_ms // TURN_MS + 1) * TURN_MS
            if self.position_ms < end_ms:
                if self.position_ms - self._shown_ms >= PARTIAL_MS:
                    self._shown_ms = self.position_ms
                    self.emit(heard.Partial(self.turn, self._text(), 0, self._words(self.position_ms)))
                return
            self._final(end_ms)

    def all_new(self) -> None:
        self.position_ms = self.start_ms

    def commit(self) -> None:
        if self._talking:
            self._final(round(self.position_ms))

    def tutor_heard(self, playing: bool) -> None:
        return None

    def set_patience(self, ms: int | None) -> None:
        self.patience_ms = ms

    @property
    def pauses(self) -> tuple[int, ...]:
        return ()

    async def finish(self) -> None:
        await asyncio.sleep(self.finish_s)
        self.commit()

    async def close(self) -> None:
        self.closed = True

    def _final(self, end_ms: int) -> None:
        words = self._words(end_ms)
        self.emit(heard.SpeechStopped(self.turn, end_ms))
        self.emit(heard.Final(self.turn, self._text(), words, ENGINE, {"total": 1, "queue": 0, "engine": 1}))
        self.emit(heard.WordScored(self.turn, words[0].id, 0, self._text(), 90.0, "none", [], False))
        self.emit(heard.Scored(self.turn, reports.report(90.0)))
        self.start_ms = end_ms
        self._talking = False

    def _text(self) -> str:
        return f"second {self.start_ms // TURN_MS}"

    def _words(self, end_ms: float) -> tuple[heard.Word, ...]:
        return (heard.Word(f"{self.turn}.0", self._text(), round(self.start_ms), round(end_ms), 0.9),)


class ScriptedListening:
    def __init__(self, sessions_max: int = 100, finish_s: float = 0.0) -> None:
        self.sessions_max = sessions_max
        self.finish_s = finish_s
        self.listener: list[ScriptedListener] = []

    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ScriptedListener:
        listener = ScriptedListener(wanted, emit, self.finish_s)
        self.listener.append(listener)
        return listener

    def room(self) -> NodeLoad:
        return NodeLoad(self.sessions_max)
