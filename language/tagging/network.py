"""The forward pass: sentences of words in, vectors and tags out."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from language.tagging import features, model
from language.tagging.model import Array, Layer

_WIDTH = 96
_PAD = 4
"""Empty rows between sentences: as many as a word sees to each side."""


def vectors(sentences: Sequence[Sequence[tuple[str, str | None, bool]]]) -> list[Array]:
    """For each sentence rows of 96 numbers. A word comes with its norm, if that is not its own, and whether a space
    follows it."""
    padded = np.zeros((sum(map(len, sentences)) + _PAD * (len(sentences) + 1), _WIDTH), np.float32)
    spans, row = [], _PAD
    for sentence in sentences:
        spans.append((row, row + len(sentence)))
        for at, word in enumerate(sentence):
            padded[row + at] = _embedded(*word)
        row += len(sentence) + _PAD
    for layer in model.network().layers[1:]:
        padded = padded + _maxout(_windows(padded), layer)
    return [padded[start:end] for start, end in spans]


@lru_cache(maxsize=10_000)
def _embedded(word: str, norm: str | None, spaced: bool) -> Array:
    """A word without its neighbours. Kept, since texts repeat their words: four megabytes at most."""
    net = model.network()
    places = features.rows(word, norm, spaced)
    parts = [table[list(rows)].sum(axis=0) for table, rows in zip(net.tables, places, strict=True)]
    found: Array = _maxout(np.concatenate(parts)[None], net.layers[0])[0]
    return found


def tags(rows: Array) -> list[str]:
    """The best tag of each row."""
    weight, bias = model.network().tags
    names = model.words().tags
    return [names[best] for best in (rows @ weight.T + bias).argmax(axis=1)]


def _windows(rows: Array) -> Array:
    """Each row with its neighbours."""
    empty = np.zeros((1, rows.shape[1]), np.float32)
    return np.concatenate([np.vstack([empty, rows[:-1]]), rows, np.vstack([rows[1:], empty])], axis=1)


def _maxout(rows: Array, layer: Layer) -> Array:
    pieces = rows @ layer.weight
    pieces += layer.bias
    best = np.maximum(pieces[:, :_WIDTH], pieces[:, _WIDTH : 2 * _WIDTH])
    np.maximum(best, pieces[:, 2 * _WIDTH :], out=best)
    centred = best - best.mean(axis=1, keepdims=True)
    scaled: Array = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-8)
    return scaled * layer.gain + layer.shift
