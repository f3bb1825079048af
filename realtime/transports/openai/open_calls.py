"""The calls of this node by their ids, which are those of the live sessions behind them."""

from collections.abc import Awaitable, Callable

from kit import errors, ids
from realtime.node.credential_watch import CredentialWatch
from realtime.node.registry import Registry
from realtime.transports.openai.call import Call
from realtime.transports.openai.relay import Relay
from realtime.transports.openai.side_band import Controlled

PREFIX = "rtc_"

_MOST_LEFT = 1000

HangUp = Callable[[str, str, str | None], Awaitable[object]]


def _session_of(call_id: str) -> str:
    """The live session of a call. Failure `not_found` for what cannot be a call's id."""
    session_id = call_id.removeprefix(PREFIX)
    if not ids.is_id(session_id):
        raise errors.not_found("Call")
    return session_id


class OpenCalls:
    """From the offer of each to its end."""

    def __init__(self, registry: Registry, standing: CredentialWatch, hang_up: HangUp) -> None:
        """`hang_up` ends a live session wherever it runs, and also where no node runs it: (whose it is, its id, the
        reason). Failure `not_found`."""
        self._registry = registry
        self._hang_up = hang_up
        self._calls: dict[str, Call] = {}
        self._left: dict[str, None] = {}  # the latest that ended here: their sessions may still be settled
        self._relay = Relay(
            registry.bus, registry.node, registry.tasks, standing, self._of_user, self._left.__contains__
        )

    def add(self, session_id: str, call: Call) -> None:
        self._calls[session_id] = call

    def discard(self, session_id: str) -> None:
        if self._calls.pop(session_id, None) is None:
            return
        self._left[session_id] = None
        if len(self._left) > _MOST_LEFT:
            del self._left[next(iter(self._left))]

    def _of_user(self, session_id: str, user_id: str) -> Call | None:
        call = self._calls.get(session_id)
        return call if call is not None and call.caller.user_id == user_id else None

    async def find(self, call_id: str, user_id: str) -> Controlled | None:
        """The user's call, on whichever node it runs; None for one that has ended. Failure `not_found`, also for
        somebody else's call and for a session that is none, `unavailable` when its node does not answer."""
        session_id = _session_of(call_id)
        if (call := self._of_user(session_id, user_id)) is not None:
            return call
        session = await self._registry.repository.find(session_id, user_id)
        if session.ended_at is not None or session_id in self._left:
            return None
        if session.owner in (None, self._registry.node):
            raise errors.not_found("Call")
        return await self._relay.find(session_id, str(session.owner), user_id)

    async def end(self, call_id: str, user_id: str) -> None:
        """Hang up, on whichever node it runs. Failure `not_found`, also for somebody else's call."""
        await self._hang_up(user_id, _session_of(call_id), "client")
