"""One client's connection, over any transport."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from kit.caller import Caller
from kit.errors import Failure
from realtime.node import guard
from realtime.node.runner import SessionRunner

if TYPE_CHECKING:
    from realtime.node.opus_decoder import OpusDecoder

_SAME_ERROR_SECONDS = 1.0
Send = Callable[[str, dict[str, Any], bytes | None], Awaitable[None]]


class Connection:
    """The caller, the session and the rate limits of a connection. A `Client` for the session's outbox."""

    def __init__(
        self,
        caller: Caller,
        only_session: str | None,
        send: Send,
        disconnect: Callable[[], Awaitable[None]],
        alive: Callable[[], bool] = lambda: True,
        cut: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`only_session` is set for connections that a ticket opened; `alive` says whether it is still open; `cut` ends
        what depends on events coming here."""
        self.caller = caller
        self.only_session = only_session
        self.runner: SessionRunner | None = None
        self.watch: object | None = None  # set while it only observes a session
        self.gone = False  # also when its line stands and serves others
        self.audio_rate = guard.audio_bucket()
        self.event_rate = guard.event_bucket()
        self._opus: OpusDecoder | None = None
        self._send = send
        self._disconnect = disconnect
        self._alive = alive
        self._cut = cut
        self._complained: dict[str, tuple[dict[str, Any], float]] = {}

    @property
    def user_id(self) -> str:
        """The user whom the credential stands for."""
        return self.caller.user_id

    @property
    def alive(self) -> bool:
        """Whether it can still be written to."""
        return not self.gone and self._alive()

    def joined(self, runner: SessionRunner | None) -> None:
        """The connection is for this session from now on."""
        self.runner = runner
        self.audio_rate = guard.audio_bucket()
        self._opus = None

    def decoded(self, frame: guard.Frame) -> bytes:
        """The sound of a frame that is used. Frames must come in order: the codec remembers."""
        if frame.codec == "pcm16":
            return frame.data
        if self._opus is None:
            from realtime.node.opus_decoder import OpusDecoder

            self._opus = OpusDecoder()
        return self._opus.decode(frame.data, frame.milliseconds)

    async def send(self, name: str, data: dict[str, Any], sound: bytes | None = None) -> None:
        """Send one event; `sound` is its bytes, if it has some."""
        await self._send(name, data, sound)

    async def drop(self, failure: Failure) -> None:
        """Say why, then end the connection."""
        self.runner = None
        try:
            await self._send("error", guard.body(failure), None)
        finally:
            await self._disconnect()

    async def expel(self, failure: Failure) -> None:
        """The credential that opened it has ended."""
        if self.runner is not None:
            self.runner.detach(self)
        try:
            await self.drop(failure)
        finally:
            if self._cut is not None:
                await self._cut()

    async def complain(self, failure: Failure, now: float) -> None:
        """Send an `error` event for something that was sent without asking for an acknowledgement; the same one not
        every time."""
        last = self._complained.get(failure.code)
        if last is None or last[0] != failure.details or now - last[1] >= _SAME_ERROR_SECONDS:
            self._complained[failure.code] = (failure.details, now)
            await self._send("error", guard.body(failure), None)
