"""Organizations and their members. Every change locks the organization: two at once cannot lose its last owner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from api.organizations import invitation_store, link_store, rules, store
from api.organizations.membership import Asking, Membership, already_member, insist
from api.organizations.models import Invitation, Member, Organization
from api.organizations.ports import Dissolving
from api.organizations.rules import RoleDecision, Standing
from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database
from kit.storable import JsonObject


class Organizations:
    """`dissolving` is called in the transaction for each organization that is deleted."""

    def __init__(self, database: Database, clock: Clock, dissolving: Sequence[Dissolving] = ()) -> None:
        self._database = database
        self._clock = clock
        self._dissolving = dissolving
        self._membership = Membership(clock)

    async def create(self, asking: Asking, name: str, slug: str, description: str | None) -> Organization:
        """The caller becomes its owner. Failure `slug_taken`; `forbidden` for a key that belongs to an organization."""
        if asking.caller.organization_id is not None:
            raise errors.forbidden("This API key acts inside its organization only.")
        now = self._clock.now()
        made = Organization(ids.new_id(), name, slug, description, now, "owner", 1)
        async with self._database.transaction() as tx:
            if not await store.add(tx, made):
                raise _slug_taken()
            await store.add_member(tx, made.id, asking.user_id, Standing("owner"), now)
            await self._membership.record(tx, asking, made.id, "organization.created", made.id)
        return made

    async def listing(self, caller: Caller, before: str | None, limit: int) -> list[Organization]:
        """The caller's organizations, newest first."""
        async with self._database.connection() as cx:
            return await store.of_user(cx, caller.user_id, caller.organization_id, before, limit)

    async def get(self, caller: Caller, organization_id: str) -> Organization:
        """Failure `not_found`, also for an organization that the caller does not belong to."""
        async with self._database.connection() as cx:
            return await self._visible(cx, caller, organization_id)

    async def update(self, asking: Asking, organization_id: str, changes: JsonObject) -> Organization:
        """`changes` may hold name, slug and description. Failures `not_found`, `forbidden`, `slug_taken`."""
        async with self._database.transaction() as tx:
            await store.lock(tx, [organization_id])
            before = await self._visible(tx, asking.caller, organization_id)
            insist(rules.edit(Standing(before.role)))
            name, slug = changes.get("name", before.name), changes.get("slug", before.slug)
            description = changes.get("description", before.description)
            if not await store.update(tx, organization_id, name, slug, description, self._clock.now()):
                raise _slug_taken()
            await self._membership.record(
                tx, asking, organization_id, "organization.updated", organization_id, sorted(changes)
            )
            return await self._visible(tx, asking.caller, organization_id)

    async def delete(self, asking: Asking, organization_id: str) -> None:
        """With everything that belongs to it. Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            await store.lock(tx, [organization_id])
            found = await self._visible(tx, asking.caller, organization_id)
            insist(rules.dissolve(Standing(found.role)))
            await self._dissolve(tx, organization_id)
            await self._membership.record(tx, asking, organization_id, "organization.deleted", organization_id)

    async def leaving(self, tx: Connection, user_id: str) -> None:
        """Delete the organizations of which a deleted account is the only member.

        Failure `last_owner` when others would be left without an owner.
        """
        await store.lock(tx, await store.organization_ids(tx, user_id))
        await invitation_store.forget(tx, user_id)
        owned = await store.owned_by(tx, user_id)
        orphaned = sorted(organization for organization, owners, members in owned if owners == 1 and members > 1)
        if orphaned:
            message = "Make somebody else an owner of your organizations first."
            raise errors.conflict("last_owner", message, organizations=orphaned)
        for organization, _, members in owned:
            if members == 1:
                await self._dissolve(tx, organization)

    async def disabling(self, tx: Connection, user_id: str) -> None:
        """Invitations by a disabled account bring nobody in any more."""
        await invitation_store.delete_sent(tx, user_id)
        await link_store.delete_sent(tx, user_id)

    async def belongs(self, tx: Connection, organization_id: str, user_id: str) -> bool:
        """Whether the user is a member; the membership cannot end before `tx` does."""
        return await store.hold_role(tx, organization_id, user_id) is not None

    async def standing(self, tx: Connection, organization_id: str, user_id: str) -> Literal["leader", "member"] | None:
        """Whether the user may act in the organization's name; None for outsiders."""
        role = await store.hold_role(tx, organization_id, user_id)
        if role is None:
            return None
        return "leader" if rules.edit(Standing(role)) is RoleDecision.ALLOWED else "member"

    async def sole(self, tx: Connection, user_id: str) -> str | None:
        """The user's only organization, if there is exactly one."""
        found = await store.organization_ids(tx, user_id)
        return found[0] if len(found) == 1 else None

    async def members(
        self, caller: Caller, organization_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[Member]:
        """Members in the order in which they joined. Failure `not_found`."""
        async with self._database.connection() as cx:
            await self._visible(cx, caller, organization_id)
            return await store.members(cx, organization_id, after, limit)

    async def set_role(self, asking: Asking, organization_id: str, user_id: str, role: rules.Role) -> Member:
        """Failures `not_found`, `forbidden`, `last_owner`."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            target = await self._membership.target(tx, organization_id, user_id)
            to = Standing(role, target.team)
            return await self._membership.change(tx, asking, organization_id, actor, target, to)

    async def set_all(
        self, asking: Asking, organization_id: str, user_id: str, to: Standing, destination: str
    ) -> tuple[Member, Invitation | None]:
        """Set role and team, and move the member when `destination` is another organization.

        A move needs the right to remove here and to add there, and the member's consent: unless they ask themselves or
        the destination created their account, they are invited, and the answer has the present membership with the
        invitation. Failures `not_found`, `forbidden`, `last_owner`, `already_member`, `already_invited`.
        """
        async with self._database.transaction() as tx:
            await store.lock(tx, [organization_id, destination])
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            target = await self._membership.target(tx, organization_id, user_id)
            if destination == organization_id:
                return await self._membership.change(tx, asking, organization_id, actor, target, to), None
            there = await self._membership.acting(tx, asking.caller, destination)
            owners = await store.owners(tx, organization_id)
            itself = actor.user_id == target.user_id
            insist(rules.remove(actor.standing, target.standing, itself=itself, owners=owners))
            insist(rules.add(there.standing, to))
            if await store.member(tx, destination, user_id) is not None:
                raise already_member()
            if itself or await invitation_store.created_here(tx, destination, user_id) is not None:
                await self._membership.remove(tx, asking, organization_id, actor, target)
                return await self._membership.join(tx, asking, destination, user_id, to), None
            return target, await self._membership.invite(tx, asking, destination, user_id, to, organization_id)

    async def remove_member(self, asking: Asking, organization_id: str, user_id: str) -> None:
        """Failures `not_found`, `forbidden`, `last_owner`."""
        async with self._database.transaction() as tx:
            actor = await self._membership.acting(tx, asking.caller, organization_id)
            target = await self._membership.target(tx, organization_id, user_id)
            await self._membership.remove(tx, asking, organization_id, actor, target)

    async def _dissolve(self, tx: Connection, organization_id: str) -> None:
        for told in self._dissolving:
            await told(tx, organization_id)
        await store.delete(tx, organization_id)

    async def _visible(self, cx: Connection, caller: Caller, organization_id: str) -> Organization:
        found = await store.find(cx, organization_id, caller.user_id)
        if found is None or caller.organization_id not in (None, organization_id):
            raise errors.not_found("Organization")
        return found


def _slug_taken() -> errors.Failure:
    return errors.conflict("slug_taken", "Another organization has this slug.")
