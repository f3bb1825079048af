"""Keeps a track's audio clock beside real time, whatever the network does to its packets.

Speech recognition counts samples: sound that is missing moves every later word, and an end of speech is only noticed
when silence arrives. So holes become silence of their length, a sender that stops in silence (DTX) is filled in as
time goes by, and a clock that drifts is put right where nobody speaks.
"""

from dataclasses import dataclass

TOLERANCE = 0.1
"""Seconds that the audio clock may be ahead of or behind real time before it is put right."""

_PATIENCE = 0.2  # seconds without a packet before silence is filled in: more than a usual jitter
_LONGEST_HOLE = 5.0  # a larger jump of the time stamps is a new source, not a loss


@dataclass(frozen=True, slots=True)
class Placement:
    """What to do with a frame: seconds of silence to put before it, and whether to use it at all."""

    silence: float
    keep: bool


class Timeline:
    """All times in seconds; `now` is monotonic."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._position = 0.0  # of the sound given on
        self._expected = 0.0  # time stamp of the next frame
        self._filled = 0.0  # silence that stands for packets not yet seen

    def lead(self, now: float) -> float:
        """How far the audio clock is ahead of real time; negative when behind."""
        return 0.0 if self._began is None else self._position - (now - self._began)

    def frame(self, stamp: float, duration: float, silent: bool, now: float) -> Placement:
        """Where a frame belongs: what is missing before it, and whether it is silence. Times are seconds."""
        if self._began is None:
            self._began = now - duration
            self._expected = stamp
        hole = stamp - self._expected
        self._expected = stamp + duration
        silence = max(0.0, hole - self._filled) if 0 < hole <= _LONGEST_HOLE else 0.0
        self._filled = 0.0
        # The frame's own time stamp may be wrong: silence never takes the clock ahead of real time.
        silence = min(silence, max(0.0, TOLERANCE - self.lead(now) - duration))
        lead = self.lead(now) + silence + duration
        keep = not (silent and lead > TOLERANCE)
        if silent and lead < -TOLERANCE:
            silence -= lead
        self._position += silence + (duration if keep else 0.0)
        return Placement(silence, keep)

    def idle(self, now: float) -> float:
        """Seconds of silence to give on because nothing has come for a while."""
        behind = -self.lead(now)
        if self._began is None or behind < _PATIENCE:
            return 0.0
        silence = behind - TOLERANCE / 2
        self._filled += silence
        self._position += silence
        return silence
