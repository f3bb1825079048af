"""What a session stores, on its way to PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from speech import assessment


class ResumePoint(Protocol):
    """How far the sound is done with: see `session.commands.ResumePoint`."""

    @property
    def seq(self) -> int: ...
    @property
    def audio_ms(self) -> int: ...
    @property
    def next_turn(self) -> int: ...
    @property
    def done_ms(self) -> int: ...
    @property
    def mark(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A finished turn on its way to the book."""

    turn_id: str
    ordinal: int
    role: str
    text: str
    words: list[assessment.Word] | None
    engine: assessment.Engine | None
    start_ms: int | None
    end_ms: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """How a stored turn was pronounced."""

    turn_id: str
    pronunciation: assessment.Report
    at: datetime


@dataclass(frozen=True, slots=True)
class SoundRow:
    """A piece of the recording; the same one again does no harm."""

    start_sample: int
    samples: int
    flac: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come: its newest event, the sound that it heard in all (who dies right after it bills it
    all the same), the sound that is done with, and its state where it was in use."""

    last_seq: int
    heard_ms: int
    resume_point: ResumePoint
    status: str


@dataclass(frozen=True, slots=True)
class Rows:
    """What a session wants written down at one time: all of it or nothing. `stretches` are of use, each with its first
    and its last moment; an empty one says that the session lived then. `progress` is there with turns and stretches."""

    turns: Sequence[TurnRow] = ()
    scores: Sequence[ScoreRow] = ()
    sound: Sequence[SoundRow] = ()
    stretches: Sequence[tuple[datetime, datetime]] = ()
    progress: Progress | None = None
