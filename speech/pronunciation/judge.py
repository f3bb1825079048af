"""One pass over a recording: alignment, pronunciations chosen, phone scores, miscues. What reports are made of."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, miscue, phones, rivals
from speech.pronunciation.lexicon.plan import PlannedWord
from speech.pronunciation.nets import Nets

Floats = NDArray[np.float64]
Confirmed = bool | Literal["transcript"] | None
"""Whether a recogniser heard the text; "transcript": the text is what it heard. None where none could tell."""
FEW = 4
"""Words of a text, and words reached, from which a reader counts as having stopped in the middle."""
LEAST = 2.5
"""Words read, from which a reader who stopped counts as having begun."""
MORE = 40.0
"""Nats that speech before or after the text must explain to be reported; breath and clicks explain up to 31."""
MOST_DOUBLED = 12
"""Doubled words of a text that are looked at."""
MARGIN = 4.0
"""Nats for each phone but two by which a word's second time must explain more: long words explain some noise, too."""
CLEAR = 1.85
"""Mean phone score that every word must have when no recogniser can say whether the text was said."""
CLOSE = 0.3
"""Words by which less may seem to be read when the text is taken for a part of what was said."""
STOPPED, STOPPED_SCORE = 0.12, 1.3
"""Mean probability of "not read", and mean phone score, from which it is looked whether the reader stopped."""


@dataclass(frozen=True)
class Judged:
    """The words that were judged (indices into `words`), their variant, evidence and scores.

    `unread` [words] and `inserted` [gaps] are probabilities over all words, before any was taken out. `kept` are the
    words in the final alignment; `score` (0 to 2), and `unsaid`, the probability that another sound or none was said,
    belong to its phones. The reader stopped after `reached` words. `around`: other things were said before the text or
    behind it. `doubled` words stand in the text a time more than they were said. `first` is the judgement before words
    were taken out.

    In free speech `certainty` is how sure it is that each word was said; words at the `doubted` places of the final
    alignment are not judged.
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
    around: bool = False
    doubled: tuple[int, ...] = ()
    first: "Judged | None" = None
    certainty: Floats | None = None
    doubted: tuple[int, ...] = ()

    @property
    def refused(self) -> bool:
        """The recording does not hold the text, as far as the reader is thought to have come."""
        expected = np.delete(self.unread[: self.reached], [i for i in self.doubled if i < self.reached])
        return float(expected.mean()) > miscue.REFUSED

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
    nets: Nets,
    heard: features.Rows,
    words: tuple[PlannedWord, ...],
    loudness: Floats,
    plain: bool = False,
    confirmed: Confirmed = None,
) -> Judged | None:
    """None when the audio cannot hold the text at all. `plain`: every word counts as read.

    Without a recogniser's word (`confirmed`) a text that is only a part of what was said has to fit very well. Of a
    transcript no word is taken out as not read: its sound would be left to its neighbours.
    """
    e = align.emissions(heard, nets.prior)
    if plain:
        return _once(nets, heard, words, loudness, e)
    once = _said_once(e, words)
    j = _judge(nets, heard, tuple(words[i] for i in once), loudness, e, confirmed)
    return j if j is None or len(once) == len(words) else _among(j, words, once)


def _judge(
    nets: Nets,
    heard: features.Rows,
    words: tuple[PlannedWord, ...],
    loudness: Floats,
    e: Floats,
    confirmed: Confirmed,
) -> Judged | None:
    first = _once(nets, heard, words, loudness, e)
    within = _within(nets, heard, words, loudness, e, confirmed)
    if within is not None and (first is None or first.refused or within.read > first.read - CLOSE):
        return _again(nets, heard, within, confirmed)
    if len(words) >= FEW and (first is None or first.doubtful):
        begun = _begun(nets, heard, words, loudness, e)
        if begun and begun.read >= LEAST and (first is None or begun.read > first.read + 1):
            first = begun
    return None if first is None else _again(nets, heard, first, confirmed)


def marks(nets: Nets, evidence: features.Evidence, score: Floats) -> tuple[Floats, Floats]:
    """Scores in which phones that were surely not said are marked down, and how surely each was not said."""
    unsaid = nets.unsaid(miscue.phone_rows(evidence, score))
    return miscue.mark(score, unsaid, float(nets.card["marked_threshold"])), unsaid


def _once(
    nets: Nets, heard: features.Rows, words: tuple[PlannedWord, ...], loudness: Floats, e: Floats, around: bool = False
) -> Judged | None:
    """All words, each taken as read."""
    variants = [[indices(v) for v in w.variants] for w in words]
    allowed = _ends(len(words)) if around else None
    chosen = _aligned(e, [v[0] for v in variants], allowed)
    if chosen is None:
        return None
    picked = rivals.choose(e, chosen, variants)
    if any(picked):
        chosen = _aligned(e, [v[k] for v, k in zip(variants, picked, strict=True)], allowed) or chosen
    evidence = features.measure(heard, nets.prior, chosen, nets.durations)
    score = nets.phone_scores(evidence)
    unread = nets.unread(miscue.word_rows(evidence, score, loudness))
    inserted = nets.inserted(miscue.gap_rows(evidence, e, score, loudness))
    marked, unsaid = marks(nets, evidence, score)
    return Judged(
        words,
        tuple(picked),
        unread,
        inserted,
        tuple(range(len(words))),
        evidence,
        marked,
        unsaid,
        e,
        len(words),
        around,
    )


def _within(
    nets: Nets,
    heard: features.Rows,
    words: tuple[PlannedWord, ...],
    loudness: Floats,
    e: Floats,
    confirmed: Confirmed,
) -> Judged | None:
    """The text as a part of what was said; None where that explains little, or where it may be another text.

    Any few sounds are somewhere in a long recording, so a recognizer must confirm it, or the words must be clear.
    """
    if confirmed is False:
        return None
    flow = [indices(w.variants[0]) for w in words]
    whole, part = _aligned(e, flow), _aligned(e, flow, _ends(len(words)))
    if part is None or (whole is not None and part.score - whole.score < MORE):
        return None
    j = _once(nets, heard, words, loudness, e, around=True)
    if j is None or j.refused:
        return None
    word = j.evidence.alignment.chain.word
    clear = float((np.bincount(word, j.score) / np.bincount(word)).min())
    return j if confirmed or clear > CLEAR else None


def _ends(words: int) -> NDArray[np.bool_]:
    """The gaps before the first and behind the last word."""
    allowed = np.zeros(words + 1, bool)
    allowed[[0, -1]] = True
    return allowed


def _said_once(e: Floats, words: tuple[PlannedWord, ...]) -> list[int]:
    """The words without those that stand in the text a time more than they were said.

    If a doubled word is said once, nothing is left for the second: without it the path is better.
    """
    left = list(range(len(words)))
    place, tries = 1, MOST_DOUBLED
    while place < len(left) and tries:
        if words[left[place]].variants != words[left[place - 1]].variants:
            place += 1
            continue
        tries -= 1
        fewer = [*left[:place], *left[place + 1 :]]
        with_it, without = (_path(e, [words[i] for i in one]) for one in (left, fewer))
        margin = MARGIN * max(0, len(words[left[place]].variants[0]) - 2)
        if without >= with_it - margin:
            left = fewer
        else:
            place += 1
    return left


def _path(e: Floats, words: list[PlannedWord]) -> float:
    found = _aligned(e, [indices(w.variants[0]) for w in words], _ends(len(words)))
    return align.NEVER if found is None else found.score


def _among(j: Judged, words: tuple[PlannedWord, ...], judged: list[int]) -> Judged:
    """The judgement of some words as one of all: the others were not read."""
    variant, unread, inserted = np.zeros(len(words), int), np.ones(len(words)), np.zeros(len(words) + 1)
    variant[judged], unread[judged] = j.variant, j.unread
    inserted[judged], inserted[-1] = j.inserted[:-1], j.inserted[-1]
    reached = judged[j.reached - 1] + 1 if j.reached < len(judged) else len(words)
    kept = tuple(judged[i] for i in j.kept)
    doubled = tuple(i for i in range(len(words)) if i not in judged)
    return replace(
        j,
        words=words,
        variant=tuple(variant.tolist()),
        unread=unread,
        inserted=inserted,
        kept=kept,
        reached=reached,
        doubled=doubled,
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


def _again(nets: Nets, heard: features.Rows, j: Judged, confirmed: Confirmed) -> Judged:
    """Once more without the words that were not read, and with room where something else was said."""
    gone = (j.unread > float(nets.card["unread_threshold"])) & (confirmed != "transcript")
    extra = j.inserted > float(nets.card["inserted_threshold"])
    if not (gone.any() or extra.any()) or gone.all() or j.refused:
        return j
    kept = [i for i in range(len(j.words)) if not gone[i]]
    allowed = _ends(len(kept)) if j.around else np.zeros(len(kept) + 1, bool)
    for gap in np.flatnonzero(extra):
        allowed[sum(i < gap for i in kept)] = True
    flow = [indices(j.words[i].variants[j.variant[i]]) for i in kept]
    chosen = _aligned(j.emissions, flow, allowed)
    if chosen is None:
        return j
    evidence = features.measure(heard, nets.prior, chosen, nets.durations)
    score, unsaid = marks(nets, evidence, nets.phone_scores(evidence))
    return replace(j, kept=tuple(kept), evidence=evidence, score=score, unsaid=unsaid, first=j)
