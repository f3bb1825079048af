"""Side-bands of calls that another node runs. Each node asks the other over the bus, one message after the other: what
a side-band sends goes to the call's node, and what is told there comes back. A question that is not answered means that
the other side is gone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

import orjson
from aiohttp import WSCloseCode, WSMessage, WSMsgType

from kit import errors, ids
from kit.tasks import Tasks
from realtime import payload
from realtime.node.bus import Bus
from realtime.transports.openai.items import identified
from realtime.transports.openai.messages import Tell, told_as
from realtime.transports.openai.side_band import Controlled, SideBand

_WHAT = "side-band"
_ANSWER_SECONDS = 5.0
_TAKE_SECONDS = 20.0  # an event may wait for others of its call
_PING_SECONDS = 5.0
_SILENT_SECONDS = 30.0  # after which the node of a side-band is dead

T = TypeVar("T")
_Ask = Callable[..., Coroutine[Any, Any, bool]]
"""Asks the other node: (what to do, seconds, more). False also when it does not answer."""


class _Line:
    """A side-band on the call's node, in place of its socket."""

    def __init__(self, ask: _Ask) -> None:
        self._ask = ask
        self._texts: asyncio.Queue[str] = asyncio.Queue(1)
        self._over = asyncio.Event()

    @property
    def socket(self) -> "_Line":
        return self

    def __aiter__(self) -> AsyncIterator[WSMessage]:
        return self._messages()

    async def _messages(self) -> AsyncIterator[WSMessage]:
        while (text := await self._unless_over(self._texts.get(), _SILENT_SECONDS)) is not None:
            if text:
                yield WSMessage(WSMsgType.TEXT, text, None)

    async def take(self, text: str) -> bool:
        """What the client sent; "" is a sign of life. Waits until what came before is taken. False once it is over."""

        async def put() -> bool:
            await self._texts.put(text)
            return True

        return bool(await self._unless_over(put(), None))

    async def _unless_over(self, work: Coroutine[Any, Any, T], seconds: float | None) -> T | None:
        """What `work` gives; None when this is over before, or it takes longer."""
        working, over = asyncio.ensure_future(work), asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({working, over}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() and not self._over.is_set() else None
        finally:
            working.cancel()
            over.cancel()

    def stop(self) -> None:
        """The other side is gone."""
        self._over.set()

    abort = stop

    async def send(self, message: str) -> None:
        """An event for the client."""
        if not self._over.is_set() and not await self._ask("tell", _ANSWER_SECONDS, text=message):
            self.stop()

    async def close(self, *, code: int, message: bytes) -> None:
        """The client's connection, too."""
        if not self._over.is_set():
            await self._ask("close", _ANSWER_SECONDS, code=int(code), reason=message.decode())
            self.stop()


class ElsewhereCall:
    """A call of another node, as one side-band here sees it."""

    def __init__(self, ask: _Ask, tasks: Tasks, here: dict[str, SideBand], node: str, user_id: str) -> None:
        self._id = ids.secret(12)
        self._ask = ask
        self._tasks = tasks
        self._here = here
        self._me = {"node": node, "user": user_id}
        self._watching: asyncio.Task[None] | None = None

    async def join(self, band: SideBand) -> None:
        """Failure `session_ended` when the call's node does not know it any more."""
        self._here[self._id] = band
        if not await self._ask("join", _ANSWER_SECONDS, band=self._id, **self._me):
            raise errors.conflict("session_ended", "This call has ended.")
        self._watching = self._tasks.spawn(self._watch(band), name="watch a call elsewhere")

    async def controlled(self, text: str, tell: Tell, band: SideBand) -> None:
        """An event of the side-band, to the call's node."""
        if len(text) > payload.MOST_CHARACTERS:
            await tell(identified(told_as(errors.too_large("This event is too long."))))
        elif band.open and not await self._ask("take", _TAKE_SECONDS, band=self._id, text=text or " "):
            self._lost(band)

    def leave(self, band: SideBand) -> None:
        """No more events."""
        self._here.pop(self._id, None)
        if self._watching is not None:
            self._watching.cancel()
        self._tasks.spawn(self._ask("leave", _ANSWER_SECONDS, band=self._id), name="side-band leaves")

    async def _watch(self, band: SideBand) -> None:
        while await self._ask("take", _TAKE_SECONDS, band=self._id, text=""):  # noqa: ASYNC110 - time is what is awaited
            await asyncio.sleep(_PING_SECONDS)
        self._lost(band)

    def _lost(self, band: SideBand) -> None:
        band.end_with(errors.conflict("session_ended", "The node of this call is gone."), WSCloseCode.GOING_AWAY)


class Relay:
    """Side-bands of this node to calls of others, and the other way round."""

    def __init__(self, bus: Bus, node: str, tasks: Tasks, call_of: Callable[[str, str], Controlled | None]) -> None:
        """`call_of` finds a call of this node: (session, user)."""
        self._bus = bus
        self._node = node
        self._tasks = tasks
        self._call_of = call_of
        self._here: dict[str, SideBand] = {}  # to calls of other nodes
        self._lines: dict[str, tuple[_Line, SideBand]] = {}  # of other nodes to calls here
        bus.on(_WHAT, self._asked)

    async def find(self, session_id: str, owner: str, user_id: str) -> ElsewhereCall | None:
        """The user's call on that node; None when it has none such. Failure `unavailable` when it does not answer."""
        detail = orjson.dumps({"do": "look", "user": user_id}).decode()
        found = await self._bus.ask(owner, _WHAT, session_id, _ANSWER_SECONDS, detail)
        if found is None:
            raise errors.unavailable("unavailable", "The node of this call does not answer. Try again shortly.", 3)
        if not found:
            return None
        return ElsewhereCall(self._asking(owner, session_id), self._tasks, self._here, self._node, user_id)

    def _asking(self, node: str, session_id: str, **always: str) -> _Ask:
        async def ask(do: str, seconds: float, **more: object) -> bool:
            detail = orjson.dumps({"do": do, **always, **more}).decode()
            return bool(await self._bus.ask(node, _WHAT, session_id, seconds, detail))

        return ask

    async def _asked(self, _: str, session_id: str, detail: str) -> bool:
        said: dict[str, Any] = orjson.loads(detail)
        if said["do"] in ("look", "join"):
            call = self._call_of(session_id, said["user"])
            if call is not None and said["do"] == "join":
                if said["band"] in self._lines:
                    return False
                self._serve(call, session_id, said["node"], said["band"])
            return call is not None
        if said["do"] in ("tell", "close"):
            return self._told(said)
        if (found := self._lines.get(said["band"])) is None:
            return False
        line, band = found
        if said["do"] == "take":
            return await line.take(said["text"])
        band.end(WSCloseCode.OK, "")  # what it sent before is not taken any more
        line.stop()
        return True

    def _told(self, said: dict[str, Any]) -> bool:
        """Something for a side-band of this node."""
        if (band := self._here.get(said["band"])) is None or not band.open:
            return False
        if said["do"] == "tell":
            band.pass_on(said["text"])
        else:
            band.end(said["code"], said["reason"])
        return True

    def _serve(self, call: Controlled, session_id: str, node: str, band_id: str) -> None:
        line = _Line(self._asking(node, session_id, band=band_id))
        band = SideBand(line, None, self._tasks)
        self._lines[band_id] = line, band

        async def serve() -> None:
            try:
                await band.converse(call)
            finally:
                line.stop()
                del self._lines[band_id]

        self._tasks.spawn(serve(), name="side-band of another node")
