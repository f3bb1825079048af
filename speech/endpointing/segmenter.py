"""Where turns begin, pause and end: probabilities of speech in, marks out. No clock, no sound, no I/O."""

from dataclasses import dataclass

from speech.audio import pcm
from speech.endpointing import vad


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`high` opens and re-opens speech, `low` keeps it open; times in milliseconds.

    A stream that begins in the middle of speech finds the network cold: in its first `cold_ms` a turn begins where the
    probability first reached `hint`.
    """

    high: float = 0.5
    low: float = 0.35
    open_ms: int = 64
    preroll_ms: int = 300
    pause_ms: int = 200
    least_speech_ms: int = 200
    hint: float = 0.1
    cold_ms: int = 1000


@dataclass(frozen=True, slots=True)
class Opened:
    """`start` lies the pre-roll before the first sound."""

    start: int
    sound: int


@dataclass(frozen=True, slots=True)
class Paused:
    end: int


@dataclass(frozen=True, slots=True)
class Resumed:
    silence_ms: int


@dataclass(frozen=True, slots=True)
class Silent:
    """Silence has lasted `silence_ms` since the last sound at `end`; reported for each frame, so that patience can be
    compared."""

    end: int
    silence_ms: int


Mark = Opened | Paused | Resumed | Silent


class Segmenter:
    """Frames of 32 ms, counted from `start`. The caller decides when a turn is over: `close()`."""

    def __init__(self, thresholds: Thresholds | None = None, start: int = 0) -> None:
        self.thresholds = thresholds or Thresholds()
        self.position = start
        self._run = 0
        self._open = False
        self._paused = False
        self.speech_end = start
        self.spoken = 0
        self._floor = start
        self._cold_until = start + pcm.samples(self.thresholds.cold_ms)
        self._hint: int | None = None

    @property
    def open(self) -> bool:
        return self._open

    @property
    def long_enough(self) -> bool:
        """Was there enough speech in this turn to be more than a click?"""
        return self.spoken >= pcm.samples(self.thresholds.least_speech_ms)

    def push(self, probability: float) -> Mark | None:
        self.position += vad.FRAME
        return self._inside(probability) if self._open else self._outside(probability)

    def skip(self, floor: int) -> None:
        """A frame of sound that was processed before: no turn begins in it, or before `floor`."""
        self.position += vad.FRAME
        self.speech_end, self._floor = self.position, floor
        self._cold_until = 0

    def forget(self) -> None:
        """No turn is open, and none may begin before this point."""
        self._run = 0
        self._hint = None
        self._floor = self.position

    def close(self) -> None:
        """The turn is over; the next one may not begin before this point."""
        self._open = self._paused = False
        self._run = 0
        self._floor = self.speech_end

    def _outside(self, probability: float) -> Mark | None:
        if self._hint is None and self.position <= self._cold_until and probability >= self.thresholds.hint:
            self._hint = self.position - vad.FRAME
        self._run = self._run + vad.FRAME if probability >= self.thresholds.high else 0
        if self._run < pcm.samples(self.thresholds.open_ms):
            return None
        self._open, self._paused = True, False
        self.speech_end, self.spoken = self.position, self._run
        sound = self.position - self._run
        first = self._hint if self._hint is not None and self.position <= self._cold_until else sound
        return Opened(max(self._floor, first - pcm.samples(self.thresholds.preroll_ms)), sound)

    def _inside(self, probability: float) -> Mark | None:
        silence = self.position - self.speech_end
        limit = self.thresholds.high if silence > vad.FRAME else self.thresholds.low
        if probability >= limit:
            was_paused, self._paused = self._paused, False
            quiet = pcm.ms(silence - vad.FRAME)
            self.speech_end = self.position
            self.spoken += vad.FRAME
            return Resumed(quiet) if was_paused else None
        if silence < pcm.samples(self.thresholds.pause_ms):
            return None
        if not self._paused:
            self._paused = True
            return Paused(self.speech_end)
        return Silent(self.speech_end, pcm.ms(silence))
