"""The model behind the sizing table: what must be true of any queue, and what was measured of this one."""

from dataclasses import replace

import pytest

pytest.importorskip("simpy", reason="it is among the tests' packages")

from benchmarks import scale
from benchmarks._scale_model import Costs, Habit, Line, Site, percentile, simulate
from tests.support.source import ROOT

BUSY = Habit(4.4, 0.5, 0.8, pause_fixed=True, patience_s=0.8)
"""As the talkers of `run.py bench sessions`."""

MEASURED = Costs(Line(0.045, 0.025, 0.3), Line(0.104, 0.026, 0.4), None)
"""By that benchmark: Whisper base, no scores."""


def test_a_run_is_repeatable() -> None:
    one, other = (simulate(Site(1, 2), 9, scale.BASE, Habit(), seconds=40) for _ in range(2))
    assert (one.finals, one.gaps, one.busy) == (other.finals, other.gaps, other.busy)
    assert simulate(Site(1, 2), 9, scale.BASE, Habit(), seconds=40, seed=2).finals != one.finals


def test_no_final_comes_before_the_turn_is_over_and_a_free_worker_adds_nothing() -> None:
    found = simulate(Site(1, 8), 1, Costs(Line(0.01, 0, 0), Line(0.1, 0, 0), None), Habit(patience_s=0.5))
    assert found.finals and set(found.waits) == {0.0}
    assert all(final == pytest.approx(0.5) for final in found.finals)


def test_more_learners_make_workers_busier_and_captions_rarer_and_never_over_the_whole() -> None:
    runs = [simulate(Site(1, 1), count, scale.BASE, Habit()) for count in (2, 8, 16, 120)]
    assert [run.busy for run in runs] == sorted(run.busy for run in runs)
    assert 0.98 < runs[-1].busy <= 1.01
    gaps = [percentile(run.gaps, 50) for run in runs[:3]]
    assert gaps == sorted(gaps)
    assert runs[0].rung == 0 and runs[-1].rung > 0, "the ladder takes partials away"
    assert runs[0].final_p95 < 1 < runs[-1].final_p95


def test_nodes_that_share_cores_are_slower_than_nodes_of_their_own() -> None:
    alone = simulate(Site(3, 1), 80, scale.BASE, Habit())
    together = simulate(Site(3, 1, cores=1), 80, scale.BASE, Habit())
    assert together.final_p95 > 2 * alone.final_p95


@pytest.mark.parametrize(
    ("talkers", "final_p95", "gap", "busy"),
    [(1, 0.80, 0.26, 35), (3, 0.80, 0.80, 47), (6, 0.80, 1.44, 64), (12, 1.04, 1.99, 83)],
)
def test_it_says_what_was_measured_of_talkers_on_one_worker(
    talkers: int, final_p95: float, gap: float, busy: float
) -> None:
    found = simulate(Site(), talkers, MEASURED, BUSY, seconds=600)
    gaps = [one for one in found.gaps if one < 4]  # that benchmark takes longer ones for pauses
    assert found.final_p95 == pytest.approx(final_p95, rel=0.15)
    assert percentile(gaps, 50) == pytest.approx(gap, rel=0.45)
    assert 100 * found.busy == pytest.approx(busy, abs=12)


def test_the_document_shows_what_the_command_prints() -> None:
    document = (ROOT / "docs" / "scale.md").read_text()
    rows = [scale.row(count, scale.BASE, Habit(), scale.BURDEN).cells() for count in (50, 500, 5000)]
    growth = scale.growth(scale.BASE, Habit(), 1, [1, 8, 48])
    for line in (*scale.table(rows, scale.HEADS).splitlines(), *scale.table(growth, scale.GROWTH_HEADS).splitlines()):
        assert line in document


def test_what_is_needed_grows_with_the_learners_and_serves_them_well() -> None:
    few, many = (scale.row(count, scale.BASE, Habit(), scale.BURDEN) for count in (20, 300))
    assert scale.served_well(few.found) and scale.served_well(many.found)
    assert few.workers < scale.NODE_WORKERS < many.workers
    assert many.servers >= many.workers / scale.NODE_WORKERS
    slower = replace(scale.BASE, partial=Line(0.2, 0.05))
    assert scale.row(20, slower, Habit(), scale.BURDEN).workers > few.workers
