"""Texts that say something else than was read: sounds and words that are surely wrong, as examples of low scores.

Experts call 19 phones of 20 well said, so a scorer sees few that are not. A phone put into the text that nobody said is
as good an example as a phone said wrongly, and costs no expert.
"""

import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import features, phones
from speech.pronunciation.training import classifier, evidence

WRONG_SOUND = 0.3
WRONG_WORD = 0.0
SHARE = 0.1
_ALIKE = (
    "IY IH EY EH AE", "AA AO AH OW UH UW", "AW AY OY OW", "ER AH R", "P B T D K G", "F V TH DH S Z", "SH ZH CH JH S",
    "M N NG", "L R W Y", "V W B", "N L",
)  # fmt: skip
ALIKE = {
    p: tuple(sorted({q for group in _ALIKE for q in group.split() if p in group.split()} - {p})) for p in phones.PHONES
}
Text = list[list[int]]
Scores = NDArray[np.float32]


def alter(text: Text, scores: Scores, texts: list[Text], rng: np.random.Generator) -> tuple[Text, Scores]:
    """Another text for the same sound, and what its phones deserve; the true phones keep their scores."""
    marks = iter(scores.tolist())
    words = [[(p, next(marks)) for p in word] for word in text]
    kind = rng.random()
    if kind < 0.4:
        other = texts[int(rng.integers(len(texts)))]
        k = int(rng.integers(len(words)))
        words[k] = [(p, WRONG_WORD) for p in other[int(rng.integers(len(other)))]]
    elif kind < 0.55:
        k = int(rng.integers(len(words)))
        words[k] = [*words[k], (phones.INDEX[str(rng.choice(["T", "D", "S", "Z", "N", "L", "K"]))], WRONG_SOUND)]
    else:
        words = [list(_swapped(word, rng)) for word in words]
    flow = np.array([s for word in words for _, s in word], np.float32)
    return [[p for p, _ in word] for word in words], flow


def _swapped(word: list[tuple[int, float]], rng: np.random.Generator) -> Iterator[tuple[int, float]]:
    for p, score in word:
        near = ALIKE.get(phones.PHONES[p], ())
        if score >= 1.5 and near and rng.random() < SHARE:
            yield phones.INDEX[str(rng.choice(near))], WRONG_SOUND
        else:
            yield p, score


def table(
    bench: evidence.Bench, nets: dict[int, classifier.Frame], prior: evidence.Floats, norm: features.Durations,
    view: str, chosen: list[int],
) -> dict[int, tuple[features.Evidence, Scores]]:  # fmt: skip
    """Evidence of an altered text for every chosen utterance, by the net of its fold, and the scores of its phones."""
    texts = [classifier.reference(u) for u in bench.utterances]
    out = {}
    for u in chosen:
        frames = bench.frames(view, u)
        if frames is None:
            continue
        rng = np.random.default_rng(zlib.crc32(f"altered/{bench.utterances[u].id}".encode()))
        words, scores = alter(texts[u], bench.scores(u), texts, rng)
        found = evidence.measure(nets[int(bench.fold[u])], prior, norm, frames, words)
        if found is not None:
            out[u] = evidence.slim(found), scores
    return out
