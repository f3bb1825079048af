"""Notes as they are stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A note, by itself or about a conversation."""

    id: str
    title: str
    content: str
    tags: tuple[str, ...]
    conversation_id: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What a learner writes; the server sets the rest of a note."""

    title: str
    content: str
    tags: tuple[str, ...]
    conversation_id: str | None
