"""The sound that was given and may have to be sent again."""

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple


class Frame(NamedTuple):
    """`codec` is 0 for PCM16 and 1 for Opus."""

    seq: int
    codec: int
    sound: bytes


@dataclass
class Frames:
    """Numbered from 1. `newest` was given last, `sent` last over this line, `acked` arrived with all before it, `safe`
    is the last that the server will never ask for again."""

    newest: int = 0
    sent: int = 0
    acked: int = 0
    safe: int = 0
    _kept: deque[Frame] = field(default_factory=deque)

    def add(self, codec: int, sound: bytes) -> int:
        """Keep a frame until it is safe; its number."""
        self.newest += 1
        self._kept.append(Frame(self.newest, codec, sound))
        return self.newest

    def next(self) -> Frame | None:
        """The one to send now; from then on it counts as sent."""
        if not self._kept or self.sent >= self.newest:
            return None
        frame = self._kept[max(0, self.sent + 1 - self._kept[0].seq)]
        self.sent = frame.seq
        return frame

    def go_back(self, expected: int) -> None:
        """A frame is missing there: what follows `expected` goes again."""
        self.sent = min(self.sent, expected - 1)

    def joined(self, last: int) -> None:
        """A new line: the server has everything up to `last`."""
        self.sent = last
        if last > self.newest:  # of a client before us, whose session we go on with
            self.newest = last

    def acknowledged(self, seq: int, safe: int) -> bool:
        """Whether more has arrived than was known."""
        grown = seq > self.acked
        self.acked = max(self.acked, seq)
        self.safe = max(self.safe, safe)
        while self._kept and self._kept[0].seq <= self.safe:
            self._kept.popleft()
        return grown

    @property
    def all_sent(self) -> bool:
        """Whether no frame waits."""
        return self.sent >= self.newest
