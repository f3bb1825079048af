"""Records of the live slice, as stored in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from api.live import quota
from kit.database import Record
from speech import assessment


@dataclass(frozen=True, slots=True)
class Rules:
    """What the configuration sets: seconds a month by plan, the longest session, and when silence ends one."""

    plans: dict[str, int] = field(default_factory=lambda: dict(quota.PLANS))
    longest_s: int = 3600
    silence: timedelta = timedelta(seconds=15)
    grace: timedelta = timedelta(seconds=120)
    heartbeat_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Order:
    """The options of a new session."""

    kind: str
    language: str = "en"
    conversation_id: str | None = None
    scenario: str | None = None
    reference_text: str | None = None
    patience_ms: int | None = None
    record: bool = False


@dataclass(frozen=True, slots=True)
class Reservation:
    """The seconds that a session takes from the month, and when it ends at the latest."""

    seconds: int
    limit_at: datetime


@dataclass(frozen=True)
class Earned:
    """XP for `spans` of talking, [start, end) each; once for each `source_key` of the learner."""

    amount: int
    kind: str
    source_key: str
    reason: str
    at: datetime
    spans: Sequence[quota.Span]


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A live session as it is stored."""

    id: str
    user_id: str
    kind: str
    status: str
    scenario: str | None
    language: str
    reference_text: str | None
    patience_ms: int | None
    record: bool
    reserved_seconds: int
    started_at: datetime
    limit_at: datetime
    last_sign_at: datetime | None
    seen_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    billed_seconds: int | None
    xp_awarded: int | None
    owner: str | None
    fence: int
    last_seq: int
    audio_seq: int
    audio_ms: int
    next_turn: int
    done_ms: int
    frame_mark: int | None
    heard_ms: int

    @classmethod
    def from_row(cls, row: Record) -> "LiveSession":
        """The session of a row."""
        return cls(**{name: row[name] for name in cls.__slots__})


class ResumePoint(Protocol):
    """How far the sound is processed, as the owner reports it: frames up to `seq`, which end at `audio_ms`, will not be
    requested again; the next one has the checksum `mark`; everything before `done_ms` is recognized."""

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


class TranscriptTurn(Protocol):
    """A finished turn as the owner reports it."""

    @property
    def turn_id(self) -> str: ...
    @property
    def ordinal(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def words(self) -> list[assessment.Word] | None: ...
    @property
    def engine(self) -> assessment.Engine | None: ...
    @property
    def start_ms(self) -> int | None: ...
    @property
    def end_ms(self) -> int | None: ...
    @property
    def at(self) -> datetime: ...


class TurnScore(Protocol):
    """How a turn was pronounced, as it is handed in."""

    @property
    def turn_id(self) -> str: ...
    @property
    def pronunciation(self) -> assessment.Report: ...
    @property
    def at(self) -> datetime: ...


class Sound(Protocol):
    """A piece of a recording as it is handed in."""

    @property
    def start_sample(self) -> int: ...
    @property
    def samples(self) -> int: ...
    @property
    def flac(self) -> bytes: ...


class Progress(Protocol):
    """How far a session has come. `status` is its state where it was in use."""

    @property
    def last_seq(self) -> int: ...
    @property
    def heard_ms(self) -> int: ...
    @property
    def resume_point(self) -> ResumePoint: ...
    @property
    def status(self) -> str: ...


class Rows(Protocol):
    """What the node that runs a session wants written at one time. `progress` is there with turns and stretches."""

    @property
    def turns(self) -> Sequence[TranscriptTurn]: ...
    @property
    def scores(self) -> Sequence[TurnScore]: ...
    @property
    def sound(self) -> Sequence[Sound]: ...
    @property
    def stretches(self) -> Sequence[quota.Span]: ...
    @property
    def progress(self) -> Progress | None: ...


@dataclass(frozen=True, slots=True)
class Scored:
    """A pronunciation report on its way to the phoneme analytics, which count it once for each source key."""

    at: datetime
    pronunciation: assessment.Report
    source_key: str


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn of a transcript as it is stored."""

    turn_id: str
    ordinal: int
    role: str
    text: str
    words: list[assessment.Word] | None
    engine: assessment.Engine | None
    pronunciation: assessment.Report | None
    start_ms: int | None
    end_ms: int | None
    at: datetime

    @classmethod
    def from_row(cls, row: Record) -> "StoredTurn":
        """The turn of a row."""
        return cls(**{name: row[name] for name in cls.__slots__})

    @classmethod
    def of(cls, turn: TranscriptTurn) -> "StoredTurn":
        """A turn that was just finished."""
        return cls(
            turn.turn_id,
            turn.ordinal,
            turn.role,
            turn.text,
            turn.words,
            turn.engine,
            None,
            turn.start_ms,
            turn.end_ms,
            turn.at,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A session as its new owner finds it. `recorded` is the time in use, `remaining` may still be billed beyond that
    and the sound that was heard."""

    session: LiveSession
    turns: list[StoredTurn]
    recorded: timedelta
    remaining: timedelta


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a session cost, and what came of it."""

    session: LiveSession
    billed_seconds: int
    transcript_id: str | None
    xp_awarded: int


@dataclass(frozen=True, slots=True)
class Recording:
    """`recorded_at` is when its newest piece was kept."""

    session_id: str
    started_at: datetime
    samples: int
    recorded_at: datetime

    @property
    def duration_ms(self) -> int:
        """Length of the sound."""
        return self.samples // 16

    @classmethod
    def from_row(cls, row: Record) -> "Recording":
        """The recording of a row."""
        return cls(**{name: row[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript without its turns."""

    id: str
    session_id: str | None
    started_at: datetime
    ended_at: datetime | None
    turns: int
    preview: str

    @classmethod
    def from_row(cls, row: Record) -> "Transcript":
        """The transcript of a row."""
        return cls(**{name: row[name] for name in cls.__slots__})
