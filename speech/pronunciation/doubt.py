"""In free speech: how sure it is that a word was said, by two readings of the sound. A doubtful word is not judged.

The recognizer knows words and what usually follows them, and writes what a learner probably meant. The classifier of
phones knows no words: it says how likely the word's sounds are where the word stands. Where both agree the word was
said; what was recognized without hesitation may sound a little strange, and what sounds right may be a rare word.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import features, matching
from speech.pronunciation.beside import Heard
from speech.pronunciation.judge import Judged
from speech.pronunciation.lexicon.plan import Plan

Floats = NDArray[np.float64]
UNKNOWN = 0.75
"""Confidence of a word where the recognizer tells none."""
NEAR = 2
"""Words on either side that count as the neighbourhood: misheard words come in runs."""
_SUREST = 0.999
_UNCLEAR_LEAST, _UNCLEAR_SHARE = 2, 0.25
"""Of rightly recognized words one in eight is doubtful; from so many on, the learner is notified."""


@dataclass(frozen=True)
class Weights:
    """What adds to the logarithm of the odds that a word was said: a constant; the recognizer's own odds of the word,
    and of the neighbourhood, each as logarithms; the mean log posterior of the word's sounds.

    Fitted by logistic regression, as is `least`, the certainty under which a word is not judged: so that at least seven
    in ten of the words that a recognizer got wrong are left out, and one in eight or nine of the others.
    """

    base: float
    word: float
    neighbourhood: float
    sounds: float
    least: float

    def __call__(self, confidence: Floats, fit: Floats) -> Floats:
        """Probabilities of words in a row, from confidences (0 to 1) and mean log posteriors."""
        sure = np.clip(confidence, 1 - _SUREST, _SUREST)
        odds = np.log(sure / (1 - sure))
        near = np.array([odds[max(0, i - NEAR) : i + NEAR + 1].mean() for i in range(len(odds))])
        result: Floats = 1 / (
            1 + np.exp(-(self.base + self.word * odds + self.neighbourhood * near + self.sounds * fit))
        )
        return result


WEIGHTS = {"whisper": Weights(1.29, 0.27, 0.56, 1.07, 0.72), "sphinx": Weights(1.86, 0.32, 0.58, 1.13, 0.65)}
"""By the evidence; fitted on 65 learners and the words of Whisper base."""


def weighed(j: Judged, kind: str, plan: Plan, heard: Heard) -> Judged:
    """The judgement with the certainty of every word; the plan is that of the words `heard`."""
    sure = _of_words(j, plan, heard)
    fits = np.full(len(sure), features.FLOOR)
    fits[list(j.kept)] = fit(j)
    weights = WEIGHTS[kind]
    certainty = weights(sure, fits)
    return replace(
        j,
        certainty=certainty,
        doubted=tuple(place for place, i in enumerate(j.kept) if certainty[i] < weights.least),
    )


def unclear(j: Judged) -> bool:
    """Whether so many words are doubtful that the text as a whole may be wrong."""
    return len(j.doubted) >= max(_UNCLEAR_LEAST, _UNCLEAR_SHARE * len(j.kept))


def fit(j: Judged) -> Floats:
    """How well the sounds of the words that have a place fit it: mean log posteriors."""
    own, word = j.evidence.rows[:, features.COLUMN["own"]].astype(float), j.evidence.alignment.chain.word
    result: Floats = np.bincount(word, own) / np.bincount(word)
    return result


def _of_words(j: Judged, plan: Plan, heard: Heard) -> Floats:
    """The recognizer's confidence in each word that is judged."""
    told = {place: word[3] if len(word) == 4 else UNKNOWN for place, word in enumerate(heard)}
    if len(plan.words) != len(heard):  # the text is not cut into words as the recognizer does
        told = {
            ours: told[theirs]
            for ours, theirs in matching.matched([w.text for w in plan.words], [word[0] for word in heard])
        }
    return np.array([told.get(w.index, UNKNOWN) for w in j.words])
