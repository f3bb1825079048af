"""A turn that follows soon hears the end of the one before: a few words alone are easily misheard."""

from collections.abc import Sequence
from itertools import dropwhile

from speech.audio import pcm
from speech.transcription.policy import Policy
from speech.transcription.turn import GRID, Context, Turn, ending
from speech.transcription.types import HeardWord, Hypothesis

_OPENING = pcm.samples(500)  # when a turn opens, its pre-roll and its first frames have passed


class Leaning:
    """What of the turn before is heard again, so that the recognizer knows what came before."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._context: Context | None = None

    @property
    def _gap(self) -> int:
        return pcm.samples(self._policy.context_gap_ms)

    def remember(self, over: Turn, last: Hypothesis) -> None:
        """A turn that ended with the hypothesis `last`."""
        self._context = over.context(last, self._policy.context_s)

    def recall(self, words: Sequence[HeardWord], end: int) -> None:
        """The last turn that another listener heard: its words in seconds of this stream, its end in samples. What lies
        before the stream is not known here."""
        self._context = ending(list(dropwhile(lambda word: word.start < 0, words)), 0, end, self._policy.context_s)

    def needed_from(self, position: int) -> int | None:
        """The first sample that the next turn may ask for, seen from `position`. It begins on its own grid, up to a row
        earlier."""
        context = self._context
        near = context is not None and position - context.end <= self._gap + _OPENING
        return context.start - GRID if context is not None and near else None

    def lean(self, turn: Turn) -> None:
        """Nothing was heard of `turn` yet."""
        if self._context is not None and turn.start - self._context.end <= self._gap:
            turn.lean(self._context)
