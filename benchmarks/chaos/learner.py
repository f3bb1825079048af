"""A simulated learner: real audio in real time over a bad line, again and again, with its own books."""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.chaos import listener
from benchmarks.chaos.books import Books, spoken
from clients.python.parley_client import Lost, Opener, Refused, Session
from clients.python.parley_client._line import opened

FRAME_MS = 100
_SECOND = 32_000
_GIVE_UP_S = 90.0


class BookedSession(Session):
    """Keeps the learner's books while it talks."""

    def __init__(self, books: Books, urls: list[str], token: str, opener: Opener) -> None:
        super().__init__(urls, "/speaking", token=token, opener=opener)
        self._books = books
        self._left: dict[int, float] = {}
        self._newest = 0
        self._asked: deque[float] = deque()
        self.resumed_at = 0.0

    def on_joined(self, frame: int) -> None:
        """What the line before took with it proves nothing any more."""
        self.resumed_at = _now()
        self._books.joined.append(self.resumed_at)
        self._left.clear()
        self._asked.clear()

    def on_sent(self, frame: int | None) -> None:
        self._books.sent.append(_now())
        if frame is None:
            self._asked.append(_now())
        elif frame > self._newest:  # what is sent again is no sign of life
            self._left.setdefault(frame, _now())
            self._newest = frame

    def on_acknowledged(self, frame: int | None) -> None:
        left = self._left.get(frame) if frame is not None else self._asked.popleft() if self._asked else None
        if left is not None:
            self._books.proven.append((left, _now()))


def _now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Learner:
    """With a `text`, it reads the whole recording and is heard by the real recogniser; else it says a part of it.
    `opener` makes its lines: of the plain WebSocket, or of Socket.IO.

    `seen` are the moments at which new events came, `resumed_at` the last at which it was connected again: for the time
    to fail over. `speaking` while its sound goes out.
    """

    name: str
    links: list[str]
    token: str
    pcm: bytes
    silence_s: float
    chance: random.Random
    text: str | None = None
    opener: Opener = opened
    done: list[Books] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    sessions: int = 0
    asleep: int = 0
    speaking: bool = False
    _session: BookedSession | None = None

    def speaks_by(self, url: str) -> bool:
        return self.speaking and self._session is not None and self._session.url == url

    @property
    def resumed_at(self) -> float:
        return self._session.resumed_at if self._session is not None else 0.0

    async def live(self, over: Callable[[], bool]) -> None:
        """Session after session until it is `over`."""
        await asyncio.sleep(self.chance.uniform(0, 3))
        while not over():
            links = self.chance.sample(self.links, len(self.links))
            books = Books(self.silence_s)
            session = BookedSession(books, links, self.token, self.opener)
            try:
                await session.start_speaking(takeover=True, reference_text=self.text)
            except (Lost, Refused) as error:  # nothing has begun yet
                if isinstance(error, Refused) and error.code not in ("unavailable", "session_active"):
                    self.unfinished.append(f"{self.name}: refused {error.code}")
                await session.close()
                await asyncio.sleep(0.5)
                continue
            await self._take_part(session, books)

    async def _take_part(self, session: BookedSession, books: Books) -> None:
        self.sessions += 1
        self._session = session
        watching = asyncio.ensure_future(self._watch(session, books))
        try:
            async with asyncio.timeout(_GIVE_UP_S):
                await self._talk(session, books)
                await session.end()
                await watching
            books.over = _now()
            books.stored = await self._stored(books.ended or {})
            self.done.append(books)
        except TimeoutError:
            self.unfinished.append(f"{self.name}: no end within {_GIVE_UP_S:.0f} s ({session.id}), {session!r}")
        except Exception as error:
            self.unfinished.append(f"{self.name}: {type(error).__name__} {error} ({session.id}), {session!r}")
        finally:
            self.speaking = False
            await session.close()
            await asyncio.gather(watching, return_exceptions=True)

    async def _talk(self, session: Session, books: Books) -> None:
        said = self._part(books)
        books.sound_s = len(said) / _SECOND
        seconds = len(said) // _SECOND
        cut = self.chance.randrange(1, seconds) * _SECOND
        self.speaking = True
        await session.stream(said[:cut], frame_ms=FRAME_MS)
        if self.chance.random() < 0.25:
            self.speaking = False
            await self._vanish(session)
            self.speaking = True
        elif self.chance.random() < 0.3:
            await session.cut()
        await session.stream(said[cut:], frame_ms=FRAME_MS)
        self.speaking = False

    def _part(self, books: Books) -> bytes:
        """What to say this time, and what must come of it."""
        if self.text is not None:
            books.words = spoken(self.text)
            return self.pcm
        seconds = self.chance.randint(4, 14)
        start = self.chance.randrange(0, len(self.pcm) // _SECOND) * _SECOND
        said = (self.pcm[start:] + self.pcm)[: seconds * _SECOND]
        books.expected = listener.texts_of(said)
        return said

    async def _vanish(self, session: Session) -> None:
        """A closed lid: no sound, no heartbeat, for long enough to be suspended."""
        await session.flushed()
        self.asleep += 1
        session.asleep = True
        await asyncio.sleep(self.silence_s * self.chance.uniform(1.6, 2.2))
        session.asleep = False

    async def _watch(self, session: Session, books: Books) -> None:
        loop = asyncio.get_running_loop()
        async for event in session.events():
            self.seen.append(loop.time())
            books.saw(event.name, event.data)

    async def _stored(self, ended: dict[str, Any]) -> list[str] | None:
        """The transcript as REST gives it."""
        path = f"/api/live/transcripts/{ended.get('transcript_id')}"
        headers = {"Authorization": f"Bearer {self.token}"}
        for _ in range(100):
            for link in self.links:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with (
                        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http,
                        http.get(link + path, headers=headers) as response,
                    ):
                        if response.status == 200:
                            return [turn["text"] for turn in (await response.json())["turns"]]
            await asyncio.sleep(0.2)
        return None
