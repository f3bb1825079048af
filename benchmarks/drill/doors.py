"""Who comes to a site in a drill, one class for each door.

Each goes in again and again until it is over, repeats what a lost connection interrupted, and checks what it was given.
"""

import asyncio
import base64
import json
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import numpy as np
import soxr

from benchmarks.chaos.books import Books, spoken
from clients.python.parley_client import Lost, Refused, Session
from clients.python.parley_client._line import opened
from tests.support.recordings import wav
from tests.support.webrtc import Learner as Peer

RATE = 16_000
TAIL = bytes(2 * RATE)
"""Silence behind what is said, which ends the turn; packets need not carry it."""
_PATIENCE_S = 40.0
_TRIES = 12
_PAUSE_S = 0.5
_SDP = {"Content-Type": "application/sdp"}


class Interrupted(Exception):
    """A node went; the visitor has to begin this again."""


@dataclass
class Visitor(ABC):
    """`rounds` are those that were finished, `again` how often something was begun again.

    `wrong` says what was not as it had to be, `off_s` how far a bill was outside its bounds."""

    door: str
    http: aiohttp.ClientSession  # of the site's address
    url: str
    token: str
    pcm: bytes
    text: str
    rounds: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)
    off_s: float = 0.0
    troubles: Callable[[], int] = lambda: 0  # how many nodes went so far
    on_bill: Callable[[float, float, float], None] = lambda billed, least, most: None
    why: str = ""  # the last interruption

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / RATE

    @property
    def least_s(self) -> float:
        """What must be billed."""
        return (len(self.pcm) - len(TAIL)) / 2 / RATE

    async def live(self, over: Callable[[], bool]) -> None:
        """Round after round; the first one is always finished."""
        while not self.rounds or not over():
            for _ in range(_TRIES):
                try:
                    await self.round()
                    break
                except (Interrupted, Lost, aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                    self.again += 1
                    self.why = f"{type(error).__name__} {error}"
                    await asyncio.sleep(_PAUSE_S)
            else:
                self.wrong.append(f"no round was finished in {_TRIES} tries: {self.why}")
                return
            self.rounds += 1

    @abstractmethod
    async def round(self) -> None:
        """In at the door, and out again. Interrupted, or what a lost connection raises, to begin anew."""

    async def ask(self, method: str, path: str, wanted: int, **options: Any) -> Any:
        """The answer. Interrupted for one that says to come again; another one is noted."""
        headers = {**self.headers, **options.pop("headers", {})}
        async with self.http.request(method, path, headers=headers, **options) as response:
            body = await (response.json() if response.content_type == "application/json" else response.text())
            if response.status >= 500 or response.status == 429:
                raise Interrupted(f"{method} {path}: {response.status}")
            if response.status != wanted:
                self.wrong.append(f"{method} {path}: {response.status} {body}")
                raise Interrupted(f"{method} {path}: {response.status}")
            return body

    def compare(self, what: str, text: str) -> None:
        if spoken(text) != spoken(self.text):
            self.wrong.append(f"{what}: {text!r}")

    def bill(self, billed: float, least: float, most: float) -> None:
        self.on_bill(billed, least, most)
        self.off_s = max(self.off_s, least - billed, billed - 1 - most)


class Caller(Visitor):
    """A session on the socket whose sound goes by WebRTC; `relayed`, only by the TURN server."""

    relayed = False

    async def round(self) -> None:
        began = asyncio.get_running_loop().time()
        books = Books(0.0)
        session = Session([self.url], "/speaking", token=self.token, opener=opened)
        listening: asyncio.Future[None] | None = None
        try:
            await session.start_speaking(takeover=True, wait_seconds=_PATIENCE_S)
            listening = asyncio.ensure_future(self._listen(session, books))
            for _ in range(_TRIES):
                before = len(books.finals)
                try:
                    await self._say(session, books, before)
                    break
                except (Interrupted, Lost, Refused, TimeoutError, ConnectionError) as error:
                    self.again += 1
                    self.why = f"{type(error).__name__} {error}, {books.finals}"
                    await asyncio.sleep(_PAUSE_S)
            else:
                self.wrong.append(f"{session.id}: what was said never came, {books.finals}")
            ended = await session.end()
            await asyncio.wait_for(listening, _PATIENCE_S)
        finally:
            await session.close()
            if listening is not None:
                await asyncio.gather(listening, return_exceptions=True)
        whole = asyncio.get_running_loop().time() - began
        self.bill(ended.data["billed_seconds"], self.least_s, whole + 1)
        if books.lost_events() or books.doubled_events():
            self.wrong.append(f"{session.id}: events lost {books.lost_events()}, doubled {books.doubled_events()}")

    async def _listen(self, session: Session, books: Books) -> None:
        async for event in session.events():
            books.saw(event.name, event.data)

    async def _say(self, session: Session, books: Books, before: int) -> None:
        """Until all of it has come back. Interrupted when the peer goes."""
        servers = (await self.ask("GET", "/api/live/ice-servers", 200))["ice_servers"]
        peer = Peer(channel=False, ice_servers=servers, relayed=self.relayed)
        try:
            answer = await session.ask("webrtc.offer", {"sdp": await peer.offer()})
            await peer.accept(str(answer["sdp"]))
            await peer.connected()
            if self.relayed and not _by_relay(peer):
                self.wrong.append("a packet did not go by the relay")
            peer.microphone.say(self.pcm)
            async with asyncio.timeout(self.seconds + _PATIENCE_S):
                while True:
                    said = " ".join(list(books.finals.values())[before:])
                    if spoken(said)[-len(spoken(self.text)) :] == spoken(self.text):
                        return
                    if peer.connection.connectionState != "connected":
                        raise Interrupted("the peer went")
                    await asyncio.sleep(0.1)
        finally:
            await peer.close()


class RelayedCaller(Caller):
    relayed = True


def _by_relay(peer: Peer) -> bool:
    """Whether the pair in use has the relay's address on our side."""
    (transport,) = {one.sender.transport.transport for one in peer.connection.getTransceivers()}
    pairs = transport._connection._nominated.values()
    return all(pair.local_candidate.type == "relay" for pair in pairs) and bool(pairs)


class Publisher(Visitor):
    """WHIP: a session that REST begins and ends.

    Sound by WebRTC that was under way to a node that went is said again, as the guide says; a publisher has no events
    that would tell it so. Such a session is judged by the database alone.
    """

    async def round(self) -> None:
        before = self.troubles()
        loop = asyncio.get_running_loop()
        began = loop.time()
        start = {"session_type": "speaking", "takeover": True}
        started = await self.ask("POST", "/api/live/session/start", 201, json=start)
        peer = Peer(channel=False, listens=False, ice_servers=started["realtime"]["ice_servers"])
        try:
            ticket = {"Authorization": f"Bearer {started['realtime']['ticket']}"}
            answer = await self.ask("POST", "/api/live/whip", 201, data=await peer.offer(), headers=_SDP | ticket)
            await peer.accept(answer)
            await peer.connected()
            peer.microphone.say(self.pcm)
            for _ in range(round((self.seconds + 2.0) * 10)):
                await asyncio.sleep(0.1)
                if peer.connection.connectionState != "connected":
                    raise Interrupted("the peer went")
            ended = await self.ask("POST", "/api/live/session/end", 200, json={"session_id": started["session_id"]})
        finally:
            await peer.close()
        if self.troubles() != before:
            raise Interrupted("a node went meanwhile")
        self.bill(ended["billed_seconds"], self.least_s, loop.time() - began + 1)
        stored = await self.ask("GET", f"/api/live/transcripts/{ended['transcript_id']}", 200)
        self.compare(started["session_id"], " ".join(turn["text"] for turn in stored["turns"]))


class Sender(Visitor):
    """A recording to `/v1/audio/transcriptions`."""

    async def round(self) -> None:
        form = aiohttp.FormData({"model": "whisper-1"})
        form.add_field("file", wav(np.frombuffer(self.pcm, "<i2")), filename="a.wav", content_type="audio/wav")
        self.compare("a recording", (await self.ask("POST", "/v1/audio/transcriptions", 200, data=form))["text"])


class Streamer(Visitor):
    """Live sound to `/v1/realtime`, in the protocol of OpenAI's clients."""

    async def round(self) -> None:
        heard = np.frombuffer(self.pcm, "<i2").astype(np.float32)
        sound = np.asarray(soxr.resample(heard, RATE, 24_000)).astype("<i2").tobytes()
        path = "/v1/realtime?intent=transcription"
        async with self.http.ws_connect(path, headers=self.headers, heartbeat=10) as socket:
            manual = {"type": "transcription", "audio": {"input": {"turn_detection": None}}}
            await socket.send_json({"type": "session.update", "session": manual})
            for at in range(0, len(sound), 9600):  # 200 ms
                piece = base64.b64encode(sound[at : at + 9600]).decode()
                await socket.send_json({"type": "input_audio_buffer.append", "audio": piece})
                await asyncio.sleep(0.1)
            await socket.send_json({"type": "input_audio_buffer.commit"})
            async with asyncio.timeout(_PATIENCE_S):
                async for message in socket:
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        break
                    said = json.loads(message.data)
                    if said["type"] == "error":  # sound was refused, as while the session before it ends
                        raise Interrupted(said["error"]["code"])
                    if said["type"].endswith("input_audio_transcription.completed"):
                        return self.compare("a turn", said["transcript"])
        raise Interrupted("the connection closed")


@dataclass
class Writer(Visitor):
    """Notes by REST, each sent again with the same key until it is acknowledged. `acknowledged` are their titles."""

    acknowledged: list[str] = field(default_factory=list)

    async def round(self) -> None:
        title = f"{self.token[-6:]} {secrets.token_hex(8)}"
        body = {"title": title, "content": "The Danube flows through Vienna. " * 20}
        once = {"Idempotency-Key": secrets.token_hex(16)}
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                try:
                    await self.ask("POST", "/api/core/notes", 201, json=body, headers=once)
                    break
                except (Interrupted, aiohttp.ClientError, ConnectionError):
                    self.again += 1
                    await asyncio.sleep(_PAUSE_S)
        self.acknowledged.append(title)
        await asyncio.sleep(_PAUSE_S)
