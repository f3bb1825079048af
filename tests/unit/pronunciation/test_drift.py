"""Whether scores move over time."""

import numpy as np
import pytest

from speech.pronunciation import drift
from tests.support import reports


def drawn(mean: float, count: int, seed: int) -> drift.Distribution:
    rng = np.random.default_rng(seed)
    out = drift.Distribution()
    for phone in ("AA", "TH"):
        for score in np.clip(rng.normal(mean, 8, count), 0, 100):
            out.add(phone, float(score))
    return out


def test_the_same_scores_do_not_raise_the_alarm() -> None:
    found = drift.compare(drawn(90, 1000, 1), drawn(90, 1000, 2))
    assert found.index is not None
    assert found.index < 0.05
    assert not found.shifted


def test_scores_that_fell_raise_it() -> None:
    found = drift.compare(drawn(78, 1000, 1), drawn(90, 1000, 2))
    assert found.shifted
    assert set(found.phones) == {"AA", "TH"}


def test_too_little_says_nothing() -> None:
    assert drift.compare(drawn(50, 50, 1), drawn(90, 1000, 2)).index is None


def test_a_distribution_survives_storing() -> None:
    golden = drawn(90, 100, 3)
    again = drift.Distribution.from_dict(golden.as_dict())
    assert (again.total == golden.total).all()


@pytest.mark.parametrize("kind", ["whisper", "sphinx"])
def test_the_golden_set_ships_and_is_like_itself(kind: str) -> None:
    golden = drift.golden(kind)
    assert golden.total.sum() > 5000
    assert not drift.compare(golden, golden).shifted


def test_reports_are_counted() -> None:
    found = drift.Distribution()
    sounds = reports.phone("AA", 100.0), reports.phone("AA", 3.0)
    found.add_report(reports.report(50.0, reports.word("a", 50.0, "none", *sounds)))
    assert found.counts["AA"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]
