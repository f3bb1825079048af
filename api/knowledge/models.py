"""Documents, passages, and who asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Visibility = Literal["private", "organization"]
Status = Literal["processing", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader: a person, the organization that their API key acts in, and the conversation they are in."""

    user_id: str
    organization_id: str | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents are searched."""

    document_ids: Sequence[str] | None = None
    visibility: Visibility | None = None
    media_type: str | None = None
    only_conversation: bool = False
    """Only the documents of the reader's conversation, not the library."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is stored, without its bytes."""

    id: str
    owner_id: str
    visibility: Visibility
    organization_id: str | None
    conversation_id: str | None
    title: str
    filename: str
    media_type: str
    size_bytes: int
    status: Status
    error: str | None
    chunks: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that retrieval found; `score` between 0 and 1."""

    chunk_id: str
    document_id: str
    title: str
    heading: str
    page: int | None
    text: str
    score: float
