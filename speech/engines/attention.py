"""When words were said, from the decoder's attention to the sound: the method published with Whisper."""

import numpy as np
from numpy.typing import NDArray

from speech.engines.model_bin import Floats

_REACH = 3  # rows to each side of which the median is taken

# Comparisons after which the fourth of seven numbers is their median.
_MEDIAN = ((0, 5), (0, 3), (1, 6), (2, 4), (0, 1), (3, 5), (2, 6), (2, 3), (3, 6), (4, 5), (1, 4), (1, 3), (3, 4))


def path(attention: Floats, begin: int, rows: int) -> list[tuple[int, int]]:
    """(token, row) steps through the first `rows` rows of the sound, for the tokens from `begin` on.

    `attention` [heads, tokens, rows] is that of all tokens from the start token to the last, before the softmax.
    """
    weights = attention[:, :, : max(1, rows)]
    weights = np.exp(weights - weights.max(axis=2, keepdims=True))
    weights /= weights.sum(axis=2, keepdims=True)
    weights = (weights - weights.mean(axis=1, keepdims=True)) / (weights.std(axis=1, keepdims=True) + 1e-9)
    return _cheapest(-_smooth(weights).mean(axis=0)[begin:].astype(np.float64))


def _smooth(weights: Floats) -> Floats:
    """The median of seven rows; reflected at the ends."""
    count = weights.shape[2]
    if count <= _REACH:
        return weights
    wide = np.pad(weights, ((0, 0), (0, 0), (_REACH, _REACH)), mode="reflect")
    shifted = [wide[:, :, at : at + count] for at in range(2 * _REACH + 1)]
    for low, high in _MEDIAN:
        one, other = shifted[low], shifted[high]
        shifted[low], shifted[high] = np.minimum(one, other), np.maximum(one, other)
    return shifted[_REACH]


def _cheapest(cost: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Dynamic time warping: from the first token and row to the last, each step one further in one of them or both.

    Within a row of the table a step to the right costs what lies between, so running sums and minima give a whole row.
    """
    tokens, rows = cost.shape
    total = np.empty_like(cost)
    total[0] = np.cumsum(cost[0])
    for token, above in enumerate(total[:-1], 1):
        sums = np.cumsum(cost[token])
        enter = np.minimum(above, np.concatenate([[np.inf], above[:-1]]))
        total[token] = sums + np.minimum.accumulate(enter - np.concatenate([[0.0], sums[:-1]]))
    token, row = tokens - 1, rows - 1
    found = [(token, row)]
    while token or row:
        both = total[token - 1, row - 1] if token and row else np.inf
        up = total[token - 1, row] if token else np.inf
        left = total[token, row - 1] if row else np.inf
        if both < up and both < left:
            token, row = token - 1, row - 1
        elif up < left:
            token -= 1
        else:
            row -= 1
        found.append((token, row))
    return found[::-1]
