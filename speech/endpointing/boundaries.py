"""Decides where one speaker's turns begin and end: probabilities of speech in, boundaries out.

All times are positions in samples; there is no clock, no sound and no I/O. A turn ends after a silence longer than the
speaker's patience, by a commit, or because it is too long.
"""

from dataclasses import dataclass

from speech.audio import pcm
from speech.endpointing.patience import Patience
from speech.endpointing.segmenter import Opened, Paused, Resumed, Segmenter, Silent
from speech.endpointing.vad import FRAME

SETTLED_SILENCE_MS = 1200


@dataclass(frozen=True, slots=True)
class Begun:
    """Turn number `turn` begins at `start`: a little before its first sound, or where the turn before was cut."""

    turn: int
    start: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The last sound of the turn ended at `speech_end`; sound up to `at` belongs to it. `void`: it was a click, with
    too little speech for words. After `answer_ms` of silence the speaker expects an answer; None without one.
    `goes_on`: it was cut in mid-speech, and the next turn begins at once."""

    turn: int
    speech_end: int
    at: int
    void: bool = False
    answer_ms: int | None = None
    goes_on: bool = False


Boundary = Begun | Paused | Resumed | Silent | Ended


class TurnBoundaries:
    """One speaker. After each `frame` ask whether the turn is `over`."""

    def __init__(
        self, patience: Patience | None = None, *, first_turn: int = 1, reading: bool = False, known: int = 0
    ) -> None:
        """A `reading` is one turn, with all its pauses, until all of the text has its scores. Another stream heard the
        first `known` samples: no turn begins in them."""
        self._patience = patience or Patience()
        self._segmenter = Segmenter()
        self._reading = reading
        self._known = known
        self._number = first_turn - 1
        self._silent: Silent | None = None
        self._last_end: int | None = None
        self._tutor = False
        self._all_read = False

    @property
    def position(self) -> int:
        """How far the frames have come."""
        return self._segmenter.position

    @property
    def turn(self) -> int | None:
        """The turn that is being said."""
        return self._number if self._segmenter.open else None

    @property
    def speech_end(self) -> int:
        """The end of the last sound of speech."""
        return self._segmenter.speech_end

    @property
    def long_enough(self) -> bool:
        """Was there enough speech in this turn to be more than a click?"""
        return self._segmenter.long_enough

    def frame(self, probability: float) -> Boundary | None:
        """One more frame and its probability of speech."""
        self._silent = None
        if self.position + FRAME <= self._known:
            self._segmenter.skip(self._known)
            return None
        mark = self._segmenter.push(probability)
        match mark:
            case Opened():
                return self._begin(mark)
            case Resumed(silence_ms) if not (self._tutor or self._reading):
                self._patience.paused(silence_ms)
            case Silent():
                self._silent = mark
        return mark

    def over(self) -> Ended | None:
        """The end of the turn, if the silence so far makes one."""
        silent = self._silent
        if silent is None or self.turn is None:
            return None
        if self._reading:
            enough = self._all_read and silent.silence_ms >= SETTLED_SILENCE_MS
            return self._end(silent.end) if enough else None
        if silent.silence_ms < self._patience.ms:
            return None
        return self._end(silent.end, self._patience.answer_ms)

    def commit(self, at: int) -> Ended | None:
        """End the open turn without waiting for silence: all sound up to `at` belongs to it. What was too short to open
        one opens none later."""
        if self.turn is not None:
            return self._end(at)
        self._segmenter.forget()
        return None

    def cut_at_pause(self, at: int) -> list[Boundary]:
        """The turn is too long, and its speaker has paused since `at`: it ends there."""
        return [self._end(at)] if self.turn is not None else []

    def cut(self, at: int) -> list[Boundary]:
        """The turn is too long, and there is no pause: it ends at `at`, where the next one begins."""
        if self.turn is None:
            return []
        ended = Ended(self._number, min(self.speech_end, at), at, goes_on=True)
        self._number += 1
        return [ended, Begun(self._number, at)]

    def tutor_heard(self, playing: bool) -> None:
        """Silences while the tutor speaks teach nothing about the speaker's patience."""
        self._tutor = playing
        self._last_end = None

    def reference_settled(self) -> None:
        """Every word of the text has its score: from now on a longer silence ends the reading."""
        self._all_read = self.turn is not None

    def _begin(self, mark: Opened) -> Begun:
        if self._last_end is not None and not self._tutor:
            self._patience.resumed(pcm.ms(mark.sound - self._last_end))
        self._number += 1
        self._all_read = False
        return Begun(self._number, mark.start)

    def _end(self, at: int, answer_ms: int | None = None) -> Ended:
        self._last_end = self.speech_end
        self._silent = None
        void = not self.long_enough
        self._segmenter.close()
        return Ended(self._number, self.speech_end, at, void, answer_ms)
