"""One pass over a recording: alignment, pronunciations chosen, phone scores, miscues. What reports are made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, miscue, phones
from speech.pronunciation.lexicon.plan import PlannedWord
from speech.pronunciation.nets import Nets

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """The words that were judged (indices into `words`), their variant, evidence and scores.

    `unread` [words] and `inserted` [gaps] are probabilities over all words, before any was taken out. `kept` are the
    words in the final alignment; `score` (0 to 2) belongs to its phones.
    """

    words: tuple[PlannedWord, ...]
    variant: tuple[int, ...]
    unread: Floats
    inserted: Floats
    kept: tuple[int, ...]
    evidence: features.Evidence
    score: Floats
    emissions: Floats


def indices(pronunciation: tuple[str, ...]) -> list[int]:
    """ARPAbet phones as numbers."""
    return [phones.INDEX[phones.bare(p)] for p in pronunciation]


def judge(
    nets: Nets, logp: features.Rows, words: tuple[PlannedWord, ...], loudness: Floats, plain: bool = False
) -> Judged | None:
    """None when the audio cannot hold the text at all. `plain`: every word counts as read."""
    e = align.emissions(logp, nets.prior)
    variants = [[indices(v) for v in w.variants] for w in words]
    chosen = _aligned(e, [v[0] for v in variants])
    if chosen is None:
        return None
    picked = align.choose(e, chosen, variants)
    if any(picked):
        chosen = _aligned(e, [v[k] for v, k in zip(variants, picked, strict=True)]) or chosen
    evidence = features.measure(logp, nets.prior, chosen, nets.durations)
    score = nets.phone_scores(evidence)
    unread = nets.unread(miscue.word_rows(evidence, score, loudness))
    inserted = nets.inserted(miscue.gap_rows(evidence, e, score, loudness))
    first = Judged(words, tuple(picked), unread, inserted, tuple(range(len(words))), evidence, score, e)
    return first if plain else _again(nets, logp, first)


def _aligned(e: Floats, words: list[list[int]], allowed: NDArray[np.bool_] | None = None) -> align.Alignment | None:
    c = align.chain(words, len(e))
    return None if c is None else align.align(e, c, allowed=allowed)


def _again(nets: Nets, logp: features.Rows, j: Judged) -> Judged:
    """Once more without the words that were not read, and with room where something else was said."""
    gone = j.unread > float(nets.card["unread_threshold"])
    extra = j.inserted > float(nets.card["inserted_threshold"])
    if not (gone.any() or extra.any()) or gone.all() or float(j.unread.mean()) > miscue.REFUSED:
        return j
    kept = [i for i in range(len(j.words)) if not gone[i]]
    allowed = np.zeros(len(kept) + 1, bool)
    for gap in np.flatnonzero(extra):
        allowed[sum(i < gap for i in kept)] = True
    flow = [indices(j.words[i].variants[j.variant[i]]) for i in kept]
    chosen = _aligned(j.emissions, flow, allowed)
    if chosen is None:
        return j
    evidence = features.measure(logp, nets.prior, chosen, nets.durations)
    return Judged(j.words, j.variant, j.unread, j.inserted, tuple(kept), evidence, nets.phone_scores(evidence),
                  j.emissions)  # fmt: skip
