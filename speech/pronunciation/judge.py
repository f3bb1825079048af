"""One pass over a recording: alignment, pronunciations chosen, phone scores, miscues. What reports are made of."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, miscue, phones, rivals
from speech.pronunciation.lexicon.plan import PlannedWord
from speech.pronunciation.nets import Nets

Floats = NDArray[np.float64]
FEW = 4
"""Words of a text, and words reached, from which a reader is believed to have stopped in the middle."""
LEAST = 2.5
"""Words read, from which a reader who stopped is believed to have begun."""
STOPPED, STOPPED_SCORE = 0.12, 1.3
"""Mean probability of "not read", and mean phone score, from which it is looked whether the reader stopped."""


@dataclass(frozen=True)
class Judged:
    """The words that were judged (indices into `words`), their variant, evidence and scores.

    `unread` [words] and `inserted` [gaps] are probabilities over all words, before any was taken out. `kept` are the
    words in the final alignment; `score` (0 to 2), and `unsaid`, the probability that another sound or none was said,
    belong to its phones. The reader stopped after `reached` words.
    """

    words: tuple[PlannedWord, ...]
    variant: tuple[int, ...]
    unread: Floats
    inserted: Floats
    kept: tuple[int, ...]
    evidence: features.Evidence
    score: Floats
    unsaid: Floats
    emissions: Floats
    reached: int

    @property
    def refused(self) -> bool:
        """The recording does not hold the text, as far as the reader is thought to have come."""
        return float(self.unread[: self.reached].mean()) > miscue.REFUSED

    @property
    def read(self) -> float:
        """How much was read, in words: the sum over words of how surely each was read and how well (0 to 1)."""
        word = self.evidence.alignment.chain.word
        well = np.bincount(word, self.score) / np.bincount(word) / 2
        return float(((1 - self.unread[: len(well)]) * well).sum())

    @property
    def doubtful(self) -> bool:
        """So much is missing or bad that the reader may have stopped in the middle."""
        return float(self.unread.mean()) > STOPPED or float(self.score.mean()) < STOPPED_SCORE


def indices(pronunciation: tuple[str, ...]) -> list[int]:
    """ARPAbet phones as numbers."""
    return [phones.INDEX[phones.bare(p)] for p in pronunciation]


def judge(
    nets: Nets, heard: features.Rows, words: tuple[PlannedWord, ...], loudness: Floats, plain: bool = False
) -> Judged | None:
    """None when the audio cannot hold the text at all. `plain`: every word counts as read."""
    e = align.emissions(heard, nets.prior)
    first = _once(nets, heard, words, loudness, e)
    if plain:
        return first
    if len(words) >= FEW and (first is None or first.doubtful):
        begun = _begun(nets, heard, words, loudness, e)
        if begun and begun.read >= LEAST and (first is None or begun.read > first.read + 1):
            first = begun
    return None if first is None else _again(nets, heard, first)


def marks(nets: Nets, evidence: features.Evidence, score: Floats) -> tuple[Floats, Floats]:
    """Scores in which phones that were surely not said are marked down, and how surely each was not said."""
    unsaid = nets.unsaid(miscue.phone_rows(evidence, score))
    return miscue.mark(score, unsaid, float(nets.card["marked_threshold"])), unsaid


def _once(
    nets: Nets, heard: features.Rows, words: tuple[PlannedWord, ...], loudness: Floats, e: Floats
) -> Judged | None:
    """All words, each taken as read."""
    variants = [[indices(v) for v in w.variants] for w in words]
    chosen = _aligned(e, [v[0] for v in variants])
    if chosen is None:
        return None
    picked = rivals.choose(e, chosen, variants)
    if any(picked):
        chosen = _aligned(e, [v[k] for v, k in zip(variants, picked, strict=True)]) or chosen
    evidence = features.measure(heard, nets.prior, chosen, nets.durations)
    score = nets.phone_scores(evidence)
    unread = nets.unread(miscue.word_rows(evidence, score, loudness))
    inserted = nets.inserted(miscue.gap_rows(evidence, e, score, loudness))
    marked, unsaid = marks(nets, evidence, score)
    return Judged(
        words, tuple(picked), unread, inserted, tuple(range(len(words))), evidence, marked, unsaid, e, len(words)
    )


def _begun(
    nets: Nets, heard: features.Rows, words: tuple[PlannedWord, ...], loudness: Floats, e: Floats
) -> Judged | None:
    """The words up to where the reader stopped, when that is before the end of the text."""
    found = align.align(e, align.partial([indices(w.variants[0]) for w in words]), open_end=True)
    if found is None:
        return None
    last = found.chain.last
    reached = int((found.end[last] > found.start[last]).sum())
    j = _once(nets, heard, words[:reached], loudness, e) if FEW <= reached < len(words) else None
    if j is None:
        return None
    rest = len(words) - reached
    return replace(
        j,
        words=words,
        variant=(*j.variant, *([0] * rest)),
        unread=np.append(j.unread, np.ones(rest)),
        inserted=np.append(j.inserted, np.zeros(rest)),
    )


def _aligned(e: Floats, words: list[list[int]], allowed: NDArray[np.bool_] | None = None) -> align.Alignment | None:
    c = align.chain(words, len(e))
    return None if c is None else align.align(e, c, allowed=allowed)


def _again(nets: Nets, heard: features.Rows, j: Judged) -> Judged:
    """Once more without the words that were not read, and with room where something else was said."""
    gone = j.unread > float(nets.card["unread_threshold"])
    extra = j.inserted > float(nets.card["inserted_threshold"])
    if not (gone.any() or extra.any()) or gone.all() or j.refused:
        return j
    kept = [i for i in range(len(j.words)) if not gone[i]]
    allowed = np.zeros(len(kept) + 1, bool)
    for gap in np.flatnonzero(extra):
        allowed[sum(i < gap for i in kept)] = True
    flow = [indices(j.words[i].variants[j.variant[i]]) for i in kept]
    chosen = _aligned(j.emissions, flow, allowed)
    if chosen is None:
        return j
    evidence = features.measure(heard, nets.prior, chosen, nets.durations)
    score, unsaid = marks(nets, evidence, nets.phone_scores(evidence))
    return replace(j, kept=tuple(kept), evidence=evidence, score=score, unsaid=unsaid)
