"""The output of the pass planner: what is known of a speaker's words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from speech.transcription import words as text
from speech.transcription.turn import EarlyPass, Turn
from speech.transcription.types import Drop, HeardWord, Hypothesis


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of an open turn, in seconds of the stream. `text` joins them; its first `stable` characters are
    promised."""

    turn: int
    words: tuple[HeardWord, ...]
    text: str
    stable: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The final words of a turn, in seconds of the stream, and its `last` pass."""

    turn: int
    words: tuple[HeardWord, ...]
    text: str
    speech_end: int
    last: EarlyPass
    answer_ms: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text that a rule removed from a hypothesis."""

    turn: int
    drop: Drop


@dataclass(frozen=True, slots=True)
class TooLong:
    """The turn should be cut at `at`: in its pause, or else where its last promised word ends."""

    turn: int
    at: int
    pauses: bool


Output = Shown | Closed | LeftOut | TooLong


class Outputs:
    """Makes the outputs of one speaker. The language decides how words are joined."""

    def __init__(self, say: Callable[[Output], None], language: str) -> None:
        self._say = say
        self._join = text.joiner(language)

    def joined(self, words: Sequence[HeardWord]) -> str:
        """Words as text."""
        return self._join.join(word.text for word in words)

    def show(self, turn: Turn) -> None:
        """What is known so far, if that has changed; otherwise the turn counts as calm."""
        words = tuple(turn.shown())
        whole, stable = self.joined(words), len(self._join.join(turn.promised_texts()))
        said = f"{stable}:{whole}"
        turn.calm = said == turn.last_said
        if whole and not turn.calm:
            turn.last_said = said
            self._say(Shown(turn.number, words, whole, stable))

    def close(self, turn: Turn, last: EarlyPass) -> None:
        """The text is what was promised, and what the last pass heard after it."""
        self.drops(turn, last.hypothesis)
        words = tuple(turn.closed(last.hypothesis))
        self._say(Closed(turn.number, words, self.joined(words), turn.speech_end, last, turn.answer_ms))

    def drops(self, turn: Turn, hypothesis: Hypothesis) -> None:
        """Report what was dropped of a hypothesis."""
        for drop in hypothesis.drops:
            self._say(LeftOut(turn.number, drop))

    def too_long(self, turn: Turn, at: int, *, pauses: bool) -> None:
        """Report a turn that was cut because it was too long."""
        self._say(TooLong(turn.number, at, pauses))
