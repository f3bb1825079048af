"""Who may do what in an organization. Decided only here, without any I/O.

- Every member sees the organization and its members.
- Owners may do everything. Admins edit the organization and manage those below them.
- A member who may add a person may invite them, and see and withdraw such invitations.
- Team managers add plain members to their own team, and remove them from it or from the organization.
- No member can raise a role, their own included, above their own.
- Members may leave and may step down. The last owner can do neither.
- Those who teach give work and see how it goes: owners and admins that of every learner, team managers that of their
  own team. Learners are the plain members.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Literal

Role = Literal["owner", "admin", "team_manager", "member"]

ROLES: tuple[Role, ...] = ("member", "team_manager", "admin", "owner")
"""From the least to the most."""
INVITATION_RUNS = timedelta(days=30)


class RoleDecision(Enum):
    """Whether something is allowed, and if not why."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    LAST_OWNER = "last owner"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's role and team in an organization."""

    role: Role
    team: str | None = None


def rank(role: Role) -> int:
    """The higher, the more a role may do."""
    return ROLES.index(role)


def edit(actor: Standing) -> RoleDecision:
    """Change the organization's name, slug or description; issue tokens in its name."""
    return _allowed(rank(actor.role) >= rank("admin"))


def dissolve(actor: Standing) -> RoleDecision:
    """Whether the organization may be deleted."""
    return _allowed(actor.role == "owner")


def add(actor: Standing, new: Standing) -> RoleDecision:
    """Add a new member."""
    if actor.role == "team_manager":
        return _allowed(new.role == "member" and _same_team(actor, new))
    return _allowed(rank(actor.role) >= rank("admin") and rank(new.role) <= rank(actor.role))


def invite(actor: Standing) -> RoleDecision:
    """Ask people to become members at all; whom and as what, `add` says."""
    return _allowed(rank(actor.role) >= rank("admin") or (actor.role == "team_manager" and actor.team is not None))


def only_team(actor: Standing) -> str | None:
    """The only team whose invitations and work the actor may see; None for all teams."""
    return actor.team if actor.role == "team_manager" else None


def teach(actor: Standing) -> RoleDecision:
    """Give work to learners and see what they practise; `only_team` says whose."""
    return invite(actor)


def change(actor: Standing, target: Standing, to: Standing, *, itself: bool, owners: int) -> RoleDecision:
    """Give a member another role or team. `owners` is how many the organization has now."""
    if rank(to.role) > rank(actor.role):
        return RoleDecision.FORBIDDEN
    if itself:
        permitted = to.team == target.team or rank(actor.role) >= rank("admin")
    elif actor.role == "team_manager":
        permitted = _manages(actor, target) and to.role == "member" and to.team in (None, actor.team)
    else:
        permitted = _manages(actor, target)
    if permitted and to.role != "owner" and _last_owner(target, owners):
        return RoleDecision.LAST_OWNER
    return _allowed(permitted)


def remove(actor: Standing, target: Standing, *, itself: bool, owners: int) -> RoleDecision:
    """End a membership; `itself` is leaving."""
    permitted = itself or _manages(actor, target)
    if permitted and _last_owner(target, owners):
        return RoleDecision.LAST_OWNER
    return _allowed(permitted)


def _manages(actor: Standing, target: Standing) -> bool:
    if actor.role == "owner":
        return True
    if actor.role == "admin":
        return rank(target.role) < rank("admin")
    if actor.role == "team_manager":
        return target.role == "member" and _same_team(actor, target)
    return False


def _same_team(one: Standing, other: Standing) -> bool:
    return one.team is not None and one.team == other.team


def _last_owner(target: Standing, owners: int) -> bool:
    return target.role == "owner" and owners == 1


def _allowed(condition: bool) -> RoleDecision:
    return RoleDecision.ALLOWED if condition else RoleDecision.FORBIDDEN
