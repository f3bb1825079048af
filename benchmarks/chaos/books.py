"""A learner's own books: what it saw, and between which bounds its bill must lie."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_ACK_EVERY_S = 1.6  # the server acknowledges every second, on a tick of a quarter, over a slow link
_SLOW_S = 1.0


@dataclass
class Books:
    """Times are seconds of one clock. `sent` are the moments of all signs of life, `proven` those at which the server
    acknowledged one."""

    silence_s: float
    expected: list[str] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    proven: list[float] = field(default_factory=list)
    seqs: list[tuple[int, str]] = field(default_factory=list)
    finals: dict[str, str] = field(default_factory=dict)
    snapshots: int = 0
    doubled: int = 0
    ended: dict[str, Any] | None = None
    stored: list[str] | None = None

    def saw(self, name: str, data: dict[str, Any]) -> None:
        if name == "error":
            return
        self.seqs.append((data["seq"], name))
        if name == "transcript.final":
            self.doubled += data["turn_id"] in self.finals
            self.finals[data["turn_id"]] = data["text"]
        elif name == "session.snapshot":
            self.snapshots += 1
            self.finals |= {turn["turn_id"]: turn["text"] for turn in data["turns"]}
        elif name == "session.ended":
            self.ended = data

    def lost_events(self) -> int:
        """Numbers that never came. A snapshot makes up for those before it."""
        return sum(b - a - 1 for (a, _), (b, name) in pairwise(self.seqs) if name != "session.snapshot" and b > a)

    def doubled_events(self) -> int:
        return self.doubled + sum(b <= a for (a, _), (b, _) in pairwise(self.seqs))

    def wrong_turns(self) -> int:
        """Turns lost, doubled, out of order or of other audio: at the client or in the books of the server."""
        seen = list(self.finals.values())
        wrong = sum(a != b for a, b in zip(seen, self.expected, strict=False)) + abs(len(seen) - len(self.expected))
        if self.stored is not None and self.stored != self.expected:
            wrong += 1
        return wrong

    def drift_s(self, billed: int) -> float:
        """How far the bill lies outside of what the learner knows."""
        sure, stretches = covered(self.proven, self.silence_s * 0.8)
        least = sure - _ACK_EVERY_S * stretches
        most, stretches = covered(self.sent, self.silence_s * 1.25)
        return max(0.0, least - billed, billed - 1 - (most + _SLOW_S * stretches))


def covered(moments: list[float], bridge_s: float) -> tuple[float, int]:
    """Seconds in stretches of moments at most `bridge_s` apart, and how many stretches."""
    if not moments:
        return 0.0, 0
    gaps = [b - a for a, b in pairwise(sorted(moments))]
    return sum(gap for gap in gaps if gap <= bridge_s), 1 + sum(gap > bridge_s for gap in gaps)
