"""The proficiency index from evidence."""

import random
import statistics
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.english.xpi import formula as xpi
from api.english.xpi.formula import Evidence

NOW = datetime(2026, 1, 1, tzinfo=UTC)
evidence = st.builds(
    Evidence,
    skill=st.sampled_from(xpi.SKILLS),
    level=st.sampled_from(sorted(xpi.BANDS)),
    score=st.floats(-100, 100),
    at=st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    weight=st.floats(0.1, 5),
    placed=st.booleans(),
)


def work(
    level: str, score: float, count: int, skill: str = "reading", every: timedelta = timedelta(hours=6)
) -> list[Evidence]:
    return [Evidence(skill, level, score, NOW + every * n) for n in range(count)]


def test_nothing_known_is_the_start_without_confidence() -> None:
    standing = xpi.standing({}, NOW)
    assert (standing.xpi, standing.cefr_level, standing.samples, standing.confidence) == (100, "A1", 0, 0.0)


@given(st.lists(evidence, max_size=30))
def test_replay_gives_the_same_bits_and_stays_in_range(ledger: list[Evidence]) -> None:
    state: dict[str, xpi.SkillState] = {}
    for one in ledger:
        state = xpi.update(state, one)
    again = xpi.replay(ledger)
    assert {name: one.ability.hex() for name, one in state.items()} == {
        name: one.ability.hex() for name, one in again.items()
    }
    assert state == again
    assert 0 <= xpi.overall(state) <= 1000
    assert all(0.0 <= one.ability <= 1000.0 for one in state.values())


def test_a_known_ledger_keeps_its_value_for_ever() -> None:
    """The formula's version promises this value; a change of it needs a new version."""
    ledger = work("A2", 80, 15) + work("B1", 55, 5, "writing", timedelta(days=3)) + work("B1", 90, 4, "speaking")
    state = xpi.replay(ledger)
    assert {name: state[name].ability.hex() for name in sorted(state)} == KNOWN
    assert xpi.VERSION == "xpi-2"


@given(st.lists(evidence, max_size=10), evidence, st.floats(-100, 100))
def test_a_better_score_never_gives_a_lower_index(ledger: list[Evidence], last: Evidence, other: float) -> None:
    state = xpi.replay(ledger)
    low, high = sorted((last.score, other))
    scores = [
        xpi.update(state, Evidence(last.skill, last.level, s, last.at, last.weight))[last.skill].ability
        for s in (low, high)
    ]
    assert scores[0] <= scores[1]


def test_perfect_work_climbs_from_a1_to_c2_and_stops_one_band_above_the_work() -> None:
    state = xpi.replay(work("A1", 100, 60))
    assert state["reading"].ability == pytest.approx(250, abs=4)
    for level, reached in (("A2", 395), ("B1", 545), ("B2", 695), ("C1", 845)):
        for one in work(level, 100, 60):
            state = xpi.update(state, one)
        assert state["reading"].ability > reached


def test_easy_work_done_perfectly_pulls_nobody_down() -> None:
    state = xpi.replay(work("C1", 90, 60))
    after = xpi.update(state, Evidence("reading", "A1", 100, NOW + timedelta(days=30)))
    assert after["reading"].ability == state["reading"].ability


def test_guessing_in_work_far_too_hard_leads_nowhere() -> None:
    """Five questions with four options each, which another draws."""
    ends = []
    for seed in range(200):
        draw = random.Random(seed)
        scores = [sum(100 if draw.random() < 0.25 else -100 / 3 for _ in range(5)) / 5 for _ in range(40)]
        ledger = [Evidence("reading", "C1", score, NOW + timedelta(hours=n)) for n, score in enumerate(scores)]
        ends.append(xpi.replay(ledger)["reading"].ability)
    assert statistics.mean(ends) == pytest.approx(xpi.START, abs=15)
    one = xpi.update({}, Evidence("reading", "C1", 0, NOW))
    assert one["reading"].ability == xpi.START


def test_recent_work_weighs_more_than_old_work() -> None:
    good, bad = work("B1", 100, 20), work("B1", 20, 20)
    later = [Evidence(one.skill, one.level, one.score, one.at + timedelta(days=200)) for one in bad]
    assert xpi.overall(xpi.replay(good + later)) < xpi.overall(xpi.replay(good + bad)) <= xpi.overall(xpi.replay(good))


def test_confidence_grows_with_samples_and_fades_with_time() -> None:
    few, many = xpi.replay(work("B1", 70, 3)), xpi.replay(work("B1", 70, 20))
    soon = NOW + timedelta(days=6)
    assert 0 < xpi.standing(few, soon).confidence < xpi.standing(many, soon).confidence < 1
    assert xpi.standing(many, soon + timedelta(days=365)).confidence < xpi.standing(many, soon).confidence
    assert xpi.standing(many, soon + timedelta(days=365)).xpi == xpi.standing(many, soon).xpi


def test_bands() -> None:
    assert [xpi.cefr_level(value) for value in (0, 100, 249, 250, 400, 550, 700, 850, 1000)] == [
        "A1",
        "A1",
        "A1",
        "A2",
        "B1",
        "B2",
        "C1",
        "C2",
        "C2",
    ]


def test_the_weakest_skill_first_and_the_strongest_never() -> None:
    levels = {"reading": 90, "writing": 50, "listening": 70, "speaking": 30}
    state = xpi.replay([one for skill, score in levels.items() for one in work("B1", score, 5, skill)])
    assert xpi.weakest(state) == ["speaking", "writing", "listening"]


def test_no_skill_lags_while_it_is_shown_as_the_highest_or_another_as_lower() -> None:
    assert xpi.weakest({}) == [] and xpi.weakest(xpi.replay(work("A1", 100, 1, "reading"))) == []
    assert xpi.weakest(xpi.replay(work("A1", 0, 1, "reading"))) == [], "nothing is known of another"
    good = work("B1", 90, 5, "reading") + work("B1", 60, 5, "speaking")
    assert xpi.weakest(xpi.replay(good)) == [], "writing and listening are shown at 100, below both"
    assert xpi.weakest(xpi.replay(good + work("A1", 0, 3, "writing"))) == ["writing"]
    alike = [one for skill in xpi.SKILLS for one in work("A2", 60, 2, skill)]
    assert xpi.weakest(xpi.replay(alike)) == []


def test_evidence_of_no_known_kind_is_refused() -> None:
    for wrong in (
        Evidence("dancing", "A1", 50, NOW),
        Evidence("reading", "D1", 50, NOW),
        Evidence("reading", "A1", 50, NOW, 0.0),
    ):
        with pytest.raises(ValueError):
            xpi.update({}, wrong)


def test_ten_perfect_tasks_of_each_level_lead_from_a1_to_c1() -> None:
    ledger = [one for level in ("A1", "A2", "B1", "B2", "C1") for one in work(level, 100, 10)]
    assert xpi.cefr_level(xpi.overall(xpi.replay(ledger))) == "C1"


KNOWN = {"reading": "0x1.3a640b61ac3eap+8", "speaking": "0x1.597a11083d148p+8", "writing": "0x1.1d5ce6cf1a551p+8"}


def place(score: float, weight: float, at: datetime = NOW) -> Evidence:
    return Evidence("reading", "B1", score, at, weight, placed=True)


def test_a_placement_takes_the_place_of_the_starting_point() -> None:
    state = xpi.replay([place(50, 9)])
    standing = xpi.standing(state, NOW)
    assert (standing.xpi, standing.cefr_level) == (475, "B1")
    assert standing.confidence == pytest.approx(9 / 15 / 4, abs=0.001)


def test_work_moves_whoever_was_placed_wrongly() -> None:
    later = [Evidence("reading", "B1", 0, NOW + timedelta(days=n), 1.0) for n in range(1, 13)]
    assert xpi.cefr_level(xpi.overall(xpi.replay([place(50, 54), *later]))) == "A2"


def test_a_placement_counts_beside_the_work_before_it() -> None:
    before = work("A2", 100, 20)
    known = xpi.replay(before)["reading"].ability
    both = xpi.replay([*before, place(99, 9, NOW + timedelta(days=6))])["reading"].ability
    assert known < both < 548
