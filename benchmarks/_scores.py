"""Figures of a live transcript: delays, flicker, promises broken, word error rate.

Words are compared without case and punctuation, small numbers as digits. For the error rate, contractions are written
out on both sides ("I'm" is "I am"), as the English normaliser published with Whisper does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from speech import events
from speech.transcription import words

# "'s" is taken for "is" wherever it stands, on both sides.
_CONTRACTIONS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\blet's\b"), "let us"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'s\b"), " is"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
)


def percentile(values: Sequence[float], p: float) -> float:
    return float(np.percentile(values, p)) if len(values) else float("nan")


def errors(reference: str, heard: str) -> tuple[int, int]:
    """Words wrong, missing or too many, and the reference's words."""
    want, got = _keys(written_out(reference)), _keys(written_out(heard))
    row = list(range(len(got) + 1))
    for i, a in enumerate(want, 1):
        above, row = row, [i]
        for j, b in enumerate(got, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1], len(want)


def written_out(text: str) -> str:
    """Without contractions, in lower case."""
    text = text.lower().replace("\u2019", "'")
    for short, long in _CONTRACTIONS:
        text = short.sub(long, text)
    return text


def _keys(text: str) -> list[str]:
    return [key for key in words.keys(text.split()) if key]


@dataclass
class Screen:
    """What stood on the screen, and when: events with the time at which they came."""

    seen: list[tuple[float, events.SpeechEvent]] = field(default_factory=list)

    def states(self) -> list[tuple[float, list[str], int]]:
        """(time, all words of the session, how many of them are promised) after every change."""
        turns: dict[int, tuple[list[str], int, bool]] = {}
        out = []
        for at, event in self.seen:
            if isinstance(event, events.Partial):
                promised = len(_keys(event.text[: event.stable_prefix_length]))
                turns[event.turn] = (_keys(event.text), promised, False)
            elif isinstance(event, events.Final):
                turns[event.turn] = (_keys(event.text), len(_keys(event.text)), True)
            else:
                continue
            shown: list[str] = []
            promised_so_far = 0
            open_turn = False
            for number in sorted(turns):
                text, promised, final = turns[number]
                if not open_turn:
                    promised_so_far = len(shown) + promised
                    open_turn = not final
                shown += text
            out.append((at, shown, promised_so_far))
        return out

    def text(self) -> str:
        """The last final of every turn."""
        finals = {event.turn: event.text for _, event in self.seen if isinstance(event, events.Final)}
        return " ".join(finals[turn] for turn in sorted(finals))

    def taken_back(self) -> int:
        """How often a promise was broken, to the letter."""
        promised: dict[int, str] = {}
        broken = 0
        for _, event in self.seen:
            if isinstance(event, events.Partial | events.Final):
                broken += not event.text.startswith(promised.get(event.turn, ""))
                length = event.stable_prefix_length if isinstance(event, events.Partial) else len(event.text)
                promised[event.turn] = event.text[:length]
        return broken

    def measure(self, clip: dict[str, Any], lead_s: float) -> dict[str, Any]:
        """Figures of one clip; its words' times come from the manifest."""
        spoken = clip["words"]
        states = self.states()
        changed = taken_back = 0
        shown: list[str] = []
        promised: list[str] = []
        for _, now, count in states:
            same = words.common_prefix(shown, now)
            changed += len(shown) - same
            kept = words.common_prefix(promised, now)
            taken_back += len(promised) - kept
            shown, promised = now, now[:count]
        wrong, total = errors(clip["text"], self.text())
        first = next((at for at, now, _ in states if now), None)
        finals = [at for at, event in self.seen if isinstance(event, events.Final)]
        latencies = [event.latency_ms["total"] / 1000 for _, event in self.seen if isinstance(event, events.Final)]
        return {
            "id": clip["id"],
            "first": None if first is None else first - lead_s - spoken[0]["start"],
            "final": finals[-1] - lead_s - spoken[-1]["end"] if finals else None,
            "latencies": latencies,
            "settled": self._delays(spoken, states, lead_s, settled=True),
            "appeared": self._delays(spoken, states, lead_s, settled=False),
            "changed": changed,
            "taken_back": taken_back,
            "errors": wrong,
            "words": total,
            "heard": self.text(),
        }

    @staticmethod
    def _delays(
        spoken: list[dict[str, Any]], states: list[tuple[float, list[str], int]], lead_s: float, *, settled: bool
    ) -> list[float]:
        """Seconds from a word's end until it stands in its place: for good (`settled`) or for the first time."""
        if not states:
            return []
        last = states[-1][1]
        want = [key for key in words.keys(word["word"] for word in spoken)]
        pairs = _matched(want, last)
        delays = []
        for i, j in pairs:
            came: float | None = None
            for at, now, _ in states if not settled else reversed(states):
                here = len(now) > j and now[j] == last[j]
                if here:
                    came = at
                if here != settled:
                    break
            if came is not None:
                delays.append(came - lead_s - spoken[i]["end"])
        return delays


def _matched(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of equal words in a least-cost alignment."""
    cost = np.zeros((len(a) + 1, len(b) + 1), int)
    cost[:, 0], cost[0, :] = range(len(a) + 1), range(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, cost[i - 1, j - 1] + (a[i - 1] != b[j - 1]))
    pairs = []
    i, j = len(a), len(b)
    while i and j:
        if cost[i, j] == cost[i - 1, j - 1] + (a[i - 1] != b[j - 1]):
            if a[i - 1] == b[j - 1]:
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
