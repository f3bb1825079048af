"""A simulated learner: real audio in real time over a bad line, again and again, with its own books."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.chaos import ears
from benchmarks.chaos.books import Books
from server.cli.client import Refused, Session

FRAME_MS = 100
_GIVE_UP_S = 60.0


class BookedSession(Session):
    """Keeps the learner's books while it talks."""

    def __init__(self, books: Books, urls: list[str], token: str) -> None:
        super().__init__(urls, "/speaking", token=token)
        self._books = books

    def on_sent(self) -> None:
        self._books.sent.append(asyncio.get_running_loop().time())

    def on_acknowledged(self) -> None:
        self._books.proven.append(asyncio.get_running_loop().time())


@dataclass
class Learner:
    """`seen` are the moments at which new events came, for the time to fail over."""

    name: str
    links: list[str]
    token: str
    pcm: bytes
    silence_s: float
    chance: random.Random
    done: list[Books] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    talking: bool = False
    url: Callable[[], str] = lambda: ""

    async def live(self, until: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self.chance.uniform(0, 3))
        while loop.time() < until:
            try:
                await self._session()
            except Refused as refused:
                if refused.code not in ("unavailable", "session_active"):
                    self.unfinished.append(f"{self.name}: refused {refused.code}")
                await asyncio.sleep(1)
            except Exception as error:  # a connection that could not be opened at first
                self.unfinished.append(f"{self.name}: {type(error).__name__} {error}") if self.talking else None
                await asyncio.sleep(0.5)

    async def _session(self) -> None:
        links = self.chance.sample(self.links, len(self.links))
        books = Books(self.silence_s)
        session = BookedSession(books, links, self.token)
        self.talking = False
        try:
            await session.start_speaking(takeover=True)
            self.url = lambda: session.url
            self.talking = True
            watching = asyncio.ensure_future(self._watch(session, books))
            await self._talk(session, books)
            async with asyncio.timeout(_GIVE_UP_S):
                await session.end()
                await watching
            books.stored = await self._stored(books.ended or {})
            self.done.append(books)
        except TimeoutError:
            self.unfinished.append(f"{self.name}: no end within {_GIVE_UP_S:.0f} s ({session.id}), {session!r}")
        finally:
            self.talking = False
            await session.close()

    async def _talk(self, session: Session, books: Books) -> None:
        seconds = self.chance.randint(4, 14)
        start = self.chance.randrange(0, len(self.pcm) // 32_000) * 32_000
        spoken = (self.pcm[start:] + self.pcm)[: seconds * 32_000]
        books.expected = ears.texts_of(spoken)
        cut = self.chance.randrange(1, seconds) * 32_000
        await session.stream(spoken[:cut], frame_ms=FRAME_MS)
        if self.chance.random() < 0.25:
            await self._vanish(session)
        elif self.chance.random() < 0.3:
            await session.cut()
        await session.stream(spoken[cut:], frame_ms=FRAME_MS)

    async def _vanish(self, session: Session) -> None:
        """A closed lid: no sound, no heartbeat, for long enough to be suspended."""
        await session.flushed()
        session.asleep = True
        await asyncio.sleep(self.silence_s * self.chance.uniform(1.6, 2.2))
        session.asleep = False

    async def _watch(self, session: Session, books: Books) -> None:
        loop = asyncio.get_running_loop()
        async for name, data in session.events():
            self.seen.append(loop.time())
            books.saw(name, data)

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
