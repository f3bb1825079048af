"""Invitations by link: for a class that is asked all at once. Those who have the link may become members, and are told
before what that means; the link itself is shown once, to its maker."""

from datetime import timedelta

from api.organizations import link_store, rules, store
from api.organizations.membership import Asking, Membership, already_member, insist
from api.organizations.models import InvitationLink, Member, Place
from api.organizations.rules import RoleDecision, Standing
from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database

MOST_LINKS = 100


class InvitationLinks:
    """Links by which many people may join."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._membership = Membership(clock)

    async def make(self, asking: Asking, organization_id: str, to: Standing, days: int) -> tuple[InvitationLink, str]:
        """The link and its secret. Failures `not_found`, `forbidden`, `too_many_invitations`."""
        secret, link_id, now = ids.secret(), ids.new_id(), self._clock.now()
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            insist(rules.add(actor.standing, to))
            if await link_store.running(tx, organization_id, now) >= MOST_LINKS:
                raise errors.conflict("too_many_invitations", f"At most {MOST_LINKS} links may be open.")
            place = Place(link_id, organization_id, to, asking.user_id, now, now + timedelta(days=days))
            await link_store.add(tx, place, ids.hashed(secret))
            await self._membership.record(tx, asking, organization_id, "invitation.link_made", link_id, to.role)
            made = await self._found(tx, organization_id, link_id)
        return made, secret

    async def page(self, caller: Caller, organization_id: str, before: str | None, limit: int) -> list[InvitationLink]:
        """Failures `not_found`, `forbidden` for a member who may not invite."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, caller, organization_id)
            insist(rules.invite(actor.standing))
            team = rules.only_team(actor.standing)
            return await link_store.page(tx, organization_id, team, self._clock.now(), before, limit)

    async def revoke(self, asking: Asking, organization_id: str, link_id: str) -> None:
        """Failures `not_found`, `forbidden` for a link that the caller could not have made."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            insist(rules.invite(actor.standing))
            found = await self._found(tx, organization_id, link_id)
            insist(rules.add(actor.standing, found.standing))
            await link_store.delete(tx, [link_id])
            await self._membership.record(tx, asking, organization_id, "invitation.link_revoked", link_id)

    async def look(self, user_id: str, secret: str) -> tuple[InvitationLink, bool]:
        """What the link offers, and whether the user belongs to the organization already. Failure `not_found`."""
        async with self._database.connection() as cx:
            found = await self._open(cx, secret)
            return found, await store.member(cx, found.organization_id, user_id) is not None

    async def accept(self, asking: Asking, secret: str) -> Member:
        """Become a member. Failures `not_found`, also when its maker may no longer invite; `already_member`."""
        async with self._database.transaction() as tx:
            await store.lock_user(tx, asking.user_id)
            organization_id = (await self._open(tx, secret)).organization_id
            await store.lock(tx, [organization_id])
            found = await self._open(tx, secret)  # again: behind the lock nothing changes
            if await store.member(tx, organization_id, asking.user_id) is not None:
                raise already_member()
            await link_store.count_use(tx, found.id)
            await self._membership.record(tx, asking, organization_id, "invitation.link_accepted", found.id)
            return await self._membership.join(tx, asking, organization_id, asking.user_id, found.standing)

    async def sweep(self) -> None:
        """Delete links that have run out."""
        async with self._database.connection() as cx:
            await link_store.sweep(cx, self._clock.now())

    async def _found(self, tx: Connection, organization_id: str, link_id: str) -> InvitationLink:
        found = await link_store.find(tx, organization_id, link_id, self._clock.now())
        if found is None:
            raise errors.not_found("Invitation")
        return found

    async def _open(self, cx: Connection, secret: str) -> InvitationLink:
        found = await link_store.known(cx, ids.hashed(secret), self._clock.now())
        inviter = await store.member(cx, found.organization_id, found.invited_by) if found else None
        if found is None or inviter is None:
            raise errors.not_found("Invitation")
        if rules.add(inviter.standing, found.standing) is not RoleDecision.ALLOWED:
            raise errors.not_found("Invitation")
        return found
