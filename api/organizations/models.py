"""Organizations and their members."""

from dataclasses import dataclass
from datetime import datetime

from api.organizations.rules import Role, Standing


@dataclass(frozen=True, slots=True)
class Organization:
    """`role` is what the asking user is in it, `members` how many there are."""

    id: str
    name: str
    slug: str
    description: str | None
    created_at: datetime
    role: Role
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an organization. `team_since` is None in the team in which they joined."""

    user_id: str
    username: str
    full_name: str | None
    role: Role
    team: str | None
    joined_at: datetime
    team_since: datetime | None = None

    @property
    def standing(self) -> Standing:
        """Role and team."""
        return Standing(self.role, self.team)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a user learns: the organization, and their team in it."""

    organization_id: str
    organization_name: str
    team: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an organization that `invited_by` offers, from `created_at` to `expires_at`."""

    id: str
    organization_id: str
    standing: Standing
    invited_by: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """`addressee` is what the inviter wrote; `user_id` the account that it means, which only that person may learn.
    With `moves_from` accepting it ends that membership. `inviter` is the user name of `invited_by`."""

    id: str
    organization_id: str
    organization_name: str
    organization_slug: str
    addressee: str
    user_id: str | None
    role: Role
    team: str | None
    moves_from: str | None
    invited_by: str
    inviter: str
    created_at: datetime
    expires_at: datetime

    @property
    def standing(self) -> Standing:
        """Role and team that it gives."""
        return Standing(self.role, self.team)


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """`used` is how many became members by it. `inviter` is the user name of `invited_by`."""

    id: str
    organization_id: str
    organization_name: str
    role: Role
    team: str | None
    invited_by: str
    inviter: str
    created_at: datetime
    expires_at: datetime
    used: int

    @property
    def standing(self) -> Standing:
        """Role and team that it gives."""
        return Standing(self.role, self.team)
