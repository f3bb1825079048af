"""Trains "was this phone said" on texts with a phone too many, or with another phone than the one that was said.

The audio is as it was read; the experts found the phones around the change right. What learners do is the same from
the other side: a sound of the text is missing, or they said another.
"""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import miscue, phones, tables
from speech.pronunciation.training import classifier, miscues
from speech.pronunciation.training.evidence import Bench

Floats = NDArray[np.float64]
Text = list[list[int]]
KINDS = ("last", "inner", "swapped")
TIMES = {"last": 2, "inner": 2, "swapped": 4}
"""Changes of a text, each in a trial of its own."""
GOOD, RIGHT = 1.5, 1.9
"""Experts' mean from which a phone counts as said in training, and as right in the measurement."""
TOLD, MARKED = 0.01, 0.001
"""Shares of right phones that are told with what was heard, and that are marked as wrong."""
STRANGE = 0.25
"""Share of the swapped phones that take any phone's place instead of one that learners say it for."""
_CONSONANTS = np.array([i for i, p in enumerate(phones.PHONES) if p not in phones.VOWELS])


@dataclass
class Cases:
    """Rows of phones [n, F], whether they were not said (1; NaN: not to be learned from), and which are right."""

    rows: Floats
    truth: Floats
    right: NDArray[np.bool_]


def trials(bench: Bench, judges: Mapping[int, miscues.Judge], chosen: list[int], view: str) -> dict[str, Cases]:
    """Each utterance with its text ("right") and with changed ones, by the kind of change."""
    found: dict[str, list[tuple[Floats, Floats, NDArray[np.bool_]]]] = {kind: [] for kind in ("right", *KINDS)}
    for u, frames, judge, rng in miscues.readings(bench, judges, chosen, view, "unsaid/"):
        utterance = bench.utterances[u]
        text, experts = classifier.reference(utterance), [list(w.scores) for w in utterance.words]
        for kind, changed, scores in (("right", text, experts), *_changes(text, experts, rng)):
            seen = judge.seen(frames, changed)
            if seen is None:
                continue
            given = np.concatenate([np.asarray(s, float) for s in scores])
            truth = np.where(np.isnan(given), 1.0, np.where(given >= GOOD, 0.0, np.nan))
            found[kind].append((miscue.phone_rows(seen[0], judge.scores(seen[0])), truth, given >= RIGHT))
    return {kind: Cases(*map(np.concatenate, zip(*parts, strict=True))) for kind, parts in found.items()}


def _changes(
    text: Text, experts: list[list[float]], rng: np.random.Generator
) -> Iterator[tuple[str, Text, list[list[float]]]]:
    """Texts with one change, and the experts' scores with NaN for the phone that was not said."""
    for kind in KINDS:
        for _ in range(TIMES[kind]):
            w = int(rng.integers(len(text)))
            word, scores = text[w], experts[w]
            if kind == "swapped":
                k = int(rng.integers(len(word)))
                phone, behind, fine = _instead(word[k], rng), k + 1, scores[k] >= RIGHT
            else:
                k = behind = len(word) if kind == "last" else int(rng.integers(len(word)))
                phone = int(rng.choice(_CONSONANTS)) if kind == "last" else int(rng.integers(phones.COUNT))
                fine = min(scores[max(k - 1, 0)], scores[min(k, len(word) - 1)]) >= GOOD
            if fine and phone >= 0 and phone not in _around(text, w, k, behind):
                yield (
                    kind,
                    [*text[:w], [*word[:k], phone, *word[behind:]], *text[w + 1 :]],
                    [*experts[:w], [*scores[:k], float("nan"), *scores[behind:]], *experts[w + 1 :]],
                )


def _instead(said: int, rng: np.random.Generator) -> int:
    """A phone to be asked for where another was said; -1 where there is none that learners say it for."""
    if rng.random() < STRANGE:
        other = int(rng.integers(phones.COUNT - 1))
        return other + (other >= said)
    return int(rng.choice([phones.INDEX[p] for p in tables.WANTED.get(phones.PHONES[said], [])] or [-1]))


def _around(text: Text, w: int, k: int, behind: int) -> set[int]:
    """The phones next to the phones k to `behind` of word w."""
    flow = [p for word in text for p in word]
    at = sum(map(len, text[:w]))
    return {*flow[max(at + k - 1, 0) : at + k], *flow[at + behind : at + behind + 1]}


def train(cases: list[Cases]) -> miscue.Dense:
    """The network."""
    rows, truth = np.vstack([c.rows for c in cases]), np.concatenate([c.truth for c in cases])
    keep = ~np.isnan(truth)
    return miscues.fit(rows[keep], truth[keep], np.ones(int(keep.sum())))


def caught(net: miscue.Dense, test: dict[str, Cases]) -> dict[str, float]:
    """The thresholds that ship, and the shares of changes above them."""
    right = net(test["right"].rows[test["right"].right])
    told, marked = np.quantile(right, 1 - TOLD), np.quantile(right, 1 - MARKED)
    out = {"told_threshold": float(told), "marked_threshold": float(marked)}
    for kind in KINDS:
        p = net(test[kind].rows[test[kind].truth == 1])
        out |= {f"{kind}_told": float((p > told).mean()), f"{kind}_marked": float((p > marked).mean())}
    return out
