"""The sequence of audio frames: what is new, what came twice, what is missing, and what may be forgotten.

Frames are numbered by the client without holes. The audio clock counts the milliseconds of the frames taken, so it does
not depend on when they arrive.
"""

from collections import deque
from enum import StrEnum


class FrameDecision(StrEnum):
    NEW = "new"
    DUPLICATE = "duplicate"
    AHEAD = "ahead"


class AudioSequence:
    def __init__(self, last_seq: int = 0, position_ms: float = 0) -> None:
        """Continue after frame `last_seq`, which ended at `position_ms` of the audio clock."""
        self.last_seq = last_seq
        self.position_ms = position_ms
        self._safe_seq = last_seq
        self._safe_ms = position_ms
        self._ends: deque[tuple[int, float]] = deque()
        self._untouched = last_seq == 0

    @property
    def expected_seq(self) -> int:
        return self.last_seq + 1

    def take(self, seq: int, duration_ms: float) -> FrameDecision:
        """Count a frame, unless it came before or is ahead of a hole. The very first frame may also be number 0."""
        if seq <= self.last_seq and not (self._untouched and seq == 0):
            return FrameDecision.DUPLICATE
        if seq > self.last_seq + 1:
            return FrameDecision.AHEAD
        self._untouched = False
        self.last_seq = seq
        self.position_ms += duration_ms
        self._ends.append((seq, self.position_ms))
        return FrameDecision.NEW

    def forget_before(self, audio_ms: float) -> tuple[int, float]:
        """The newest frame that lies wholly before `audio_ms`, and where it ends; it never goes back."""
        while self._ends and self._ends[0][1] <= audio_ms:
            self._safe_seq, self._safe_ms = self._ends.popleft()
        return self._safe_seq, self._safe_ms
