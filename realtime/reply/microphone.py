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
        """The tutor's sound (PCM), which may come back through the microphone."""
        self._guard.played(pcm)

    def flushed(self) -> None:
        """What waited to be played will not be."""
        self._guard.flushed()

    def feed(self, pcm: bytes) -> None:
        """The learner's sound, to the listener without the tutor's."""
        if left := self._guard.clean(pcm):
            self._listener.feed(left)

    def all_new(self) -> None:
        """All sound from now on is new, after a fail-over."""
        self._listener.all_new()

    def release(self) -> None:
        """Let the listener hear what was held back because it might be the tutor's."""
        if left := self._guard.rest():
            self._listener.feed(left)

    def commit(self) -> None:
        """End the turn now."""
        self.release()
        self._listener.commit()

    def tutor_heard(self, playing: bool) -> None:
        """Whether the tutor can be heard at the moment."""
        self._listener.tutor_heard(playing)

    def set_patience(self, ms: int | None) -> None:
        """How long a silence ends a turn, in ms; None is the default."""
        self._listener.set_patience(ms)

    @property
    def pauses(self) -> Sequence[int]:
        """The learner's last pauses within turns, in ms."""
        return self._listener.pauses

    async def finish(self) -> None:
        """Finish listening and store what was learned, so that a new session finds it at once."""
        self.release()
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
