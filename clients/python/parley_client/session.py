"""A live or speaking session that survives lost networks and lost nodes.

It numbers the sound and keeps it until the server will never ask for it again. After a break it connects again, to the
next address if there are several, joins with the number of the last event that it saw, sends what is missing, and drops
events that it has seen. Sound may be given while the network is away.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from . import models as m
from ._backoff import Backoff
from ._core import Core
from ._json import JsonObject
from .errors import Lost, Refused, SessionEndedError, refusal
from .events import ServerEvent, SessionEnded

FRAME_MS = 40
BYTES_PER_MS = 32
_SHORTEST, _LONGEST = 20 * BYTES_PER_MS, 200 * BYTES_PER_MS
_CODECS = {"pcm16": 0, "opus": 1}


class Session(Core):
    """One session, over as many connections as it takes. Make it inside a running event loop, best by
    `Parley.speaking` or `Parley.conversation`."""

    async def start_speaking(
        self,
        *,
        reference_text: str | None = None,
        language: str = "en",
        patience_ms: int | None = None,
        takeover: bool = False,
        wait_seconds: float = 0.0,
    ) -> m.JoinAck:
        """Begin a scored reading (`reference_text`) or free speech: see `models.SpeakingStart`. For `wait_seconds` it
        tries again when the server cannot be reached or is full. Lost, Refused."""
        options: m.SpeakingStart = {"language": language, "patience_ms": patience_ms, "takeover": takeover}
        if reference_text is not None:
            options["reference_text"] = reference_text
        return await self._begin("speaking.start", dict(options), wait_seconds)

    async def join(self, session_id: str, *, last_seq: int | None = None, wait_seconds: float = 0.0) -> m.JoinAck:
        """Join a session that REST or another device began; the other device is replaced. With `last_seq` later events
        come again, with 0 all. Lost, Refused."""
        self.id = session_id
        self._inbox.last_seq = last_seq or 0
        known = {} if last_seq is None else {"last_seq": last_seq}
        return await self._begin("session.join", {"session_id": session_id, **known}, wait_seconds)

    def send_audio(self, sound: bytes, codec: str = "pcm16") -> int:
        """Queue one frame; it is sent now, or as soon as there is a connection. Returns its number.

        PCM16 is mono, 16,000 samples a second, little-endian, 20 to 200 ms (640 to 6,400 bytes); "opus" is one packet.
        ValueError for another length, SessionEndedError when the session is over or `end` was called.
        """
        if self.over:
            raise refusal({"error": "session_ended", "message": "The session takes no more sound."})
        if codec == "pcm16" and (len(sound) % 2 or not _SHORTEST <= len(sound) <= _LONGEST):
            raise ValueError(f"A frame of PCM16 has {_SHORTEST} to {_LONGEST} bytes, an even number; not {len(sound)}.")
        number = self._frames.add(_CODECS[codec], sound)
        self._more.set()
        return number

    async def stream(self, pcm: bytes, *, frame_ms: int = FRAME_MS, speed: float = 1.0) -> None:
        """Send a recording as a microphone would, in real time or `speed` times as fast. A last piece that is too short
        for a frame is filled with silence. Returns early when the session ends meanwhile."""
        loop = asyncio.get_running_loop()
        step = frame_ms * BYTES_PER_MS
        start = loop.time()
        for number, offset in enumerate(range(0, len(pcm), step), 1):
            await asyncio.sleep(max(0.0, start + number * frame_ms / 1000 / speed - loop.time()))
            if self.over:
                return
            self.send_audio(pcm[offset : offset + step].ljust(_SHORTEST, b"\0"))

    async def commit(self) -> None:
        """End the turn now."""
        await self.flushed()
        await self.ask("audio.commit", {})

    async def say(self, text: str) -> None:
        """A typed turn. Its key prevents a duplicate when it has to be sent again."""
        await self.ask("text", {"text": text, "key": secrets.token_hex(8)})

    async def cancel_response(self) -> None:
        """Stop the tutor's reply."""
        await self.ask("response.cancel", {})

    async def end(self, *, patience_seconds: float = 30.0) -> SessionEnded:
        """Send what is left, end the session and wait for its last event. Refused when the session was lost. Lost when
        there was no connection for `patience_seconds`: call it again later, or `close` and leave the end to the
        server."""
        self._ending = True
        loop = asyncio.get_running_loop()
        ending = asyncio.ensure_future(self._end())
        connected_at = loop.time()
        try:
            while not (await asyncio.wait([ending], timeout=0.2))[0]:
                if self._link.up and self._link.joined.is_set():
                    connected_at = loop.time()
                elif loop.time() - connected_at > patience_seconds:
                    raise Lost("The server cannot be reached: the session was not ended.")
            return ending.result()
        finally:
            if ending.cancel():
                await asyncio.gather(ending, return_exceptions=True)

    async def _end(self) -> SessionEnded:
        await self.flushed()
        backoff = Backoff(0.2)
        while not self.ended.done():
            try:
                await self.ask("session.end", {})
                break
            except SessionEndedError:  # its last event is on its way
                break
            except Refused as refused:
                if refused.code not in ("unavailable", "not_joined", "rate_limited"):
                    raise
                await asyncio.sleep(backoff.next(refused.retry_after))
        return await asyncio.shield(self.ended)

    async def events(self) -> AsyncIterator[ServerEvent]:
        """Every event of the server once and in order, for one reader, from the start also when it begins late. It
        stops after `SessionEnded` or `close`, and raises what else ended it (`Replaced`, `NotSignedIn` …)."""
        async for event in self._inbox:
            yield event
        if self.ended.done() and not self.ended.cancelled() and (error := self.ended.exception()):
            raise error

    def __aiter__(self) -> AsyncIterator[ServerEvent]:
        return self.events()

    async def flushed(self) -> None:
        """Wait until every frame has arrived: the answer to a heartbeat comes after every complaint about a frame."""
        while self.id is not None and not self.ended.done():
            if self._frames.all_sent:
                with contextlib.suppress(Refused):
                    await self.ask("session.heartbeat", {})
                if self._frames.all_sent:
                    return
            self._all_sent.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await self._all_sent.wait()

    async def ask(self, name: str, data: JsonObject) -> JsonObject:
        """Send an event and wait for its acknowledgement, over the next connection if this one breaks. Refused."""
        while True:
            await self._rejoined()
            try:
                return await self._call(name, data)
            except Lost:
                await asyncio.sleep(0.05)
