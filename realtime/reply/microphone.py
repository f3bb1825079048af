"""The learner's microphone in a session with a tutor: the tutor's voice is removed before recognition."""

from collections.abc import Awaitable, Callable, Sequence

from realtime import ports
from speech.synthesis.voices import RATE

Keep = Callable[[Sequence[int]], Awaitable[None]]
"""Remembers the learner's pauses for the next session."""


class Microphone:
    """A `Listener` in front of the real one. It also learns what is played."""

    def __init__(self, listener: ports.Listener, keep: Keep | None = None) -> None:
        from speech.audio.echo import EchoGuard

        self._listener = listener
        self._keep = keep
        self._guard = EchoGuard(RATE)

    def played(self, pcm: bytes) -> None:
        self._guard.played(pcm)

    def flushed(self) -> None:
        self._guard.flushed()

    def feed(self, pcm: bytes) -> None:
        if left := self._guard.clean(pcm):
            self._listener.feed(left)

    def all_new(self) -> None:
        self._listener.all_new()

    def commit(self) -> None:
        self._release()
        self._listener.commit()

    def tutor_heard(self, playing: bool) -> None:
        self._listener.tutor_heard(playing)

    def set_patience(self, ms: int | None) -> None:
        self._listener.set_patience(ms)

    @property
    def pauses(self) -> Sequence[int]:
        return self._listener.pauses

    async def finish(self) -> None:
        """Finish listening and store what was learned, so that a new session finds it at once."""
        self._release()
        await self._listener.finish()
        await self._remember()

    async def close(self) -> None:
        """The listener first: storing the pauses may be slow, and the caller waits only so long."""
        try:
            await self._listener.close()
        finally:
            await self._remember()

    async def _remember(self) -> None:
        if self._keep is not None:
            keep, self._keep = self._keep, None
            await keep(self._listener.pauses)

    def _release(self) -> None:
        if left := self._guard.rest():
            self._listener.feed(left)
