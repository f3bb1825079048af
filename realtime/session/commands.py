"""What a session wants done, as verbs. The runner carries them out in this order."""

from dataclasses import dataclass

from pydantic import BaseModel

from speech import assessment


@dataclass(frozen=True, slots=True)
class Emit:
    """Send a server event; it gets its number when it enters the log."""

    name: str
    payload: BaseModel


@dataclass(frozen=True, slots=True)
class AckAudio:
    """Tell the client how far its audio has come. Not logged."""

    seq: int
    safe_seq: int


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """A finished turn. `ordinal` is its place in the transcript; times are milliseconds of the audio clock."""

    turn_id: str
    ordinal: int
    role: str
    text: str
    words: list[assessment.Word]
    engine: assessment.Engine | None
    start_ms: int | None
    end_ms: int | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Audio that will not be requested again: frames up to `seq`, which end at `audio_ms`; the next one has the
    checksum `mark`. Sound before `done_ms` is processed, and the next spoken turn is `next_turn`."""

    seq: int
    audio_ms: int
    next_turn: int
    done_ms: int
    mark: int | None


@dataclass(frozen=True, slots=True)
class StoreTurn:
    """Then report `ResumePointStored`."""

    turn: FinishedTurn
    resume_point: ResumePoint


@dataclass(frozen=True, slots=True)
class StoreScore:
    """The score of a turn came after the turn was stored."""

    turn_id: str
    pronunciation: assessment.Report
    at_ms: int


@dataclass(frozen=True, slots=True)
class Cover:
    """Store that the session was used from `start_ms` to `end_ms` and that it received `heard_ms` of sound in all. Then
    report `QuotaRead` and, for its resume point, `ResumePointStored`."""

    start_ms: int
    end_ms: int
    heard_ms: int
    resume_point: ResumePoint


@dataclass(frozen=True, slots=True)
class StartReply:
    """Let the tutor answer the conversation so far, after `wait_ms` in which the learner may go on; then report
    `ReplyGrew` and `ReplyEnded`."""

    turn_id: str
    wait_ms: int = 0


@dataclass(frozen=True, slots=True)
class InterruptReply:
    """Stop the tutor's reply."""


@dataclass(frozen=True, slots=True)
class HoldReply:
    """Pause the reply until it is known what the learner says; then report `ReplyHeld`."""


@dataclass(frozen=True, slots=True)
class ResumeReply:
    """It was not speech: the tutor continues from where it was heard last."""


@dataclass(frozen=True, slots=True)
class AllNew:
    """The sound that comes is new: the `missing_ms` of known sound before it are not sent again."""

    missing_ms: float


@dataclass(frozen=True, slots=True)
class SetPatience:
    """Silence of `ms` ends a turn, here and wherever the session goes on; None adapts to the learner."""

    ms: int | None


@dataclass(frozen=True, slots=True)
class ReleaseSound:
    """Let the listener hear what is held back."""


@dataclass(frozen=True, slots=True)
class CommitListener:
    """Finalise what is being said."""


@dataclass(frozen=True, slots=True)
class FinishListener:
    """Flush the listener, then report `Flushed`."""


@dataclass(frozen=True, slots=True)
class CloseListener:
    """Drop the listener."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Settle the session, then report `Settled`."""

    reason: str
    ended_ms: int


Command = (
    Emit
    | AckAudio
    | StoreTurn
    | StoreScore
    | Cover
    | StartReply
    | InterruptReply
    | HoldReply
    | ResumeReply
    | AllNew
    | SetPatience
    | ReleaseSound
    | CommitListener
    | FinishListener
    | CloseListener
    | Settle
)
