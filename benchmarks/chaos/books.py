"""A learner's own books: what it saw, and between which bounds its bill must lie."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass
class Books:
    """Times are seconds of one clock. `sent` are the moments at which signs of life left, `joined` those at which a
    connection stood, `proven` the signs that the server acknowledged: when each left, and when its acknowledgement
    came. The server had it at some time between, so no delay of either side makes the books wrong.

    `expected` are the texts of all turns; a session that a recogniser hears has `words` instead, for where it ends a
    turn is its own affair.
    """

    silence_s: float
    expected: list[str] = field(default_factory=list)
    words: list[str] | None = None
    sent: list[float] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)
    proven: list[tuple[float, float]] = field(default_factory=list)
    sound_s: float = 0.0  # how much was said, once each
    over: float = 0.0
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
        seen = [text for text in self.finals.values() if text]
        if self.words is not None:
            wrong = int(spoken(" ".join(seen)) != self.words)
            return wrong + int(self.stored != seen)
        wrong = sum(a != b for a, b in zip(seen, self.expected, strict=False)) + abs(len(seen) - len(self.expected))
        return wrong + int(self.stored != self.expected)

    def told(self) -> str:
        """For a person who looks for what went wrong."""
        gaps = [(a, b) for (a, _), (b, _) in pairwise(self.seqs) if b != a + 1]
        wanted = " ".join(self.words) if self.words is not None else self.expected
        bill = (
            f"billed {(self.ended or {}).get('billed_seconds')}, {self.least_s():.2f} to {self.most_s():.2f} expected"
        )
        return f"{bill}, gaps {gaps}\n    wanted {wanted}\n    seen   {self.finals}\n    stored {self.stored}"

    def drift_s(self, billed: int) -> float:
        """How far the bill lies outside of what the learner knows."""
        return max(0.0, self.least_s() - billed, billed - 1 - self.most_s())

    def least_s(self) -> float:
        """What must be billed: from the arrival of the first sign, at the latest, to that of the last, at the earliest,
        wherever the pauses between signs were surely short enough."""
        total = 0.0
        stretch: list[tuple[float, float]] = []
        for sign in self.proven:
            lost = stretch and any(stretch[-1][0] < at <= sign[0] for at in self.joined)
            if stretch and (lost or sign[1] - stretch[-1][0] > self.silence_s):
                total += _sure(stretch)
                stretch = []
            stretch.append(sign)
        return max(self.sound_s, total + _sure(stretch))

    def most_s(self) -> float:
        """What may be billed: the other way round. A connection that was lost ends a stretch; all the sound counts."""
        total, previous = 0.0, 0.0
        first = last = None
        for left in (sign for sign in self.sent if sign <= self.over):
            apart = first is None or last is None or left - last > self.silence_s
            if apart or any(previous < at <= left for at in self.joined):
                total += last - first if first is not None and last is not None else 0.0
                first = left
            last = max(last or 0.0, self._arrived(left))
            previous = left
        return max(self.sound_s, total + (last - first if first is not None and last is not None else 0.0))

    def _arrived(self, left: float) -> float:
        """When a sign that left then had arrived at the latest, if it ever did: with the acknowledgement of it or of a
        later one, with the next connection, or with the end."""
        proofs = [came for at, came in self.proven if at >= left]
        return min([*proofs[:1], *[at for at in self.joined if at > left][:1], self.over])


def _sure(stretch: list[tuple[float, float]]) -> float:
    return max(0.0, stretch[-1][0] - stretch[0][1]) if stretch else 0.0


def spoken(text: str) -> list[str]:
    """The words, without case and punctuation."""
    return re.findall(r"[a-z']+", text.lower())
