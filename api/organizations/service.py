"""Organizations and their members. Every change locks the organization: two at once cannot lose its last owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.organizations import rules, store
from api.organizations.models import Member, Organization
from api.organizations.ports import Dissolving
from api.organizations.rules import Standing, Verdict
from kit import audit, errors, ids
from kit.audit import Actor, Deed
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks and through which request."""

    caller: Caller
    actor: Actor

    @property
    def user_id(self) -> str:
        return self.caller.user_id


class Organizations:
    """`dissolving` is told, in the transaction, of each organization that is deleted."""

    def __init__(self, database: Database, clock: Clock, dissolving: Sequence[Dissolving] = ()) -> None:
        self._database = database
        self._clock = clock
        self._dissolving = dissolving

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
            await self._record(tx, asking, made.id, "organization.created", made.id)
        return made

    async def listing(self, caller: Caller, before: str | None, limit: int) -> list[Organization]:
        async with self._database.connection() as cx:
            return await store.of_user(cx, caller.user_id, caller.organization_id, before, limit)

    async def get(self, caller: Caller, organization_id: str) -> Organization:
        """Failure `not_found`, also for an organization that the caller does not belong to."""
        async with self._database.connection() as cx:
            return await self._visible(cx, caller, organization_id)

    async def update(self, asking: Asking, organization_id: str, changes: dict[str, Any]) -> Organization:
        """`changes` may hold name, slug and description. Failures `not_found`, `forbidden`, `slug_taken`."""
        async with self._database.transaction() as tx:
            await store.lock(tx, [organization_id])
            before = await self._visible(tx, asking.caller, organization_id)
            _insist(rules.edit(Standing(before.role)))
            name, slug = changes.get("name", before.name), changes.get("slug", before.slug)
            description = changes.get("description", before.description)
            if not await store.update(tx, organization_id, name, slug, description, self._clock.now()):
                raise _slug_taken()
            await self._record(tx, asking, organization_id, "organization.updated", organization_id, sorted(changes))
            return await self._visible(tx, asking.caller, organization_id)

    async def delete(self, asking: Asking, organization_id: str) -> None:
        """With everything that hangs on it. Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            await store.lock(tx, [organization_id])
            found = await self._visible(tx, asking.caller, organization_id)
            _insist(rules.dissolve(Standing(found.role)))
            await self._dissolve(tx, organization_id)
            await self._record(tx, asking, organization_id, "organization.deleted", organization_id)

    async def leaving(self, tx: Connection, user_id: str) -> None:
        """An account goes: organizations of which it is the only member go too.

        Failure `last_owner` when others would be left without an owner.
        """
        await store.lock(tx, await store.organization_ids(tx, user_id))
        owned = await store.owned_by(tx, user_id)
        orphaned = sorted(organization for organization, owners, members in owned if owners == 1 and members > 1)
        if orphaned:
            message = "Make somebody else an owner of your organizations first."
            raise errors.conflict("last_owner", message, organizations=orphaned)
        for organization, _, members in owned:
            if members == 1:
                await self._dissolve(tx, organization)

    async def belongs(self, tx: Connection, organization_id: str, user_id: str) -> bool:
        """Whether the user is a member; the membership cannot end before `tx` does."""
        return await store.hold_role(tx, organization_id, user_id) is not None

    async def standing(self, tx: Connection, organization_id: str, user_id: str) -> Literal["leader", "member"] | None:
        """Whether the user may act in the organization's name; None for outsiders."""
        role = await store.hold_role(tx, organization_id, user_id)
        if role is None:
            return None
        return "leader" if rules.edit(Standing(role)) is Verdict.ALLOWED else "member"

    async def sole(self, tx: Connection, user_id: str) -> str | None:
        """The user's only organization, if there is exactly one."""
        found = await store.organization_ids(tx, user_id)
        return found[0] if len(found) == 1 else None

    async def members(self, caller: Caller, organization_id: str, after: Any, limit: int) -> list[Member]:
        async with self._database.connection() as cx:
            await self._visible(cx, caller, organization_id)
            return await store.members(cx, organization_id, after, limit)

    async def add_member(self, asking: Asking, organization_id: str, user: str, new: Standing) -> Member:
        """`user` is an id, an e-mail address or a user name. Failures `not_found`, `forbidden`, `already_member`."""
        async with self._database.transaction() as tx:
            actor = await self._acting(tx, asking.caller, organization_id)
            _insist(rules.add(actor.standing, new))
            user_id = await store.user_named(tx, user)
            if user_id is None:
                raise errors.not_found("User")
            await self._join(tx, organization_id, user_id, new)
            await self._record(tx, asking, organization_id, "member.added", user_id, new.role)
            return await self._target(tx, organization_id, user_id)

    async def set_role(self, asking: Asking, organization_id: str, user_id: str, role: rules.Role) -> Member:
        """Failures `not_found`, `forbidden`, `last_owner`."""
        async with self._database.transaction() as tx:
            actor = await self._acting(tx, asking.caller, organization_id)
            target = await self._target(tx, organization_id, user_id)
            return await self._change(tx, asking, organization_id, actor, target, Standing(role, target.team))

    async def set_all(
        self, asking: Asking, organization_id: str, user_id: str, to: Standing, destination: str
    ) -> Member:
        """Set role and team, and move the member when `destination` is another organization.

        A move needs the right to remove there and to add here. Failures `not_found`, `forbidden`, `last_owner`,
        `already_member`.
        """
        async with self._database.transaction() as tx:
            await store.lock(tx, [organization_id, destination])
            actor = await self._acting(tx, asking.caller, organization_id)
            target = await self._target(tx, organization_id, user_id)
            if destination == organization_id:
                return await self._change(tx, asking, organization_id, actor, target, to)
            there = await self._acting(tx, asking.caller, destination)
            await self._remove(tx, asking, organization_id, actor, target)
            _insist(rules.add(there.standing, to))
            await self._join(tx, destination, user_id, to)
            await self._record(tx, asking, destination, "member.added", user_id, to.role)
            return await self._target(tx, destination, user_id)

    async def remove_member(self, asking: Asking, organization_id: str, user_id: str) -> None:
        """Failures `not_found`, `forbidden`, `last_owner`."""
        async with self._database.transaction() as tx:
            actor = await self._acting(tx, asking.caller, organization_id)
            target = await self._target(tx, organization_id, user_id)
            await self._remove(tx, asking, organization_id, actor, target)

    async def _dissolve(self, tx: Connection, organization_id: str) -> None:
        for told in self._dissolving:
            await told(tx, organization_id)
        await store.delete(tx, organization_id)

    async def _change(
        self, tx: Connection, asking: Asking, organization_id: str, actor: Member, target: Member, to: Standing
    ) -> Member:
        itself = actor.user_id == target.user_id
        owners = await store.owners(tx, organization_id)
        _insist(rules.change(actor.standing, target.standing, to, itself=itself, owners=owners))
        await store.set_standing(tx, organization_id, target.user_id, to)
        await self._record(tx, asking, organization_id, "member.changed", target.user_id, to.role)
        return await self._target(tx, organization_id, target.user_id)

    async def _remove(
        self, tx: Connection, asking: Asking, organization_id: str, actor: Member, target: Member
    ) -> None:
        itself = actor.user_id == target.user_id
        owners = await store.owners(tx, organization_id)
        _insist(rules.remove(actor.standing, target.standing, itself=itself, owners=owners))
        await store.remove_member(tx, organization_id, target.user_id)
        await self._record(tx, asking, organization_id, "member.removed", target.user_id)

    async def _join(self, tx: Connection, organization_id: str, user_id: str, standing: Standing) -> None:
        if not await store.add_member(tx, organization_id, user_id, standing, self._clock.now()):
            raise errors.conflict("already_member", "This user is a member of the organization already.")

    async def _visible(self, cx: Connection, caller: Caller, organization_id: str) -> Organization:
        found = await store.find(cx, organization_id, caller.user_id)
        if found is None or caller.organization_id not in (None, organization_id):
            raise errors.not_found("Organization")
        return found

    async def _acting(self, tx: Connection, caller: Caller, organization_id: str) -> Member:
        """The caller as a member of the organization, which is locked."""
        await store.lock(tx, [organization_id])
        found = await store.member(tx, organization_id, caller.user_id)
        if found is None or caller.organization_id not in (None, organization_id):
            raise errors.not_found("Organization")
        return found

    async def _target(self, tx: Connection, organization_id: str, user_id: str) -> Member:
        found = await store.member(tx, organization_id, user_id)
        if found is None:
            raise errors.not_found("Member")
        return found

    async def _record(
        self, tx: Connection, asking: Asking, organization_id: str, action: str, target: str, detail: Any = None
    ) -> None:
        kind = "user" if action.startswith("member.") else "organization"
        details = {} if detail is None else {"to": detail}
        await audit.record(tx, self._clock.now(), asking.actor, Deed(action, kind, target, organization_id, details))


def _insist(verdict: Verdict) -> None:
    if verdict is Verdict.LAST_OWNER:
        raise errors.conflict("last_owner", "An organization needs an owner: make somebody else one first.")
    if verdict is Verdict.FORBIDDEN:
        raise errors.forbidden("Your role in this organization does not allow this.")


def _slug_taken() -> errors.Failure:
    return errors.conflict("slug_taken", "Another organization has this slug.")
