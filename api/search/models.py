"""Kinds, entries and hits of search."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["conversation", "message", "note"]
Scope = Literal["all", "conversations", "messages", "notes"]

KINDS: tuple[Kind, ...] = ("conversation", "message", "note")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `words` are folded; the last one may be the beginning of a word."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Found by an engine; `score` above 0, comparable within one answer."""

    kind: Kind
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """`meant` are words of the index that the query's words were taken for, for marking in snippets."""

    items: list[Hit]
    meant: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Text:
    """A found row as it is in the database now."""

    kind: Kind
    id: str
    conversation_id: str | None
    role: str | None
    title: str
    body: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How an engine is, and how far behind."""

    engine: str
    healthy: bool
    documents: int
    pending: int
    last_indexed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A text on its way to an outside engine."""

    kind: Kind
    id: str
    owner_id: str
    title: str
    body: str
    at: datetime
