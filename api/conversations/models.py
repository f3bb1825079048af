"""Conversations and messages as they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SessionStatus = Literal["none", "active", "idle", "ended"]
Role = Literal["user", "assistant", "system"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `untitled` until it has a title of its own."""

    id: str
    title: str
    untitled: bool
    language: str | None
    messages: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `seq` orders them."""

    id: str
    seq: int
    role: Role
    content: str
    provider: str | None
    model: str | None
    status: Literal["complete", "partial"]
    created_at: datetime


@dataclass(frozen=True)
class Earned:
    """XP for `spans` of activity, [start, end) each; once for each `source_key` of the learner."""

    amount: int
    kind: str
    source_key: str
    reason: str
    at: datetime
    spans: Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class StudySession:
    """`active_seconds` is the union of the intervals with signs of life, in whole seconds."""

    id: str
    conversation_id: str
    started_at: datetime
    last_activity_at: datetime
    ended_at: datetime | None
    xp_awarded: int
    active_seconds: int
