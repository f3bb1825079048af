"""A sound that is missing or was said instead of another: is it marked down, and is it told what was heard?

The audio is a learner's, and a phone that the experts found right is replaced in the text by one that learners say it
for (the pairs of `tables.PAIRS`), or a consonant that nobody said is put behind a word. Beside it, what is told of the
phones that the experts judged themselves.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.assessment import Phone
from speech.pronunciation import assess, phones, scale, tables
from speech.pronunciation.lexicon.plan import Plan
from speech.pronunciation.training import corpus

Encode = Callable[[NDArray[np.float32]], Any]
Reference = tuple[tuple[str, ...], ...]
Entry = Phone
Entries = dict[tuple[int, int], Entry]
Change = tuple[str, int, int, tuple[str, ...], str]
"""Kind, word and place of a change, the word's new phones, and what should be heard there."""
RIGHT, WRONG = 1.9, 1.0
"""Experts' mean from which a phone counts as right, and below which as wrong."""
LOW = scale.HARD
_CONSONANTS = [p for p in phones.PHONES if p not in phones.VOWELS]


def told(assessor: assess.Assessor, encode: Encode, utterances: list[corpus.Utterance]) -> dict[str, dict[str, float]]:
    """A swapped and a missing phone in each utterance, and all of the experts' own. Shares; scores 0 to 100."""
    rng = np.random.default_rng(1)
    found: dict[str, list[tuple[Entry, str]]] = {
        "swapped": [],
        "missing": [],
        "experts' right": [],
        "experts' wrong": [],
    }
    for one in utterances:
        x = one.audio()
        frames = encode(x)
        reference = tuple(tuple(w.phones) for w in one.words)
        for (w, p), entry in _phones(assessor, x, frames, one, reference).items():
            score = one.words[w].scores[p]
            if score >= RIGHT or score < WRONG:
                found["experts' right" if score >= RIGHT else "experts' wrong"].append((entry, ""))
        for kind, w, p, word, heard in (*_swapped(one, rng), _missing(one, rng)):
            slipped = _phones(assessor, x, frames, one, (*reference[:w], word, *reference[w + 1 :])).get((w, p))
            if slipped is not None:
                found[kind].append((slipped, heard))
    return {kind: _shares(entries, kind in ("swapped", "missing")) for kind, entries in found.items()}


def _swapped(one: corpus.Utterance, rng: np.random.Generator) -> list[Change]:
    """Empty where no phone can be swapped."""
    places = [
        (w, p)
        for w, word in enumerate(one.words)
        for p, phone in enumerate(word.phones)
        if word.scores[p] >= RIGHT and phones.bare(phone) in tables.WANTED
    ]
    if not places:
        return []
    w, p = places[int(rng.integers(len(places)))]
    word = one.words[w].phones
    said = phones.bare(word[p])
    wanted = str(rng.choice(tables.WANTED[said])) + word[p][len(said) :]
    return [("swapped", w, p, (*word[:p], wanted, *word[p + 1 :]), said)]


def _missing(one: corpus.Utterance, rng: np.random.Generator) -> Change:
    w = int(rng.integers(len(one.words)))
    word = tuple(one.words[w].phones)
    follows = phones.bare(one.words[w + 1].phones[0]) if w + 1 < len(one.words) else ""
    wanted = str(rng.choice([p for p in _CONSONANTS if p not in (phones.bare(word[-1]), follows)]))
    return "missing", w, len(word), (*word, wanted), ""


def _shares(entries: list[tuple[Entry, str]], truth: bool) -> dict[str, float]:
    named = [entry["heard"] == heard for entry, heard in entries if "heard" in entry]
    out = {
        "phones": len(entries),
        "score": float(np.mean([entry["score"] for entry, _ in entries])),
        "below 60": float(np.mean([entry["score"] < LOW for entry, _ in entries])),
        "told": len(named) / len(entries),
    }
    return out | {"told rightly": float(np.mean(named))} if truth else out


def _phones(
    assessor: assess.Assessor, x: NDArray[np.float32], frames: Any, one: corpus.Utterance, reference: Reference
) -> Entries:
    """The report's phones by word and place, of the words that were judged."""
    report = assessor.score(x, frames, given(assessor, one, reference))
    read = [(w.index, w.phonemes) for w in report.words if w.index is not None and w.error != "omission"]
    return {(index, p): entry for index, entries in read for p, entry in enumerate(entries)}


def given(assessor: assess.Assessor, utterance: corpus.Utterance, reference: Reference) -> Plan:
    """A plan with these phones for the words of an utterance."""
    plan = assessor.plan(" ".join(w.text for w in utterance.words))
    if len(plan.words) != len(utterance.words):
        plan = assessor.plan(" ".join("word" for _ in utterance.words))
    return assessor.plan(plan.text, {i: (phones_,) for i, phones_ in enumerate(reference)})
