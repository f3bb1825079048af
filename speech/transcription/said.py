"""What is known of a speaker's words, as the planner of passes tells it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from speech.transcription import words as text
from speech.transcription.turn import EarlyPass, Turn
from speech.transcription.types import Drop, HeardWord, Hypothesis


@dataclass(frozen=True, slots=True)
class Shown:
    """News of a turn that is said: `words` in seconds of the stream; the first `stable` characters of `text`, which
    joins them, are promised."""

    turn: int
    words: tuple[HeardWord, ...]
    text: str
    stable: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A turn's words for good, in seconds of the stream, and the pass that was the `last`."""

    turn: int
    words: tuple[HeardWord, ...]
    text: str
    speech_end: int
    last: EarlyPass
    answer_ms: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text that a rule took out of a hypothesis."""

    turn: int
    drop: Drop


@dataclass(frozen=True, slots=True)
class TooLong:
    """The turn should go on as another one at `at`: in its pause, or else where its last promised word ends."""

    turn: int
    at: int
    pauses: bool


Said = Shown | Closed | LeftOut | TooLong


class Teller:
    """Says it. A language says how words are joined."""

    def __init__(self, say: Callable[[Said], None], language: str) -> None:
        self._say = say
        self._join = text.joiner(language)

    def joined(self, words: Sequence[HeardWord]) -> str:
        return self._join.join(word.text for word in words)

    def show(self, turn: Turn) -> None:
        """What is heard so far, if that is news; otherwise the turn counts as calm."""
        words = tuple(turn.shown())
        whole, stable = self.joined(words), len(self._join.join(turn.promised_texts()))
        said = f"{stable}:{whole}"
        turn.calm = said == turn.last_said
        if whole and not turn.calm:
            turn.last_said = said
            self._say(Shown(turn.number, words, whole, stable))

    def close(self, turn: Turn, last: EarlyPass) -> None:
        """The turn's text: what was promised, and what the last pass heard after it."""
        self.drops(turn, last.hypothesis)
        words = tuple(turn.closed(last.hypothesis))
        self._say(Closed(turn.number, words, self.joined(words), turn.speech_end, last, turn.answer_ms))

    def drops(self, turn: Turn, hypothesis: Hypothesis) -> None:
        for drop in hypothesis.drops:
            self._say(LeftOut(turn.number, drop))

    def too_long(self, turn: Turn, at: int, *, pauses: bool) -> None:
        self._say(TooLong(turn.number, at, pauses))
