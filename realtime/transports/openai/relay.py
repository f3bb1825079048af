"""Side-bands of calls that another node runs. Each node asks the other over the bus, one message after the other: what
a side-band sends goes to the call's node, and what is told there comes back. A question that is not answered means that
the other side is gone."""

import asyncio
from collections.abc import Callable
from typing import Any

import orjson
from aiohttp import WSCloseCode

from kit import errors, ids
from kit.caller import Caller
from kit.errors import Failure
from kit.tasks import Tasks
from realtime import payload
from realtime.node import credential_watch
from realtime.node.bus import Bus
from realtime.node.credential_watch import CredentialWatch
from realtime.transports.openai.items import identified
from realtime.transports.openai.messages import Tell, told_as
from realtime.transports.openai.relay_line import ANSWER_SECONDS, Ask, RelayLine
from realtime.transports.openai.side_band import Controlled, SideBand

_WHAT = "side-band"
_PING_SECONDS = 5.0
_SENT_SECONDS = 2.0  # for which a client's reading is waited for; less than an answer takes
_FINISH_SECONDS = 20.0  # for what a client sent right before it left
_TOGETHER = 50


class ElsewhereCall:
    """A call of another node, as one side-band here sees it."""

    def __init__(self, ask: Ask, tasks: Tasks, here: dict[str, SideBand], node: str) -> None:
        self._id = ids.secret(12)
        self._ask = ask
        self._tasks = tasks
        self._here = here
        self._node = node
        self._watching: asyncio.Task[None] | None = None

    async def join(self, band: SideBand) -> None:
        """Failure `session_ended` when the call's node does not know it any more, `unavailable` when that does not
        answer."""
        self._here[self._id], band.on_end = band, self._end
        joined = await self._ask("join", band=self._id, node=self._node, caller=_written(band.caller))
        if joined is None:
            raise _not_there()
        if not joined:
            raise errors.conflict("session_ended", "This call has ended.")
        self._watching = self._tasks.spawn(self._watch(band), name="watch a call elsewhere")

    async def controlled(self, text: str, tell: Tell, band: SideBand) -> None:
        """An event of the side-band, to the call's node. What found no room there is offered again."""
        if len(text) > payload.MOST_CHARACTERS:
            await tell(identified(told_as(errors.too_large("This event is too long."))))
            return
        taken: bool | None = False
        while band.open and not taken:
            taken = await self._ask("take", band=self._id, text=text)
            if taken is None or not (taken or await self._ask("ping", band=self._id)):
                self._lost(band)

    def leave(self, band: SideBand) -> None:
        """The client has left: what it sent is done, and nothing more is told."""
        if band.open:
            band.on_end = lambda: None
            self._tasks.spawn(self._ask("finish", band=self._id), name="side-band leaves")
        self._here.pop(self._id, None)
        if self._watching is not None:
            self._watching.cancel()

    def _end(self) -> asyncio.Task[bool | None]:
        """It is closed: what it sent is not taken any more."""
        return self._tasks.spawn(self._ask("end", band=self._id), name="side-band ends")

    async def _watch(self, band: SideBand) -> None:
        while await self._ask("ping", band=self._id):  # noqa: ASYNC110 - time is what is awaited
            await asyncio.sleep(_PING_SECONDS)
        self._lost(band)

    def _lost(self, band: SideBand) -> None:
        band.end_with(_not_there(), WSCloseCode.TRY_AGAIN_LATER)


class _RelayedBand(SideBand):
    """Of another node, on the call's."""

    async def expel(self, failure: Failure) -> None:
        """It is told why by its own node, which may have seen it, too."""
        self._drop()
        self.end(WSCloseCode.POLICY_VIOLATION, failure.code)


class Relay:
    """Side-bands of this node to calls of others, and the other way round."""

    def __init__(
        self,
        bus: Bus,
        node: str,
        tasks: Tasks,
        standing: CredentialWatch,
        call_of: Callable[[str, str], Controlled | None],
        has_left: Callable[[str], bool],
    ) -> None:
        """`call_of` finds a call of this node: (session, user). `has_left`: whether one has just ended here."""
        self._bus = bus
        self._node = node
        self._tasks = tasks
        self._standing = standing
        self._call_of = call_of
        self._has_left = has_left
        self._here: dict[str, SideBand] = {}  # to calls of other nodes
        self._lines: dict[str, tuple[RelayLine, SideBand]] = {}  # of other nodes to calls here
        bus.on(_WHAT, self._asked)

    async def find(self, session_id: str, owner: str, user_id: str) -> ElsewhereCall | None:
        """The user's call on that node; None for one that has just ended there. Failure `not_found`, `unavailable` when
        the node does not answer."""
        ask = self._asking(owner, session_id)
        found = await ask("look", user=user_id)
        if found is None:
            raise _not_there()
        if found:
            return ElsewhereCall(ask, self._tasks, self._here, self._node)
        left = await ask("left")
        if left is None:
            raise _not_there()
        if not left:
            raise errors.not_found("Call")
        return None

    def _asking(self, node: str, session_id: str, **always: str) -> Ask:
        async def ask(do: str, **more: object) -> bool | None:
            detail = orjson.dumps({"do": do, **always, **more}).decode()
            return await self._bus.ask(node, _WHAT, session_id, ANSWER_SECONDS, detail)

        return ask

    async def _asked(self, _: str, session_id: str, detail: str) -> bool:
        said: dict[str, Any] = orjson.loads(detail)
        match said["do"]:
            case "look":
                return self._call_of(session_id, said["user"]) is not None
            case "left":
                return self._has_left(session_id)
            case "join":
                return self._joined(session_id, said)
            case "tell" | "sent" | "hears" | "close":
                return await self._told(said)
            case _:
                return await self._sent(said)

    async def _told(self, said: dict[str, Any]) -> bool:
        """Something for a side-band of this node."""
        if (band := self._here.get(said["band"])) is None or not band.open:
            return False
        if said["do"] == "tell":
            band.pass_on_all(said["text"].split("\n"))
        elif said["do"] == "close" and said["code"] == WSCloseCode.POLICY_VIOLATION:
            await band.expel(credential_watch.ended())
        elif said["do"] == "close":
            band.end(said["code"], said["reason"])
        waits = said["do"] == "sent" or (said["do"] == "tell" and said["wait"])
        return not waits or await band.sent(_SENT_SECONDS)

    async def _sent(self, said: dict[str, Any]) -> bool:
        """Something from a side-band of another node."""
        if (found := self._lines.get(said["band"])) is None:
            return False
        line, band = found
        if said["do"] == "take":
            return await line.take(said["text"])
        if said["do"] == "ping":
            return line.shows_life()
        if said["do"] == "finish":
            await line.finish(_FINISH_SECONDS)
        band.end(WSCloseCode.OK, "")  # what it sent before is not taken any more
        line.stop()
        return True

    def _joined(self, session_id: str, said: dict[str, Any]) -> bool:
        """Serves another node's side-band from now on, and ends it with its credential, as that node does."""
        caller, band_id = Caller(**said["caller"]), said["band"]
        call = self._call_of(session_id, caller.user_id)
        if call is None or band_id in self._lines:
            return False
        line = RelayLine(self._asking(said["node"], session_id, band=band_id))
        band = _RelayedBand(line, caller, self._tasks, _TOGETHER)
        line.is_open = lambda: band.open
        self._lines[band_id] = line, band

        async def serve() -> None:
            self._standing.add(band)
            try:
                await band.converse(call)
            finally:
                self._standing.discard(band)
                line.stop()
                del self._lines[band_id]

        self._tasks.spawn(serve(), name="side-band of another node")
        return True


def _written(caller: Caller) -> dict[str, object]:
    """What of a caller its credential is found by."""
    names = ("user_id", "role", "via", "credential_id", "organization_id", "web_origin")
    return {name: getattr(caller, name) for name in names}


def _not_there() -> Failure:
    return errors.unavailable("unavailable", "The node of this call does not answer. Try again shortly.", 3)
