"""A Parley session that survives lost networks and lost nodes. Copy this file into your own program.

It needs `python-socketio` and `aiohttp`, and nothing of Parley:

    session = Session("http://127.0.0.1:8080", "/speaking", token=access_token)
    await session.start_speaking(reference_text="Hello there.")
    session.send_audio(pcm)                      # PCM16, mono, 16 kHz, 20 to 200 ms a frame
    async for name, data in session.events():    # ends after session.ended
        ...
    ended = await session.end()

What it does for you: it numbers the audio and keeps it until the server says that it will never ask for it again; after
a break it connects again (to the next address, if there are several), joins with the number of the last event that it
saw, sends what is missing and drops events that it has seen. Audio may be given while the network is away.
"""

import asyncio
import contextlib
import random
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import socketio

JsonObject = dict[str, Any]
FRAME_MS = 40
_BYTES_A_MS = 32
_ASK_SECONDS = 25.0
_CONNECT_SECONDS = 5.0
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 2.0
_FATAL = {"not_authenticated", "forbidden", "not_found", "replaced"}
_SIGNS = {"session.heartbeat", "text", "audio.commit"}


class Refused(Exception):
    """The server refused: `code` is stable, the text is for people, `body` has the rest."""

    def __init__(self, body: JsonObject) -> None:
        super().__init__(body.get("message", "refused"))
        self.code = str(body.get("error", "refused"))
        self.body = body


class Lost(Exception):
    """The connection broke before the answer came; a new one is being made."""


class Session:
    """One session, over as many connections as it takes. Make it inside a running event loop."""

    def __init__(
        self,
        url: str | Sequence[str],
        namespace: str,
        *,
        token: str | Callable[[], Awaitable[str]] | None = None,
        ticket: str | None = None,
    ) -> None:
        """`token` may be a coroutine function that gives a fresh access token for each connection."""
        self.id: str | None = None
        self.last_seq = 0
        self.safe_seq = 0
        self.acked_seq = 0
        self.reconnects = 0
        self.asleep = False  # True: no heartbeats
        self.url = ""  # of the connection in use
        self.ended: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._urls = [url] if isinstance(url, str) else list(url)
        self._namespace = namespace
        self._token = token
        self._ticket = ticket
        self._events: asyncio.Queue[tuple[str, JsonObject] | None] = asyncio.Queue()
        self._frames: deque[tuple[int, bytes]] = deque()
        self._frame = 0  # number of the newest frame
        self._sent = 0  # number of the last frame sent on this connection
        self._more = asyncio.Event()
        self._all_sent = asyncio.Event()
        self._socket: socketio.AsyncClient | None = None
        self._broken = asyncio.Event()
        self._joined = asyncio.Event()
        self._heartbeat_s = 5.0
        self._spoke_at = 0.0
        self._pause_until = 0.0
        self._lost_joins = 0
        self._closing = False
        self._tasks: list[asyncio.Task[None]] = []

    def __repr__(self) -> str:
        joined = "joined" if self._joined.is_set() else "not joined"
        return f"<Session {self.id} {joined} at {self.url}, frame {self._sent}/{self._frame}, event {self.last_seq}>"

    # What an application does.

    async def start_speaking(self, **options: object) -> JsonObject:
        """Begin a scored reading (`reference_text`) or free speech. Raises Refused."""
        return await self._begin("speaking.start", options)

    async def join(self, session_id: str) -> JsonObject:
        """Join a session that `POST /api/live/session/start` began."""
        self.id = session_id
        return await self._begin("session.join", {"session_id": session_id})

    def send_audio(self, pcm: bytes) -> int:
        """Queue one frame; it is sent now, or as soon as there is a connection. Returns its number."""
        self._frame += 1
        self._frames.append((self._frame, pcm))
        self._more.set()
        return self._frame

    async def stream(self, pcm: bytes, *, frame_ms: int = FRAME_MS, speed: float = 1.0) -> None:
        """Send a whole recording as a microphone would, in real time."""
        loop = asyncio.get_running_loop()
        step = frame_ms * _BYTES_A_MS
        start = loop.time()
        for number, offset in enumerate(range(0, len(pcm), step), 1):
            await asyncio.sleep(max(0.0, start + number * frame_ms / 1000 / speed - loop.time()))
            self.send_audio(pcm[offset : offset + step])

    async def commit(self) -> None:
        """End the turn now."""
        await self.flushed()
        await self.ask("audio.commit", {})

    async def say(self, text: str) -> None:
        """A typed turn. Its key prevents a duplicate when it has to be sent again."""
        await self.ask("text", {"text": text, "key": secrets.token_hex(8)})

    async def end(self) -> JsonObject:
        """Send what is left, end the session and wait for the data of `session.ended`."""
        await self.flushed()
        while not self.ended.done():
            try:
                await self.ask("session.end", {})
                break
            except Refused as refused:
                if refused.code not in ("session_ended", "unavailable", "not_joined"):
                    raise
                await asyncio.sleep(0.3)
        return await asyncio.shield(self.ended)

    async def events(self) -> AsyncIterator[tuple[str, JsonObject]]:
        """(name, data) of every server event, each once and in order, until the session or the client has ended."""
        while (event := await self._events.get()) is not None:
            yield event

    async def close(self) -> None:
        """Leave. The session goes on for a while without its client and can be joined again."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._disconnect()
        self._events.put_nowait(None)
        if not self.ended.done():
            self.ended.cancel()

    async def cut(self) -> None:
        """Break the connection like a lost network; for tests and demonstrations."""
        await self._disconnect()

    async def ask(self, name: str, data: JsonObject) -> JsonObject:
        """Send an event and wait for its acknowledgement, over the next connection if this one breaks."""
        while True:
            await self._rejoined()
            try:
                return await self._call(name, data)
            except Lost:
                await asyncio.sleep(0.05)

    async def _rejoined(self) -> None:
        """Wait for a connection. Refused when there will be none."""
        joined: asyncio.Future[Any] = asyncio.ensure_future(self._joined.wait())
        either: list[asyncio.Future[Any]] = [joined, self.ended]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        joined.cancel()
        if self.ended.done():
            self.ended.result()
            raise Refused({"error": "session_ended", "message": "The session has ended."})

    def on_joined(self, frame: int) -> None:
        """Called with each connection: audio after `frame` is sent over it. For programs that keep their own books."""

    def on_sent(self, frame: int | None) -> None:
        """Called when a sign of life is sent: the number of an audio frame, None for a heartbeat or typed text."""

    def on_acknowledged(self, frame: int | None) -> None:
        """Called when the server has acknowledged one; for audio all up to `frame`."""

    # How it stays connected.

    async def _begin(self, name: str, data: JsonObject) -> JsonObject:
        await self._connect(self._urls[0])
        answer = await self._call(name, data)
        self.id = answer["session_id"]
        self._welcome(answer)
        for work in (self._stay_connected(), self._pump(), self._beat()):
            self._tasks.append(asyncio.get_running_loop().create_task(work))
        return answer

    async def _connect(self, url: str) -> None:
        socket = socketio.AsyncClient(reconnection=False, logger=False, engineio_logger=False)
        broken = asyncio.Event()
        refusal: JsonObject = {}

        def refused(data: Any) -> None:
            body = data.get("data") if isinstance(data, dict) else None
            refusal.update(body if isinstance(body, dict) else {})

        def gone(*_: Any) -> None:
            broken.set()

        async def received(name: str, data: JsonObject, *binary: bytes) -> None:
            if not broken.is_set():  # ignore an abandoned connection: its events come again over the next one
                await self._received(name, data, *binary)

        socket.on("*", received, namespace=self._namespace)
        socket.on("connect_error", refused, namespace=self._namespace)
        socket.on("disconnect", gone, namespace=self._namespace)
        try:
            await socket.connect(
                url,
                namespaces=[self._namespace],
                transports=["websocket"],
                auth=await self._auth(),
                wait_timeout=_CONNECT_SECONDS,
            )
        except socketio.exceptions.ConnectionError as error:
            await _quit(socket)
            if refusal:
                raise Refused(refusal) from error
            raise Lost(str(error)) from error
        except BaseException:  # closed while it connects: nobody else knows this socket
            await _quit(socket)
            raise
        self._socket, self._broken, self.url = socket, broken, url

    async def _auth(self) -> dict[str, str]:
        if self._ticket is not None:
            return {"ticket": self._ticket}
        token = await self._token() if callable(self._token) else self._token
        return {"token": token or ""}

    async def _call(self, name: str, data: JsonObject) -> JsonObject:
        socket, broken = self._socket, self._broken
        if socket is None or broken.is_set():
            raise Lost("not connected")
        if name in _SIGNS:
            self.on_sent(None)
        asking = asyncio.ensure_future(socket.call(name, data, namespace=self._namespace, timeout=_ASK_SECONDS))
        breaking = asyncio.ensure_future(broken.wait())
        both: list[asyncio.Future[Any]] = [asking, breaking]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            breaking.cancel()
            if unanswered := not asking.done():
                asking.cancel()
        if unanswered:
            await asyncio.gather(asking, return_exceptions=True)
            raise Lost("the connection broke")
        try:
            answer: JsonObject = asking.result()
        except (socketio.exceptions.SocketIOError, OSError) as error:
            raise Lost(str(error)) from error
        if not answer.get("ok"):
            raise Refused(answer.get("error", {}))
        if name in _SIGNS:
            self.on_acknowledged(None)
        return answer

    def _welcome(self, answer: JsonObject) -> None:
        self._heartbeat_s = float(answer["heartbeat_interval_seconds"])
        if answer.get("resume_ticket") and self._token is None:
            self._ticket = answer["resume_ticket"]
        self._sent = int(answer["audio_seq"])
        self.on_joined(self._sent)
        self._joined.set()
        self._more.set()

    async def _stay_connected(self) -> None:
        pause = _FIRST_PAUSE
        turn = 0
        while not self._closing and not self.ended.done():
            await self._broken.wait()
            self._joined.clear()
            if self.ended.done():
                return
            try:
                await self._disconnect()
                await self._connect(self._urls[turn % len(self._urls)])
                await self._rejoin()
                self.reconnects += 1
                pause = _FIRST_PAUSE
                continue
            except Lost:
                turn += 1
            except Refused as refused:
                turn += 1
                if refused.code in _FATAL:
                    self._fail(refused)
                    return
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(_LONGEST_PAUSE, pause * 2)

    async def _rejoin(self) -> None:
        try:
            answer = await self._call("session.join", {"session_id": self.id, "last_seq": self.last_seq})
        except Lost:
            self._lost_joins += 1
            raise
        self._welcome(answer)

    def _fail(self, refused: Refused) -> None:
        if not self.ended.done():
            self.ended.set_exception(refused)
            self.ended.exception()  # read here, because it need not be read elsewhere
        self._events.put_nowait(None)

    async def _disconnect(self) -> None:
        socket, self._socket = self._socket, None
        self._broken.set()
        if socket is not None:
            await _quit(socket)

    async def _pump(self) -> None:
        """Send frames in order, from the one that the server expects next."""
        loop = asyncio.get_running_loop()
        while True:
            await self._more.wait()
            self._more.clear()
            await self._joined.wait()
            await asyncio.sleep(max(0.0, self._pause_until - loop.time()))
            try:
                await self._send_frames()
            except (socketio.exceptions.SocketIOError, OSError):
                await asyncio.sleep(0.05)
                self._more.set()

    async def _send_frames(self) -> None:
        while self._frames and self._sent < self._frame and self._joined.is_set() and self._socket is not None:
            position = max(0, self._sent + 1 - self._frames[0][0])
            if position >= len(self._frames):
                return
            seq, pcm = self._frames[position]
            self._sent = seq  # before sending: a complaint that comes meanwhile may set it back
            self._spoke_at = asyncio.get_running_loop().time()
            self.on_sent(seq)
            await self._socket.emit("audio", ({"seq": seq, "codec": "pcm16"}, pcm), namespace=self._namespace)
        self._all_sent.set()

    async def flushed(self) -> None:
        """Wait until every frame has arrived: the answer to a heartbeat comes after every complaint about a frame."""
        while self.id is not None and not self.ended.done():
            if self._sent >= self._frame:
                with contextlib.suppress(Refused):
                    await self.ask("session.heartbeat", {})
                if self._sent >= self._frame:
                    return
            self._all_sent.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await self._all_sent.wait()

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while not self.ended.done():
            await asyncio.sleep(self._heartbeat_s)
            if self._joined.is_set() and not self.asleep and loop.time() - self._spoke_at >= self._heartbeat_s * 0.9:
                with contextlib.suppress(Lost, Refused):
                    await self._call("session.heartbeat", {})

    async def _received(self, name: str, data: JsonObject, *binary: bytes) -> None:
        if name == "audio.ack":
            self._acknowledged(data)
            return
        if name == "error":
            self._complained(data)
        elif "seq" in data and name != "response.audio":
            if data["seq"] <= self.last_seq:
                return
            self.last_seq = data["seq"]
        if name == "session.warning" and data["reason"] == "draining":
            self._broken.set()  # come back, at another node
        self._events.put_nowait((name, {**data, "binary": binary[0]} if binary else data))
        if name == "session.ended" and not self.ended.done():
            self.ended.set_result(data)
            self._events.put_nowait(None)

    def _acknowledged(self, data: JsonObject) -> None:
        if data["seq"] > self.acked_seq:
            self.on_acknowledged(data["seq"])
        self.acked_seq = max(self.acked_seq, data["seq"])
        self.safe_seq = max(self.safe_seq, data["safe_seq"])
        while self._frames and self._frames[0][0] <= self.safe_seq:
            self._frames.popleft()

    def _complained(self, error: JsonObject) -> None:
        code = error.get("error")
        if code in ("out_of_order", "rate_limited") and "expected_seq" in error:
            self._sent = min(self._sent, int(error["expected_seq"]) - 1)
            self._more.set()
        if code == "rate_limited":
            self._pause_until = asyncio.get_running_loop().time() + float(error.get("retry_after", 1.0))
        elif code == "replaced":
            self._replaced(error)

    def _replaced(self, error: JsonObject) -> None:
        """Replaced by another client, for which we make room; or by a late answer to our own join on a broken
        connection: then join again."""
        if self._lost_joins:
            self._lost_joins -= 1
            self._broken.set()
        else:
            self._fail(Refused(error))


async def _quit(socket: socketio.AsyncClient) -> None:
    """On a dead connection the library waits for ever for its queue to empty, and one that never opened leaves its HTTP
    client open."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(1):
            await socket.disconnect()
    http = socket.eio.http
    if http is not None and not http.closed:
        await http.close()
