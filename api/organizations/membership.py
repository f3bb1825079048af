"""Changes of memberships, in the caller's transaction, each with an entry in the audit trail. The organization is
locked first, so that two at once cannot lose its last owner."""

from dataclasses import dataclass

from api.organizations import invitation_store, link_store, rules, store
from api.organizations.models import Invitation, Member, Place
from api.organizations.rules import RoleDecision, Standing
from kit import audit, errors, ids
from kit.audit import Action, Actor
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection

MOST_INVITATIONS = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """The caller and the request."""

    caller: Caller
    actor: Actor

    @property
    def user_id(self) -> str:
        """Who asks."""
        return self.caller.user_id


class Membership:
    """Changes of who belongs to an organization."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def acting(self, tx: Connection, caller: Caller, organization_id: str) -> Member:
        """The caller as a member of the organization, which is locked. Failure `not_found`."""
        await store.lock(tx, [organization_id])
        found = await store.member(tx, organization_id, caller.user_id)
        if found is None or caller.organization_id not in (None, organization_id):
            raise errors.not_found("Organization")
        return found

    async def target(self, tx: Connection, organization_id: str, user_id: str) -> Member:
        """Failure `not_found`."""
        found = await store.member(tx, organization_id, user_id)
        if found is None:
            raise errors.not_found("Member")
        return found

    async def join(self, tx: Connection, asking: Asking, organization_id: str, user_id: str, to: Standing) -> Member:
        """Failure `already_member`."""
        if not await store.add_member(tx, organization_id, user_id, to, self._clock.now()):
            raise already_member()
        await self.record(tx, asking, organization_id, "member.added", user_id, to.role)
        return await self.target(tx, organization_id, user_id)

    async def invite(
        self,
        tx: Connection,
        asking: Asking,
        organization_id: str,
        addressee: str,
        to: Standing,
        moves_from: str | None = None,
    ) -> Invitation:
        """Invite `addressee`, who may not exist: the inviter cannot tell. Failures `already_invited`,
        `too_many_invitations`."""
        now, invitation_id = self._clock.now(), ids.new_id()
        if await invitation_store.running(tx, organization_id, now) >= MOST_INVITATIONS:
            raise errors.conflict("too_many_invitations", f"At most {MOST_INVITATIONS} invitations may be open.")
        place = Place(invitation_id, organization_id, to, asking.user_id, now, now + rules.INVITATION_RUNS)
        invited = await store.user_named(tx, addressee)
        added = await invitation_store.add(
            tx, place, addressee=addressee.lower(), user_id=invited, moves_from=moves_from
        )
        made = await invitation_store.find(tx, invitation_id, now) if added else None
        if made is None:
            raise errors.conflict("already_invited", "There is an open invitation: withdraw it to send another one.")
        await self.record(tx, asking, organization_id, "invitation.sent", invitation_id, to.role)
        return made

    async def change(
        self, tx: Connection, asking: Asking, organization_id: str, actor: Member, target: Member, to: Standing
    ) -> Member:
        """Failures `forbidden`, `last_owner`. Invitations and links that the target may no longer send are
        void."""
        itself = actor.user_id == target.user_id
        owners = await store.owners(tx, organization_id)
        insist(rules.change(actor.standing, target.standing, to, itself=itself, owners=owners))
        await store.set_standing(tx, organization_id, target.user_id, to, self._clock.now())
        sent = await invitation_store.by_inviter(tx, organization_id, target.user_id)
        void = [each for each, offered in sent if rules.add(to, offered) is not RoleDecision.ALLOWED]
        await invitation_store.delete(tx, void)
        links = await link_store.by_inviter(tx, organization_id, target.user_id)
        void = [each for each, offered in links if rules.add(to, offered) is not RoleDecision.ALLOWED]
        await link_store.delete(tx, void)
        await self.record(tx, asking, organization_id, "member.changed", target.user_id, to.role)
        return await self.target(tx, organization_id, target.user_id)

    async def remove(self, tx: Connection, asking: Asking, organization_id: str, actor: Member, target: Member) -> None:
        """Failures `forbidden`, `last_owner`."""
        itself = actor.user_id == target.user_id
        owners = await store.owners(tx, organization_id)
        insist(rules.remove(actor.standing, target.standing, itself=itself, owners=owners))
        await invitation_store.void(tx, organization_id, target.user_id)
        await store.remove_member(tx, organization_id, target.user_id)
        await self.record(tx, asking, organization_id, "member.removed", target.user_id)

    async def record(
        self, tx: Connection, asking: Asking, organization_id: str, action: str, target: str, detail: object = None
    ) -> None:
        """Write a change to the audit trail."""
        kind = {"member": "user", "invitation": "invitation"}.get(action.split(".")[0], "organization")
        details = {} if detail is None else {"to": detail}
        await audit.record(tx, self._clock.now(), asking.actor, Action(action, kind, target, organization_id, details))


def insist(verdict: RoleDecision) -> None:
    """Failure `last_owner` or `forbidden` unless it is allowed."""
    if verdict is RoleDecision.LAST_OWNER:
        raise errors.conflict("last_owner", "An organization needs an owner: make somebody else one first.")
    if verdict is RoleDecision.FORBIDDEN:
        raise errors.forbidden("Your role in this organization does not allow this.")


def already_member() -> errors.Failure:
    """The failure for somebody who is a member."""
    return errors.conflict("already_member", "This user is a member of the organization already.")
