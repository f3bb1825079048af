"""How a session stays connected: what is below `Session`."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import cast

from . import models as m
from ._backoff import Backoff
from ._credentials import Credentials, TokenSource
from ._epochs import Epochs
from ._event import ResponseAudio
from ._frames import Frames
from ._inbox import Inbox
from ._json import JsonObject
from ._line import Opener, opened
from ._link import Link
from ._received import parsed
from .errors import Lost, Refused, refusal
from .events import PlaybackFlush, PlaybackResume, ServerEvent, SessionEnded, SessionWarning
from .transcript import Transcript

_FATAL = {
    "not_authenticated",
    "token_expired",
    "forbidden",
    "INSUFFICIENT_API_KEY_SCOPE",
    "not_found",
    "replaced",
}
_SIGNS = {"session.heartbeat", "text", "audio.commit"}
_UNNUMBERED = {"error", "response.viseme"}


class Core:
    """Joins, sends, receives and comes back."""

    def __init__(
        self,
        url: str | Sequence[str],
        namespace: str,
        *,
        token: str | TokenSource | None = None,
        ticket: str | None = None,
        opener: Opener = opened,
    ) -> None:
        """`url` is where the server is, or several nodes of it; `namespace` is "/live" or "/speaking"; `token` an
        access token, an API key or an integration token, or a function that gives one; `opener` makes the lines."""
        self.id: str | None = None
        self.joined: m.JoinAck | None = None  # the answer to the last join
        self.reconnects = 0
        self.asleep = False  # True: no heartbeats
        self.transcript = Transcript()
        self.ended: asyncio.Future[SessionEnded] = asyncio.get_running_loop().create_future()
        self._link = Link([url] if isinstance(url, str) else url, namespace, Credentials(token, ticket), opener)
        self._frames = Frames()
        self._inbox = Inbox()
        self._epochs = Epochs()
        self._more = asyncio.Event()
        self._all_sent = asyncio.Event()
        self._heartbeat_s = 5.0
        self._spoke_at = 0.0
        self._pause_until = 0.0
        self._ending = False  # what is given from now on is no part of the session
        self._tasks: list[asyncio.Task[None]] = []

    def __repr__(self) -> str:
        state = "joined" if self._link.joined.is_set() else "not joined"
        frames = f"frame {self._frames.sent}/{self._frames.newest}"
        return f"<Session {self.id} {state} at {self._link.url}, {frames}, event {self.last_seq}>"

    @property
    def over(self) -> bool:
        """Whether it takes no more sound: it has ended, or `end` was called."""
        return self._ending or self.ended.done()

    @property
    def url(self) -> str:
        """Of the connection in use."""
        return self._link.url

    @property
    def last_seq(self) -> int:
        """Number of the last event that came."""
        return self._inbox.last_seq

    @property
    def acked_seq(self) -> int:
        """Number of the last frame that arrived with all before it."""
        return self._frames.acked

    @property
    def safe_seq(self) -> int:
        """Number of the last frame that the server will never ask for again."""
        return self._frames.safe

    # For programs that keep an account of their own.

    def on_joined(self, frame: int) -> None:
        """Called with each connection: sound after `frame` is sent over it."""

    def on_sent(self, frame: int | None) -> None:
        """Called when a sign of life is sent: the number of a frame of sound, None for a heartbeat or typed text."""

    def on_acknowledged(self, frame: int | None) -> None:
        """Called when the server has acknowledged one; for sound all up to `frame`."""

    async def close(self) -> None:
        """Leave. The session goes on for a while without its client and can be joined again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._link.close()
        self._inbox.close()
        if not self.ended.done():
            self.ended.cancel()

    async def cut(self) -> None:
        """Break the connection like a lost network, for tests and demonstrations."""
        await self._link.disconnect()

    async def _begin(self, name: str, data: JsonObject, wait_seconds: float) -> m.JoinAck:
        try:
            answer = await self._link.begin(name, data, self._received, wait_seconds)
        except BaseException:
            await self._link.close()
            raise
        self.id = answer["session_id"]
        self._welcome(answer)
        for work in (self._stay_connected(), self._pump(), self._beat()):
            task = asyncio.create_task(work)
            task.add_done_callback(self._part_ended)
            self._tasks.append(task)
        return cast(m.JoinAck, answer)

    def _part_ended(self, task: asyncio.Task[None]) -> None:
        """By an error that is not ours, such as one of the program's token source: nothing would connect any more."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._fail(error)

    async def _rejoined(self) -> None:
        """Wait for a connection. Refused when there will be none."""
        joined: asyncio.Future[object] = asyncio.ensure_future(self._link.joined.wait())
        either: list[asyncio.Future[object]] = [joined, cast("asyncio.Future[object]", self.ended)]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            joined.cancel()
        if self.ended.done():
            self.ended.result()
            raise refusal({"error": "session_ended", "message": "The session has ended."})

    async def _call(self, name: str, data: JsonObject) -> JsonObject:
        if name in _SIGNS:
            self.on_sent(None)
        answer = await self._link.call(name, data)
        if name in _SIGNS:
            self.on_acknowledged(None)
        return answer

    def _welcome(self, answer: JsonObject) -> None:
        self.joined = cast(m.JoinAck, answer)
        self._heartbeat_s = float(answer["heartbeat_interval_seconds"])
        self._frames.joined(int(answer["audio_seq"]))
        self.on_joined(self._frames.sent)
        self._link.welcome(answer.get("resume_ticket"))
        self._more.set()

    async def _stay_connected(self) -> None:
        backoff = Backoff()
        while not self.ended.done():
            await self._link.until_broken()
            if self.ended.done():
                return
            wait: float | None = None
            try:
                await self._link.connect(self._received)
                await self._rejoin()
                backoff.reset()
                continue
            except Lost:
                pass
            except Refused as refused:
                if refused.code in _FATAL:
                    self._fail(refused)
                    return
                wait = refused.retry_after
            self._link.give_up_line()
            self._link.another()
            await asyncio.sleep(backoff.next(wait))

    async def _rejoin(self) -> None:
        answer = await self._link.join("session.join", {"session_id": self.id, "last_seq": self.last_seq})
        self.reconnects += 1
        self._welcome(answer)

    def _fail(self, error: BaseException) -> None:
        if not self.ended.done():
            self.ended.set_exception(error)
            self.ended.exception()  # read here, because it need not be read elsewhere
        self._inbox.close()

    async def _pump(self) -> None:
        """Send frames in order, from the one that the server expects next."""
        loop = asyncio.get_running_loop()
        while True:
            await self._more.wait()
            self._more.clear()
            await self._link.joined.wait()
            await asyncio.sleep(max(0.0, self._pause_until - loop.time()))
            try:
                await self._send_frames()
            except Lost:
                await asyncio.sleep(0.05)
                self._more.set()

    async def _send_frames(self) -> None:
        now = asyncio.get_running_loop().time
        while self._link.joined.is_set() and self._link.line is not None:
            if now() < self._pause_until:
                self._more.set()
                return
            frame = self._frames.next()
            if frame is None:
                self._all_sent.set()
                return
            self._spoke_at = now()
            self.on_sent(frame.seq)
            await self._link.line.send(frame)

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while not self.ended.done():
            await asyncio.sleep(self._heartbeat_s)
            quiet = loop.time() - self._spoke_at >= self._heartbeat_s * 0.9
            if self._link.joined.is_set() and not self.asleep and quiet:
                with contextlib.suppress(Lost, Refused):  # the next one does; a break is noticed by others
                    await self._call("session.heartbeat", {})

    def _received(self, name: str, data: JsonObject, sound: bytes) -> None:
        if name == "audio.ack":
            if {"seq", "safe_seq"} <= data.keys() and self._frames.acknowledged(data["seq"], data["safe_seq"]):
                self.on_acknowledged(data["seq"])
            return
        if name == "response.audio":
            self._heard(data, sound)
            return
        if name == "error":
            self._complained(data)
        elif name not in _UNNUMBERED and "seq" in data:
            if self._inbox.misses(name, data["seq"]):
                self._link.give_up_line()
                return
            if not self._inbox.takes(name, data["seq"]):
                return
        self._happened(parsed(name, data))

    def _happened(self, event: ServerEvent) -> None:
        self.transcript.take(event)
        self._inbox.put(event)
        match event:
            case PlaybackFlush() | PlaybackResume():
                self._epochs.flushed(event.epoch)
            case SessionWarning(reason="draining"):
                self._link.give_up_line()  # come back, at another node
            case SessionEnded():
                if not self.ended.done():
                    self.ended.set_result(event)
                self._inbox.close()

    def _heard(self, data: JsonObject, sound: bytes) -> None:
        epoch = self._epochs.whole(data["epoch"])
        if self._epochs.may_be_played(epoch):
            self._inbox.put(ResponseAudio(data=data, epoch=epoch, seq=data["seq"], sound=sound))

    def _complained(self, error: JsonObject) -> None:
        code = error.get("error")
        if code in ("out_of_order", "rate_limited") and "expected_seq" in error:
            self._frames.go_back(int(error["expected_seq"]))
            self._more.set()
        if code == "rate_limited":
            self._pause_until = asyncio.get_running_loop().time() + float(error.get("retry_after", 1.0))
        elif code == "replaced":
            self._replaced(error)

    def _replaced(self, error: JsonObject) -> None:
        """Replaced by another client, for which we make room; or by a late answer to our own join on a broken
        connection: then join again."""
        if self._link.own_join():
            self._link.give_up_line()
        else:
            self._fail(refusal(error))
