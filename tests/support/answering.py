"""A scripted tutor and voice at the ports of the tutor's turn."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from kit.tasks import Tasks
from realtime.reply.answering import Answering
from realtime.reply.ports import Brief, ConversationTurn, Tutor
from speech.synthesis.voices import PLAIN, RATE, Manner, Spoken, Voice
from tests.support.clock import LoopClock

BRIEF = Brief("s1", "u1", None, "en")
SECOND = bytes(RATE * 2)


class Script:
    """A tutor that says `pieces`, then waits if told to; it remembers that it was closed."""

    calls_functions = False

    def __init__(self, *pieces: str, hang: bool = False, fail: Exception | None = None) -> None:
        self.pieces, self.hang, self.fail, self.closed = pieces, hang, fail, False

    async def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[str, None]:
        try:
            for piece in self.pieces:
                yield piece
            if self.fail:
                raise self.fail
            if self.hang:
                await asyncio.sleep(3600)
        finally:
            self.closed = True


class Tone:
    name = "tone"

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem, self.closed = problem, 0
        self.said: list[str] = []

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        try:
            if self.problem:
                raise self.problem
            self.said.append(sentence)
            for _ in range(5):
                yield Spoken(SECOND[: RATE // 5 * 2])
        finally:
            self.closed += 1


class Stage:
    def __init__(self) -> None:
        self.seen: list[tuple[Any, ...]] = []
        self.pcm: list[bytes] = []
        self.finished = asyncio.Event()

    async def delta(self, turn_id: str, text: str) -> None:
        self.seen.append(("delta", text))

    async def sound(self, turn_id: str, epoch: int, number: int, pcm: bytes) -> None:
        self.seen.append(("sound", epoch, number))
        self.pcm.append(pcm)

    async def done(self, turn_id: str, text: str, *, complete: bool, silent: bool = False) -> None:
        self.seen.append(("done", text, complete))
        self.finished.set()

    async def shape(self, turn_id: str, epoch: int, seconds_ahead: float, shape: int) -> None:
        self.seen.append(("shape", epoch, round(seconds_ahead, 2), shape))

    async def resumed(self, epoch: int, text: str) -> None:
        self.seen.append(("resumed", epoch, text))

    async def flush(self, epoch: int) -> None:
        self.seen.append(("flush", epoch))

    async def degraded(self, what: str, part: str | None = None) -> None:
        self.seen.append(("degraded", what))


def answering_with(tutor: Tutor, voice: Voice | None, stage: Stage, tasks: Tasks) -> Answering:
    return Answering(BRIEF, tutor, voice, stage, tasks, LoopClock())


async def ended(stage: Stage) -> None:
    async with asyncio.timeout(60):
        await stage.finished.wait()
