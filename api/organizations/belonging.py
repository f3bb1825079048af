"""What other parts may know of who belongs to which organization, inside transactions of their own."""

from collections.abc import Sequence
from datetime import datetime

from api.organizations import rules, store
from api.organizations.membership import Membership, insist
from api.organizations.models import Member, Seat
from api.organizations.rules import RoleDecision
from kit import errors
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection


class Memberships:
    """Which organizations a user belongs to."""

    async def of(self, tx: Connection, user_id: str) -> list[str]:
        """The organizations that a user belongs to."""
        rows = await tx.fetch("select organization_id from organization_members where user_id = $1", user_id)
        return [row["organization_id"] for row in rows]


class Teaching:
    """Who teaches whom. Learners are plain members who agreed to belong: of others nobody is told what they do."""

    def __init__(self, clock: Clock) -> None:
        self._membership = Membership(clock)

    async def scope(self, cx: Connection, caller: Caller, organization_id: str) -> str | None:
        """The only team that the caller teaches; None for the whole organization. Failures `not_found` for those who
        do not belong to it, `forbidden` for those who do not teach."""
        found = await store.member(cx, organization_id, caller.user_id)
        if found is None or caller.organization_id not in (None, organization_id):
            raise errors.not_found("Organization")
        return _scope(found)

    async def hold(self, tx: Connection, caller: Caller, organization_id: str) -> str | None:
        """`scope`, with the organization locked until `tx` ends."""
        return _scope(await self._membership.acting(tx, caller, organization_id))

    async def taught(self, cx: Connection, user_id: str) -> set[str]:
        """The organizations in which a user teaches."""
        found = await store.standings(cx, user_id)
        return {id_ for id_, standing in found if rules.teach(standing) is RoleDecision.ALLOWED}

    async def learners(
        self,
        cx: Connection,
        organization_id: str,
        *,
        team: str | None = None,
        only: Sequence[str] | None = None,
        after: tuple[datetime, str] | None = None,
        limit: int,
    ) -> list[Member]:
        """In the order in which they joined; `team` and `only` (user ids) narrow."""
        return await store.learners(cx, organization_id, team, only, after, limit)

    async def seats(self, cx: Connection, user_id: str, only: str | None) -> list[Seat]:
        """Where the user is a learner; `only` narrows to one organization."""
        return await store.seats(cx, user_id, only)


def _scope(found: Member) -> str | None:
    insist(rules.teach(found.standing))
    return rules.only_team(found.standing)
