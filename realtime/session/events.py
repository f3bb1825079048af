"""What happens to a session, in the past tense. What the listener says comes as the events of `speech.events`."""

from dataclasses import dataclass

from speech.events import SpeechEvent


@dataclass(frozen=True, slots=True)
class Joined:
    """A client attached itself, for the first time or after a break."""


@dataclass(frozen=True, slots=True)
class LifeShown:
    """A heartbeat, or anything else that only a present client does."""


@dataclass(frozen=True, slots=True)
class CommitAsked:
    """The client says that its turn is over."""


@dataclass(frozen=True, slots=True)
class TextTyped:
    """The same `key` again is the same turn again."""

    text: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class EndAsked:
    reason: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """The listener said something about the audio."""

    event: SpeechEvent


@dataclass(frozen=True, slots=True)
class ReplyGrew:
    """The tutor thought of more to say."""

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
    """The tutor stands still; `left_ms` of the reply were not heard yet."""

    left_ms: int


@dataclass(frozen=True, slots=True)
class SilenceAsked:
    """The client wants the tutor to stop."""


@dataclass(frozen=True, slots=True)
class Flushed:
    """The listener has said all it had to say."""


@dataclass(frozen=True, slots=True)
class QuotaRead:
    """The books were read: `remaining_ms` may be billed beyond the `total_ms` that were then recorded."""

    remaining_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class ResumePointStored:
    """The books know that audio up to frame `seq` is done with: nobody will ever ask for it again."""

    seq: int


@dataclass(frozen=True, slots=True)
class Settled:
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
class LifeUnnoted:
    """Nobody but this node knows how long the session was in use since the books were written."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time went by."""


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
    | Flushed
    | QuotaRead
    | ResumePointStored
    | Settled
    | DrainBegan
    | PartDegraded
    | LifeUnnoted
    | Ticked
)
