"""The parts of a sentence's score in points, and what each long gap between two words cost."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from speech.pronunciation import align, features, sentence
from speech.pronunciation.judge import Judged
from speech.pronunciation.nets import Nets
from speech.pronunciation.scale import TOP

Raw = dict[str, float]
"""Sentence scores of the experts' kind, 0 to 10, by aspect."""
LOOKED_AT = 5
"""Longest gaps between words that are looked at."""
SHORTEST = 0.2
"""Seconds from which a gap is looked at."""
FREE, ASKED = 0.5, 2.0
"""Seconds of silence that are free where a long text is cut into stretches, as no stretch has that gap in it, and where
punctuation asks for a break."""
SECOND, MOST = 12.0, 25.0
"""Points of fluency and prosody that a second more costs there, and at most; what it costs inside a stretch."""
MISCUE = 10.0
"""Points of fluency and prosody that something said beside the text costs at least."""


@dataclass(frozen=True)
class Gap:
    """What lies before word `place` of those that were read: seconds of silence and other sound, points it cost."""

    place: int
    seconds: float
    fluency: float
    prosody: float


@dataclass(frozen=True)
class Parts:
    """Points 0 to 100. `sounds`: accuracy without the stresses."""

    sounds: float
    fluency: float
    prosody: float
    gaps: tuple[Gap, ...]


def measure(nets: Nets, j: Judged, acoustic: features.Rows, miscues: Collection[int] = ()) -> Parts:
    """Each stretch is scored by itself; the mean is weighted by the words that are judged. `miscues`: places before
    which something else was said."""
    reading = _Reading(nets, j, acoustic)
    fluency, prosody = nets.scale.fluency(reading.whole["fluency"]), nets.scale.prosody(reading.whole["prosodic"])
    gaps = []
    for place, seconds in _longest(j.evidence.alignment, miscues):
        seen = reading.gap(place, seconds)
        unseen = reading.unseen(place, seconds)
        if place in miscues:
            unseen = max(unseen, MISCUE - min(seen.fluency, seen.prosody))
        fluency, prosody = fluency - unseen, prosody - unseen
        gaps.append(replace(seen, fluency=seen.fluency + unseen, prosody=seen.prosody + unseen))
    fluency, prosody = max(0.0, fluency), max(0.0, prosody)
    return Parts(nets.scale.accuracy(reading.whole["accuracy"]), fluency, prosody, _within(gaps, fluency, prosody))


def raw(nets: Nets, j: Judged, acoustic: features.Rows) -> Raw:
    """Sentence scores 0 to 10, before they become points."""
    return _Reading(nets, j, acoustic).whole


def _within(gaps: list[Gap], fluency: float, prosody: float) -> tuple[Gap, ...]:
    """Gaps that together cost no more than there is missing."""
    f = min(1.0, (TOP - fluency) / max(1e-9, sum(g.fluency for g in gaps)))
    p = min(1.0, (TOP - prosody) / max(1e-9, sum(g.prosody for g in gaps)))
    return tuple(replace(g, fluency=f * g.fluency, prosody=p * g.prosody) for g in gaps)


class _Reading:
    """A judgement cut into stretches, with their sentence scores."""

    def __init__(self, nets: Nets, j: Judged, acoustic: features.Rows) -> None:
        self._nets, self._j, self._acoustic = nets, j, acoustic
        self._asked = [j.words[i].pause for i in j.kept]
        self._parts = sentence.stretches(j.evidence.alignment, self._asked)
        judged = [sum(place not in j.doubted for place in range(*part)) for part in self._parts]
        self._found = [self._score(part) for part in self._parts]
        self._weight = np.array(judged) / sum(judged)
        self.whole: Raw = {k: float(self._weight @ [f[k] for f in self._found]) for k in self._found[0]}
        self.cuts = {first for first, _ in self._parts[1:]}

    def gap(self, place: int, seconds: float) -> Gap:
        """What lies before a word: the points that would be there without it, none where the text was cut."""
        k = self._stretch(place)
        if place in self.cuts:
            return Gap(place, seconds, 0.0, 0.0)
        without = self._score(self._parts[k], place)
        over = 1.0 if not self._asked[place - 1] else max(0.0, 1 - sentence.ALLOWED / seconds)
        curves, gained = self._nets.scale, []
        for name, curve in (("fluency", curves.fluency), ("prosodic", curves.prosody)):
            better = self.whole[name] + float(self._weight[k]) * (without[name] - self._found[k][name])
            gained.append(over * max(0.0, curve(better) - curve(self.whole[name])))
        return Gap(place, seconds, *gained)

    def unseen(self, place: int, seconds: float) -> float:
        """Points that a long pause costs where the text was cut."""
        if place not in self.cuts:
            return 0.0
        k = self._stretch(place)
        free = ASKED if self._asked[place - 1] else FREE
        return min(SECOND * max(0.0, seconds - free), MOST) * float(self._weight[k - 1 : k + 1].sum())

    def _stretch(self, place: int) -> int:
        return next(n for n, (first, end) in enumerate(self._parts) if first <= place < end)

    def _score(self, part: tuple[int, int], closed: int | None = None) -> Raw:
        """The sentence scores of a stretch; as if nothing lay before the word `closed`."""
        first, end = part
        acoustic = self._acoustic
        evidence, score = sentence.cut(self._j.evidence, self._j.score, first, end)
        if closed is not None:
            shorter, acoustic = _closed(evidence.alignment, acoustic, closed - first)
            evidence = replace(evidence, alignment=shorter)
        chosen = self._chosen(evidence.alignment.chain.word + first)
        row = sentence.plain(evidence, score, self._nets.durations, self._asked[first : end - 1], chosen)
        if self._nets.kind == "whisper":
            row = np.concatenate([row, sentence.encoder(acoustic, evidence.alignment, chosen)])
        return self._nets.sentence(row)

    def _chosen(self, word: align.Ints) -> sentence.Mask | None:
        """The phones of words that are judged, of phones of these words; None: all. (Where none is, nothing weighs.)"""
        sure = ~np.isin(word, self._j.doubted)
        return None if sure.all() or not sure.any() else sure


def _longest(a: align.Alignment, miscues: Collection[int]) -> list[tuple[int, float]]:
    """The longest gaps between words, and those with a miscue: the word behind each, and seconds; by their place."""
    silent, foreign = features.pauses(a)
    seconds = (silent + foreign)[1:-1] * 0.02
    chosen = {int(k) + 1 for k in np.argsort(-seconds)[:LOOKED_AT] if seconds[k] >= SHORTEST}
    inner = chosen | {place for place in miscues if 0 < place <= len(seconds)}
    return [(place, float(seconds[place - 1])) for place in sorted(inner)]


def _closed(a: align.Alignment, frames: features.Rows, place: int) -> tuple[align.Alignment, features.Rows]:
    """The reading without what lies before a word."""
    here = int(a.chain.first[place])
    begin, end = int(a.end[here - 1]), int(a.start[here])
    moved = np.arange(len(a.start)) >= here
    foreign = [None if k == place else span for k, span in enumerate(a.foreign)]
    shift = (end - begin) * moved
    shorter = replace(a, start=a.start - shift, end=a.end - shift, foreign=foreign, frames=a.frames - (end - begin))
    return shorter, np.delete(frames, slice(begin, end), axis=0)
