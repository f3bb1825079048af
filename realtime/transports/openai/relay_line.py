"""A side-band of another node on the node of its call: a line over the bus in place of a socket."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, Protocol, TypeVar

from aiohttp import WSMessage, WSMsgType

ANSWER_SECONDS = 5.0
_ROOM_SECONDS = 3.0  # until an event that was not taken is offered again; less than an answer takes
_SILENT_SECONDS = 30.0  # after which the node of a side-band is dead

T = TypeVar("T")


class Ask(Protocol):
    """Asks the other node."""

    async def __call__(self, do: str, **more: object) -> bool | None:
        """What it answers to `do`; None when it does not answer."""
        ...


class RelayLine:
    """What the client sends is taken one after the other, as many as it sent before it left; what is told waits until
    the client has it, so that one that reads slowly may be as slow as at this node."""

    def __init__(self, ask: Ask) -> None:
        self.is_open: Callable[[], bool] = lambda: True
        """Whether the side-band still has something to wait for."""
        self._ask = ask
        self._texts: asyncio.Queue[str | None] = asyncio.Queue(1)
        self._over = asyncio.Event()
        self._alive = True  # lately
        self._heard = True

    @property
    def socket(self) -> "RelayLine":
        return self

    def __aiter__(self) -> AsyncIterator[WSMessage]:
        return self._messages()

    async def _messages(self) -> AsyncIterator[WSMessage]:
        while not self._over.is_set():
            waited, text = await self._unless_over(self._texts.get(), _SILENT_SECONDS)
            if text is not None:
                yield WSMessage(WSMsgType.TEXT, text, None)
            elif waited or not self._alive:
                return
            else:
                self._alive = False

    async def take(self, text: str | None) -> bool:
        """What the client sent; None: it sends nothing more. False when there was no room for it in some seconds, or
        this is over: it is not taken then."""
        self._alive = True
        return (await self._unless_over(self._texts.put(text), _ROOM_SECONDS))[0]

    async def finish(self, seconds: float) -> None:
        """The client has left. Waits until what it sent is done, or so long."""
        self._heard = False
        try:
            async with asyncio.timeout(seconds):
                while not (self._over.is_set() or await self.take(None)):
                    pass
                await self._over.wait()
        except TimeoutError:
            return

    def shows_life(self) -> bool:
        """The other node is there. Whether this still is."""
        self._alive = True
        return not self._over.is_set()

    async def _unless_over(self, work: Coroutine[Any, Any, T], seconds: float) -> tuple[bool, T | None]:
        """Whether it was done in time and before the end of this, and what it gave."""
        working, over = asyncio.ensure_future(work), asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({working, over}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            done = working.done() and not self._over.is_set()
            return done, working.result() if done else None
        finally:
            working.cancel()
            over.cancel()

    def stop(self) -> None:
        """The other side is gone."""
        self._over.set()

    abort = stop

    async def send(self, message: str) -> None:
        """Events for the client, one a line. Returns when it has them, or cannot have them any more."""
        if self._over.is_set() or not self._heard:
            return
        told = await self._ask("tell", text=message, wait=self.is_open())
        while told is False and self.is_open():
            if (told := await self._ask("hears")) is False:
                self._heard = False  # what it sent is still done
                return
            told = told and await self._ask("sent")
        if told is None:
            self.stop()

    async def close(self, *, code: int, message: bytes) -> None:
        """The client's connection, too."""
        if self._heard and not self._over.is_set():
            await self._ask("close", code=int(code), reason=message.decode())
        self.stop()
