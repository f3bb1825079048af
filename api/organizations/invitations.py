"""Becoming a member: organizations invite, people accept or decline. The answers do not reveal whether there is an
account."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.organizations import invitation_store, rules, store
from api.organizations.membership import Asking, Membership, already_member, insist
from api.organizations.models import Invitation, Member
from api.organizations.pasting import Pasted
from api.organizations.rules import RoleDecision, Standing
from kit import emails, errors
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database
from kit.errors import Failure, Kind

Result = Literal["invited", "added", "already_member", "already_invited", "too_many_invitations", "faulty"]
_REFUSED: dict[str, Result] = {
    "already_member": "already_member",
    "already_invited": "already_invited",
    "too_many_invitations": "too_many_invitations",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person of a list."""

    who: Pasted
    result: Result


class Invitations:
    """Invitations, from being sent to being answered."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._membership = Membership(clock)

    async def add_member(self, asking: Asking, organization_id: str, user: str, to: Standing) -> Member | Invitation:
        """Invite `user`: an id, an e-mail address or a user name. Only an account that the organization itself created
        is added at once. Failures `not_found`, `forbidden`, `already_member`, `already_invited`,
        `too_many_invitations`."""
        addressee = emails.or_name(user)
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            insist(rules.add(actor.standing, to))
            return await self._ask(tx, asking, organization_id, addressee, to)

    async def add_all(
        self, asking: Asking, organization_id: str, people: Sequence[Pasted], team: str | None
    ) -> tuple[str | None, list[Outcome]]:
        """Invite all as learners of `team`, which is a team manager's own when it is None; and say of which team. What
        cannot be done for one changes nothing for the others. Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            to = Standing("member", team or rules.only_team(actor.standing))
            insist(rules.add(actor.standing, to))
            return to.team, [Outcome(who, await self._ask_one(tx, asking, organization_id, who, to)) for who in people]

    async def _ask_one(self, tx: Connection, asking: Asking, organization_id: str, who: Pasted, to: Standing) -> Result:
        if who.fault is not None or who.email is None:
            return "faulty"
        try:
            made = await self._ask(tx, asking, organization_id, who.email, to)
        except Failure as failure:
            if failure.kind is not Kind.CONFLICT:
                raise
            return _REFUSED[failure.code]
        return "added" if isinstance(made, Member) else "invited"

    async def _ask(
        self, tx: Connection, asking: Asking, organization_id: str, addressee: str, to: Standing
    ) -> Member | Invitation:
        if (own := await invitation_store.created_here(tx, organization_id, addressee)) is not None:
            return await self._membership.join(tx, asking, organization_id, own, to)
        if await store.member_named(tx, organization_id, addressee):
            raise already_member()
        return await self._membership.invite(tx, asking, organization_id, addressee, to)

    async def listing(self, caller: Caller, organization_id: str, before: str | None, limit: int) -> list[Invitation]:
        """What the organization has sent. Failures `not_found`, `forbidden` for a member who may not invite."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, caller, organization_id)
            insist(rules.invite(actor.standing))
            now = self._clock.now()
            return await invitation_store.of_organization(
                tx, organization_id, rules.only_team(actor.standing), now, before, limit
            )

    async def withdraw(self, asking: Asking, organization_id: str, invitation_id: str) -> None:
        """Failures `not_found`, `forbidden` for an invitation that the caller could not have sent."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            insist(rules.invite(actor.standing))
            found = await invitation_store.find(tx, invitation_id, self._clock.now())
            if found is None or found.organization_id != organization_id:
                raise errors.not_found("Invitation")
            insist(rules.add(actor.standing, found.standing))
            await invitation_store.delete(tx, [invitation_id])
            await self._membership.record(tx, asking, organization_id, "invitation.withdrawn", invitation_id)

    async def mine(self, user_id: str, before: str | None, limit: int) -> list[Invitation]:
        """Invitations that wait for the user's answer."""
        async with self._database.connection() as cx:
            return await invitation_store.mine(cx, user_id, self._clock.now(), None, before, limit)

    async def accept(self, asking: Asking, invitation_id: str) -> Member:
        """Join the organization, and leave the one that the invitation moves from. Failures `not_found`, also when the
        inviter may no longer invite, and `last_owner` of the organization that would be left."""
        async with self._database.transaction() as tx:
            found = await self._waiting(tx, asking, invitation_id)
            organization_id = found.organization_id
            inviter = await store.member(tx, organization_id, found.invited_by)
            if inviter is None or rules.add(inviter.standing, found.standing) is not RoleDecision.ALLOWED:
                raise errors.not_found("Invitation")
            if found.moves_from is not None:
                leaving = await store.member(tx, found.moves_from, asking.user_id)
                if leaving is not None:
                    await self._membership.remove(tx, asking, found.moves_from, leaving, leaving)
            await self._membership.record(tx, asking, organization_id, "invitation.accepted", invitation_id)
            await invitation_store.delete(tx, [invitation_id])
            if await store.agree(tx, organization_id, asking.user_id, self._clock.now()):
                return await self._membership.target(tx, organization_id, asking.user_id)
            return await self._membership.join(tx, asking, organization_id, asking.user_id, found.standing)

    async def decline(self, asking: Asking, invitation_id: str) -> None:
        """The organization is not told. A member who was added without consent leaves. Failure `not_found`."""
        async with self._database.transaction() as tx:
            found = await self._waiting(tx, asking, invitation_id)
            await self._membership.record(tx, asking, found.organization_id, "invitation.declined", invitation_id)
            unasked = await store.member(tx, found.organization_id, asking.user_id)
            if unasked is None:
                await invitation_store.decline(
                    tx, found.organization_id, asking.user_id, invitation_id, self._clock.now()
                )
                return
            await self._membership.remove(tx, asking, found.organization_id, unasked, unasked)
            await invitation_store.delete(tx, [invitation_id])

    async def sweep(self) -> None:
        """Delete invitations that have run out."""
        async with self._database.connection() as cx:
            await invitation_store.sweep(cx, self._clock.now())

    async def _waiting(self, tx: Connection, asking: Asking, invitation_id: str) -> Invitation:
        """The invitation, with the user and all organizations concerned locked, in the order that deleting an account
        uses. Failure `not_found`."""
        await store.lock_user(tx, asking.user_id)
        for _ in range(2):  # read again: behind the lock nothing changes
            found = await invitation_store.mine(tx, asking.user_id, self._clock.now(), invitation_id, None, 1)
            if not found:
                raise errors.not_found("Invitation")
            await store.lock(tx, [each for each in (found[0].organization_id, found[0].moves_from) if each])
        return found[0]
