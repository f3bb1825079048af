"""A sound said instead of the one that was asked for: is it marked down, and is it told what was heard?

The audio is a learner's, and one phone that the experts found right is replaced in the text by one that learners say it
for (the pairs of `tables.PAIRS`). Beside it, what is told of the phones that the experts judged themselves.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import assess, phones, tables
from speech.pronunciation.lexicon.plan import Plan
from speech.pronunciation.training import corpus

Encode = Callable[[NDArray[np.float32]], Any]
Reference = tuple[tuple[str, ...], ...]
RIGHT, WRONG = 1.9, 1.0
"""Experts' mean from which a phone counts as right, and below which as wrong."""
LOW = 55.0


def told(assessor: assess.Assessor, encode: Encode, utterances: list[corpus.Utterance], count: int) -> dict[str, float]:
    """Shares of up to `count` substituted phones and of the experts' own, over whole utterances; scores 0 to 100."""
    rng = np.random.default_rng(1)
    asked_for = {said: [w for w, h in tables.PAIRS if h == said] for _, said in tables.PAIRS}
    places = [
        (u, w, p) for u, one in enumerate(utterances) for w, word in enumerate(one.words)
        for p, (phone, score) in enumerate(zip(word.phones, word.scores, strict=True))
        if score >= RIGHT and phones.bare(phone) in asked_for
    ]  # fmt: skip
    drawn: dict[int, list[tuple[int, int]]] = {}
    for k in rng.permutation(len(places))[:count]:
        u, w, p = places[int(k)]
        drawn.setdefault(u, []).append((w, p))
    before: list[float] = []
    swapped: list[tuple[dict[str, Any], str]] = []
    judged: list[tuple[dict[str, Any], float]] = []
    for u, one in enumerate(utterances):
        x = one.audio()
        frames = encode(x)
        reference = tuple(tuple(w.phones) for w in one.words)
        own = _phones(assessor, x, frames, one, reference)
        judged += [(entry, one.words[w].scores[p]) for (w, p), entry in own.items()]
        for w, p in drawn.get(u, []):
            said = phones.bare(reference[w][p])
            wanted = str(rng.choice(asked_for[said]))
            word = (*reference[w][:p], wanted + reference[w][p][len(said) :], *reference[w][p + 1 :])
            entry = _phones(assessor, x, frames, one, (*reference[:w], word, *reference[w + 1 :])).get((w, p))
            if entry is not None and (w, p) in own:
                before.append(own[w, p]["score"])
                swapped.append((entry, said))
    named = [entry.get("heard") == said for entry, said in swapped if "heard" in entry]
    right = [entry for entry, score in judged if score >= RIGHT]
    wrong = [entry for entry, score in judged if score < WRONG]
    return {
        "substituted": len(swapped), "score before": float(np.mean(before)),
        "score": float(np.mean([entry["score"] for entry, _ in swapped])),
        "below 55": float(np.mean([entry["score"] < LOW for entry, _ in swapped])),
        "told": len(named) / max(1, len(swapped)), "rightly": float(np.mean(named)),
        "experts' right, told": _share(right), "experts' wrong, told": _share(wrong),
        "experts' right, below 55": float(np.mean([entry["score"] < LOW for entry in right])),
    }  # fmt: skip


def _share(entries: list[dict[str, Any]]) -> float:
    return float(np.mean(["heard" in entry for entry in entries]))


def _phones(
    assessor: assess.Assessor, x: NDArray[np.float32], frames: Any, one: corpus.Utterance, reference: Reference
) -> dict[tuple[int, int], dict[str, Any]]:  # fmt: skip
    """The report's phones by word and place, of the words that were judged."""
    report = assessor.score(x, frames, given(assessor, one, reference))
    return {
        (w.index, p): entry for w in report.words if w.index is not None for p, entry in enumerate(w.phonemes)
    }  # fmt: skip


def given(assessor: assess.Assessor, utterance: corpus.Utterance, reference: Reference) -> Plan:
    """A plan with these phones for the words of an utterance."""
    plan = assessor.plan(" ".join(w.text for w in utterance.words))
    if len(plan.words) != len(utterance.words):
        plan = assessor.plan(" ".join("word" for _ in utterance.words))
    return assessor.plan(plan.text, {i: (phones_,) for i, phones_ in enumerate(reference)})
