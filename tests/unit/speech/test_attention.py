"""Word times from the decoder's attention."""

import itertools

import numpy as np
from numpy.typing import NDArray

from speech.engines import attention


def test_the_median_of_seven_rows_is_taken() -> None:
    weights = np.random.default_rng(1).standard_normal((2, 3, 40)).astype(np.float32)
    wide = np.pad(weights, ((0, 0), (0, 0), (3, 3)), mode="reflect")
    expected = np.median(np.lib.stride_tricks.sliding_window_view(wide, 7, axis=2), axis=3)
    assert np.array_equal(attention._smooth(weights), expected)


def test_the_path_is_the_cheapest_of_all() -> None:
    chance = np.random.default_rng(2)
    for tokens, rows in itertools.product((1, 2, 4), (1, 3, 6)):
        cost = chance.standard_normal((tokens, rows))
        path = attention._cheapest(cost)
        assert (path[0], path[-1]) == ((0, 0), (tokens - 1, rows - 1))
        assert {(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(path)} <= {(0, 1), (1, 0), (1, 1)}
        assert np.isclose(sum(cost[step] for step in path), _least(cost))


def _least(cost: NDArray[np.float64]) -> float:
    total = np.full((cost.shape[0] + 1, cost.shape[1] + 1), np.inf)
    total[0, 0] = 0
    for i, j in itertools.product(range(cost.shape[0]), range(cost.shape[1])):
        total[i + 1, j + 1] = cost[i, j] + min(total[i, j], total[i, j + 1], total[i + 1, j])
    return float(total[-1, -1])


def test_tokens_lie_where_they_are_attended_to() -> None:
    seen = np.zeros((1, 5, 100), np.float32)
    for token, row in enumerate((0, 0, 10, 40, 70)):
        seen[0, token, row : row + 20] = 8
    path = attention.path(seen, 2, 100)
    starts = [next(row for token, row in path if token == wanted) for wanted in range(3)]
    assert starts[0] == 0
    assert abs(starts[1] - 40) <= 12
    assert abs(starts[2] - 70) <= 12


def test_a_sound_of_a_few_rows_has_a_path() -> None:
    assert attention.path(np.zeros((2, 4, 50), np.float32), 1, 0) == [(0, 0), (1, 0), (2, 0)]
