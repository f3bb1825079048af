"""One reply of the tutor on its way: its text, the sound that was sent, and how much of it the learner has heard."""

import asyncio
from dataclasses import dataclass, field

from kit.errors import Failure
from realtime.reply.heard import Heard
from realtime.reply.pacing import BYTES_PER_SAMPLE, Pacer
from realtime.reply.ports import CallPiece, CutShort, Memory
from speech.synthesis import visemes
from speech.synthesis.joining import Joining
from speech.synthesis.voices import BYTES_A_SECOND, RATE

_KEPT_BYTES = 2 * BYTES_A_SECOND  # of what was sent last: more than a client can have left to play


@dataclass
class Reply:
    """Times are seconds of the session's clock."""

    turn_id: str
    asked_at: float
    not_before: float  # the learner may still go on
    memory: Memory | None = None
    aloud: bool = True
    pacer: Pacer = field(default_factory=lambda: Pacer(RATE))
    heard: Heard = field(default_factory=Heard)
    sentences: Joining = field(default_factory=Joining)
    going: asyncio.Event = field(default_factory=asyncio.Event)
    text: str = ""
    shown_at: float | None = None
    held_at: float | None = None
    sent: bytearray = field(default_factory=bytearray)
    sent_seconds: float = 0.0
    mouth: list[visemes.Shape] = field(default_factory=list)  # times from the reply's first sound
    sounded: bool = False
    task: "asyncio.Task[None] | None" = None

    def called(self, piece: CallPiece | None) -> None:
        """More of a call; None when it calls no more."""
        if self.memory is not None:
            self.memory.called(self.turn_id, piece)

    def cut_short(self, why: CutShort | Failure) -> None:
        """It ends before its end."""
        if self.memory is not None:
            self.memory.cut_short(self.turn_id, why)

    @property
    def for_client(self) -> bool:
        """Whether the client speaks it."""
        return self.aloud and not self.sounded

    def unheard_seconds(self, now: float) -> float:
        """Sound that the learner has not heard, at `now` or when it was held."""
        return self.pacer.unheard_seconds(now if self.held_at is None else self.held_at)

    def heard_text(self, now: float) -> str:
        """What the learner has heard of it, by the clock; all of it, when it is read."""
        if not self.aloud:
            return self.text.strip()
        now = now if self.held_at is None else self.held_at
        silent_for = None if self.sounded else now - (self.shown_at if self.shown_at is not None else now)
        return self.heard.until(self.unheard_seconds(now), silent_for)

    def keep(self, pcm: bytes) -> None:
        """This was sent, and may have to be sent again."""
        self.sent += pcm
        del self.sent[:-_KEPT_BYTES]

    def tail(self, seconds: float) -> bytes:
        """The last sound that was sent."""
        size = int(seconds * RATE) * BYTES_PER_SAMPLE
        return bytes(self.sent[-size:]) if size else b""


async def cancelled(task: "asyncio.Task[None] | None") -> None:
    """Cancel and wait; whatever the task still raised was logged by its owner."""
    if task is None or task is asyncio.current_task():
        return
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
