"""The sequence of audio frames: which are new, repeated or missing, and which may be forgotten.

Frames are numbered by the client without holes. The audio clock counts the milliseconds of the frames taken, so it does
not depend on when they arrive.

A node that takes a session over requests some sound that was processed already, to warm up the recognizer before the
new sound. The checksum of the first frame shows whether the client sends it again; a client that kept nothing continues
with new sound under the same numbers.
"""

from collections import deque
from enum import StrEnum
from typing import NamedTuple

_ROUNDED_MS = 1  # where sound ends is stored in whole milliseconds


class FrameDecision(StrEnum):
    """What to do with a frame."""

    NEW = "new"
    DUPLICATE = "duplicate"
    AHEAD = "ahead"


class Heard(NamedTuple):
    """What the previous node had received: sound before `known_ms` is processed, `heard_ms` came in all, and the
    requested frame had the checksum `mark`."""

    known_ms: float = 0
    heard_ms: float = 0
    mark: int | None = None


class Safe(NamedTuple):
    """Frames up to `seq`, which end at `ms`, will not be requested again; the next one has the checksum `mark`."""

    seq: int
    ms: float
    mark: int | None


class AudioSequence:
    """Which frames arrived, and how much sound they are."""

    def __init__(self, last_seq: int = 0, position_ms: float = 0, before: Heard | None = None) -> None:
        """Continue after frame `last_seq`, which ended at `position_ms` of the audio clock."""
        self.last_seq = last_seq
        self.position_ms = position_ms
        self._safe_seq = last_seq
        self._safe_ms = position_ms
        self._ends: deque[tuple[int, float, int | None]] = deque()
        self._untouched = last_seq == 0
        self._before = before or Heard()
        self._resumed = before is not None  # and no frame has come since
        self._more_ms = 0.0  # sound that was heard beyond what the clock says

    @property
    def expected_seq(self) -> int:
        """Number of the next frame."""
        return self.last_seq + 1

    @property
    def heard_ms(self) -> float:
        """The total of sound received; repeated sound counts once."""
        return max(self._before.heard_ms, self.position_ms + self._more_ms)

    @property
    def all_came(self) -> bool:
        """Whether all sound that another node received is here again, or was replaced by new sound."""
        return self.position_ms + self._more_ms >= self._before.heard_ms - _ROUNDED_MS

    @property
    def again(self) -> bool:
        """Whether the newest frame was processed before, by another node."""
        return self.position_ms + self._more_ms <= self._before.heard_ms

    def jump(self, mark: int | None) -> float:
        """Before a frame with the checksum `mark` is taken: how many milliseconds of known sound will not come again.
        The clock stands behind them then."""
        if not self._resumed or (mark is not None and mark == self._before.mark):
            return 0.0
        missing = max(0.0, self._before.known_ms - self.position_ms)
        self.position_ms += missing
        self._more_ms = self._before.heard_ms - self.position_ms
        self._resumed = False
        return missing

    def take(self, seq: int, duration_ms: float, mark: int | None = None, *, sound: bool = True) -> FrameDecision:
        """Count a frame, unless it came before or is ahead of a hole. The very first frame may also be number 0.
        `sound` is false for what only fills a hole."""
        if seq <= self.last_seq and not (self._untouched and seq == 0):
            return FrameDecision.DUPLICATE
        if seq > self.last_seq + 1:
            return FrameDecision.AHEAD
        self._untouched = self._resumed = False
        self.last_seq = seq
        self.position_ms += duration_ms
        if not sound:
            self._more_ms -= duration_ms
        self._ends.append((seq, self.position_ms, mark))
        return FrameDecision.NEW

    def forget_before(self, audio_ms: float) -> Safe:
        """The newest frame that lies wholly before `audio_ms`, and where it ends; it never goes back."""
        while self._ends and self._ends[0][1] <= audio_ms:
            self._safe_seq, self._safe_ms, _ = self._ends.popleft()
        following = self._ends[0][2] if self._ends else self._before.mark if self._resumed else None
        return Safe(self._safe_seq, self._safe_ms, following)
