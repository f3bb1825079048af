"""The events of a listener.

Times are milliseconds on the session's audio clock. A turn is what a person says between two silences; its number grows
by one from turn to turn. Receivers must key by `turn`: the final of a turn may come after the next turn has started.
"""

from dataclasses import dataclass, field

from speech import assessment


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word. `id` is "<turn>.<n>", the same in every partial and in the final."""

    id: str
    text: str
    start_ms: int
    end_ms: int
    confidence: float


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """A turn began, at ms of the audio."""

    turn: int
    start_ms: int


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """The voice of a turn ended, at ms of the audio."""

    turn: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Partial:
    """The text so far. The first `stable_prefix_length` characters of `text` never change again."""

    turn: int
    text: str
    stable_prefix_length: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Final:
    """The turn's text. `engine` is {"name", "model", "version"}, `latency_ms` {"total", "queue", "engine", "policy"},
    counted from the last sound of speech to this event. `failed`: no engine could recognize the whole turn, so text is
    missing. `wait_ms`: how much longer the speaker may pause and go on, so the tutor should wait; None where the turn
    did not end by silence."""

    turn: int
    text: str
    words: tuple[Word, ...]
    engine: assessment.Engine
    latency_ms: dict[str, int]
    failed: bool = False
    wait_ms: int | None = None


@dataclass(frozen=True, slots=True)
class WordScored:
    """A word's pronunciation. `word_id` is a `Word.id` in free speech and "r<index>" beside a reference text."""

    turn: int
    word_id: str
    index: int
    word: str
    score: float | None
    error: assessment.Miscue
    phonemes: list[assessment.Phone] = field(default_factory=list)
    provisional: bool = True


@dataclass(frozen=True, slots=True)
class Scored:
    """The whole turn's pronunciation report, after its final."""

    turn: int
    pronunciation: assessment.Report


@dataclass(frozen=True, slots=True)
class Degraded:
    """Recognition got worse, or better again: `reason` is a rung of the ladder (see docs/transcription.md)."""

    reason: str
    engine: str


@dataclass(frozen=True, slots=True)
class Waits:
    """The configured recognizer is not ready: sound is kept for it. `what` is "fetching" or "loading", None when the
    wait is over; `seconds` are left, None when unknown. `message` is for people."""

    what: str | None
    seconds: int | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that an engine produced and a rule took away, so that a person can see what was not shown and why."""

    turn: int
    text: str
    rule: str


SpeechEvent = SpeechStarted | SpeechStopped | Partial | Final | WordScored | Scored | Degraded | Waits | Dropped
