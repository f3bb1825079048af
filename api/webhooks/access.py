"""Whose an endpoint is, and who may do what with it.

A person's endpoints are the person's. An organization's are for its owners and admins; others do not learn that there
are any. A key that is bound to an organization has that organization's endpoints only. Integration tokens never get the
scopes (`kit/scopes.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from api.webhooks import events, store
from api.webhooks.models import Endpoint
from api.webhooks.ports import Organizations
from kit import errors
from kit.audit import Actor
from kit.caller import Caller
from kit.database import Connection


@dataclass(frozen=True, slots=True)
class Asking:
    """The caller and the request."""

    caller: Caller
    actor: Actor


class Access:
    """Who may see and change an endpoint."""

    def __init__(self, organizations: Organizations) -> None:
        self._organizations = organizations

    async def owner(self, tx: Connection, caller: Caller, organization_id: str | None) -> str:
        """Whose endpoints are meant: the caller's, or those of an organization. Failures `not_found` for outsiders,
        `forbidden` for members who do not lead it."""
        wanted = organization_id or caller.organization_id
        if wanted is None:
            return caller.user_id
        standing = await self._organizations.standing(tx, wanted, caller.user_id)
        if standing is None or caller.organization_id not in (None, wanted):
            raise errors.not_found("Organization")
        if standing != "leader":
            raise errors.forbidden("Only owners and admins of the organization may do this.")
        return wanted

    async def find(self, tx: Connection, caller: Caller, endpoint_id: str) -> Endpoint:
        """Failure `not_found`, also for an endpoint of others."""
        return await self._checked(tx, caller, await store.find(tx, endpoint_id))

    async def lock(self, tx: Connection, caller: Caller, endpoint_id: str) -> Endpoint:
        """As `find`; nothing changes the endpoint before `tx` ends."""
        await self.find(tx, caller, endpoint_id)
        found = await store.lock(tx, endpoint_id)
        if found is None:
            raise _unknown()
        return found

    async def _checked(self, tx: Connection, caller: Caller, found: Endpoint | None) -> Endpoint:
        if found is None:
            raise _unknown()
        if found.organization_id is None:
            mine = found.user_id == caller.user_id and caller.organization_id is None
        else:
            standing = await self._organizations.standing(tx, found.organization_id, caller.user_id)
            mine = standing == "leader" and caller.organization_id in (None, found.organization_id)
        if not mine:
            raise _unknown()
        return found


def may_ask_for(caller: Caller, wanted: Iterable[str], organization_id: str | None) -> None:
    """A key gets no event that it could not read by asking, and what others do only if it may read the organization.
    Failure `INSUFFICIENT_API_KEY_SCOPE`."""
    for name in sorted(wanted):
        caller.require(events.ROWS[name].scope)
        if organization_id is not None and name != events.TEST:
            caller.require("organizations:read")


def _unknown() -> errors.Failure:
    return errors.not_found("Webhook")
