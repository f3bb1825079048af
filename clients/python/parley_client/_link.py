"""Keeps a session connected: one line after the other, joined where the last one broke."""

import asyncio
import contextlib
from collections.abc import Sequence

import aiohttp

from ._backoff import Backoff
from ._credentials import Credentials
from ._json import JsonObject
from ._line import Line, Opener, Received
from .errors import Lost, Refused, Unavailable, refusal

_OWN_JOIN_SECONDS = 30.0  # for so long a join that was not answered may replace us


class Link:
    """The line in use, and how to get the next one. Of several addresses the next is tried when one fails."""

    def __init__(self, urls: Sequence[str], namespace: str, credentials: Credentials, opener: Opener) -> None:
        self.urls = list(urls)
        self.url = ""
        self.line: Line | None = None
        self.joined = asyncio.Event()
        self._namespace = namespace
        self._credentials = credentials
        self._opener = opener
        self._http: aiohttp.ClientSession | None = None
        self._turn = 0
        self._lost_joins: list[float] = []  # when, by the loop's clock

    @property
    def up(self) -> bool:
        """Whether there is a connection."""
        return self.line is not None and not self.line.broken.is_set()

    async def connect(self, received: Received) -> None:
        """To the address whose turn it is. Lost, Refused."""
        await self.disconnect()
        if self._http is None:
            self._http = aiohttp.ClientSession()
        url = self.urls[self._turn % len(self.urls)]
        while True:
            try:
                self.line = await self._opener(
                    self._http, url, self._namespace, await self._credentials.next(), received
                )
            except Refused as refused:
                if self._credentials.refused(refused.code):
                    continue
                raise
            self.url = url
            return

    async def begin(self, name: str, data: JsonObject, received: Received, wait_seconds: float) -> JsonObject:
        """The answer to the first event, within `wait_seconds` when there is no way to the server or it has no
        place. Lost, Refused."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + wait_seconds
        backoff = Backoff()
        while True:
            try:
                await self.connect(received)
                return await self.join(name, data)
            except (Lost, Unavailable) as error:
                self.another()
                wait = backoff.next(error.retry_after if isinstance(error, Unavailable) else None)
                if loop.time() + wait > give_up:
                    await self.disconnect()
                    raise
                await asyncio.sleep(wait)

    def another(self) -> None:
        """Try the next address next time."""
        self._turn += 1

    async def call(self, name: str, data: JsonObject) -> JsonObject:
        """The acknowledgement of an event over the line in use. Lost, Refused."""
        line = self.line
        if line is None or line.broken.is_set():
            raise Lost("There is no connection.")
        answer = await line.ask(name, data)
        if not answer.get("ok"):
            raise refusal(answer.get("error") or {})
        return answer

    async def join(self, name: str, data: JsonObject) -> JsonObject:
        """The same for the first event of a line, which may have been taken though its answer is lost."""
        try:
            return await self.call(name, data)
        except Lost:
            self._lost_joins.append(asyncio.get_running_loop().time())
            raise

    def own_join(self) -> bool:
        """Whether we were replaced by a join of our own that was lost."""
        since = asyncio.get_running_loop().time() - _OWN_JOIN_SECONDS
        return bool(self._lost_joins) and self._lost_joins.pop() > since

    def welcome(self, ticket: str | None) -> None:
        """The session was joined."""
        self._credentials.joined(ticket)
        self.joined.set()

    async def until_broken(self) -> None:
        """Wait until the connection breaks."""
        if self.line is not None:
            await self.line.broken.wait()
        self.joined.clear()

    def give_up_line(self) -> None:
        """It is no good any more: the next one is made."""
        if self.line is not None:
            self.line.broken.set()

    async def disconnect(self) -> None:
        """End the connection; another may follow."""
        line, self.line = self.line, None
        if line is not None:
            await line.close()

    async def close(self) -> None:
        """End everything."""
        await self.disconnect()
        http, self._http = self._http, None
        if http is not None:
            with contextlib.suppress(OSError):
                await http.close()
