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
    user_id: str
    username: str
    full_name: str | None
    role: Role
    team: str | None
    joined_at: datetime

    @property
    def standing(self) -> Standing:
        return Standing(self.role, self.team)
