"""Assignments, whom they are for, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["open", "started", "completed"]
Whom = Literal["organization", "team", "members"]


@dataclass(frozen=True, slots=True)
class Work:
    """A module, or a text to read aloud with its title."""

    module_id: str | None = None
    title: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """`team` with `members` is the one whose manager named them: those who left it have it no longer. `user_ids` are
    given when it is made only."""

    whom: Whom
    team: str | None = None
    user_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """`members` is how many members are named, None when it is for all of the organization or team."""

    id: str
    organization_id: str
    work: Work
    audience: Audience
    members: int | None
    due_at: datetime
    created_by: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a learner did: when last, since when it is done, and the score, 0 to 100, if there is one."""

    practised_at: datetime | None = None
    completed_at: datetime | None = None
    score: int | None = None

    @property
    def status(self) -> Status:
        """Whether the learner has begun or finished."""
        if self.completed_at is not None:
            return "completed"
        return "open" if self.practised_at is None else "started"
