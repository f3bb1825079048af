"""What happens to a session, in the past tense. The listener reports with the events of `speech.events`."""

from dataclasses import dataclass

from speech.events import SpeechEvent


@dataclass(frozen=True, slots=True)
class Joined:
    """A client attached itself, for the first time or after a break."""


@dataclass(frozen=True, slots=True)
class LifeShown:
    """A heartbeat, or another sign of a present client."""


@dataclass(frozen=True, slots=True)
class CommitAsked:
    """The client declares its turn over."""


@dataclass(frozen=True, slots=True)
class TextTyped:
    """The same `key` marks the same turn."""

    text: str
    key: str | None = None
    asks: bool = True
    """Whether it is answered now."""


@dataclass(frozen=True, slots=True)
class EndAsked:
    """Somebody wants the session to end."""

    reason: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """The listener reported something about the audio."""

    event: SpeechEvent


@dataclass(frozen=True, slots=True)
class ReplyGrew:
    """The reply has more text."""

    turn_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """The tutor has said `text`; not `complete` when it was cut off there; `silent` when the client speaks it."""

    turn_id: str
    text: str
    complete: bool
    silent: bool = False


@dataclass(frozen=True, slots=True)
class ReplyHeld:
    """The reply is paused; `left_ms` of it were not heard yet."""

    left_ms: int


@dataclass(frozen=True, slots=True)
class SilenceAsked:
    """The client wants the tutor to stop."""


@dataclass(frozen=True, slots=True)
class AnswerAsked:
    """The client wants an answer to what was said since the last one, as soon as its words are known; when nothing was,
    one more to the same."""


@dataclass(frozen=True, slots=True)
class AnsweringSet:
    """Whether spoken turns are answered `by_itself`, without `AnswerAsked`, and whether the learner's words cut a reply
    off (`yields`)."""

    by_itself: bool
    yields: bool


@dataclass(frozen=True, slots=True)
class SoundClaimed:
    """All sound that arrived is to be listened to now, also what waits for more."""


@dataclass(frozen=True, slots=True)
class TurnsDropped:
    """The client wants no answer to these turns; None: to what is being said now."""

    turn_ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Flushed:
    """The listener has reported everything."""


@dataclass(frozen=True, slots=True)
class QuotaRead:
    """The quota was read: the session had used `total_ms` by then, and `remaining_ms` may be billed beyond that."""

    remaining_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class ResumePointStored:
    """It is stored that audio up to frame `seq` is processed and will never be requested again."""

    seq: int


@dataclass(frozen=True, slots=True)
class Settled:
    """The ledger has closed the session."""

    billed_seconds: int
    transcript_id: str | None


@dataclass(frozen=True, slots=True)
class DrainBegan:
    """The node will stop; clients should come back elsewhere."""


@dataclass(frozen=True, slots=True)
class PartDegraded:
    """A part of the server works below its best; `message` says which and how, `part` names it for programs."""

    message: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class ObserversChanged:
    """Somebody watches the session, or no longer does: the `names` of those who do now."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaybackFlushed:
    """Sound of the tutor before `epoch` must not be played any more."""

    epoch: int


@dataclass(frozen=True, slots=True)
class PlaybackResumed:
    """The reply goes on after a flush that was for nothing; `text` was not heard yet."""

    epoch: int
    text: str


@dataclass(frozen=True, slots=True)
class PatienceSet:
    """The client chose how long a silence ends a turn, in milliseconds; None adapts to the learner."""

    ms: int | None


@dataclass(frozen=True, slots=True)
class LifeUnnoted:
    """Redis is away: only this node knows how long the session was in use since the last record."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time has passed."""


Event = (
    Joined
    | LifeShown
    | CommitAsked
    | TextTyped
    | EndAsked
    | Spoke
    | ReplyGrew
    | ReplyEnded
    | ReplyHeld
    | SilenceAsked
    | AnswerAsked
    | AnsweringSet
    | SoundClaimed
    | TurnsDropped
    | Flushed
    | QuotaRead
    | ResumePointStored
    | Settled
    | DrainBegan
    | PartDegraded
    | ObserversChanged
    | PlaybackFlushed
    | PlaybackResumed
    | PatienceSet
    | LifeUnnoted
    | Ticked
)
