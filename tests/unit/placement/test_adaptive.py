"""The way through a placement, and what it finds."""

from collections import Counter
from collections.abc import Callable

import pytest

from benchmarks import placement
from language.placement import adaptive, model
from language.placement.adaptive import Answer, Attempt
from language.placement.items import SKILLS, Item, bank


def taken(attempt: Attempt, share: Callable[[Item], float]) -> list[Answer]:
    answers: list[Answer] = []
    while (item := adaptive.following(attempt, answers)) is not None:
        answers.append(Answer(item, share(item)))
    return answers


def knows(level: float) -> Callable[[Item], float]:
    return lambda item: float(item.difficulty < level)


class TestCourse:
    def test_the_same_answers_give_the_same_questions_and_result(self) -> None:
        one, other = (taken(Attempt("a"), knows(2.5)) for _ in range(2))
        assert one == other
        assert adaptive.found(one) == adaptive.found(other)

    def test_another_attempt_has_other_questions(self) -> None:
        first = taken(Attempt("a"), knows(2.5))
        seen = {one.item.id for one in first}
        second = taken(Attempt("b", seen=seen), knows(2.5))
        assert len(seen & {one.item.id for one in second}) <= len(second) / 3
        assert adaptive.found(second).cefr == adaptive.found(first).cefr

    @pytest.mark.parametrize("level", [0.0, 1.5, 2.5, 3.5, 5.0])
    def test_every_skill_is_asked_and_none_twice(self, level: float) -> None:
        answers = taken(Attempt("a"), knows(level))
        asked = Counter(one.item.skill for one in answers)
        assert set(asked) == set(SKILLS)
        assert asked["use"] >= asked["reading"] >= 2 and asked["listening"] >= 2
        assert asked["writing"] <= 2 and asked["speaking"] <= 2
        assert len({one.item.id for one in answers}) == len(answers) <= adaptive.MOST_ITEMS

    def test_what_is_left_out_is_not_asked(self) -> None:
        answers = taken(Attempt("a", without={"speaking"}), knows(3.2))
        assert {one.item.skill for one in answers} == {"use", "reading", "listening", "writing"}

    @pytest.mark.parametrize(("level", "cefr"), [(0.4, "A1"), (1.5, "A2"), (2.5, "B1"), (3.5, "B2"), (4.8, "C1")])
    def test_who_knows_what_is_below_a_level_is_placed_there(self, level: float, cefr: str) -> None:
        assert adaptive.found(taken(Attempt("a"), knows(level))).cefr == cefr

    def test_who_knows_nothing_and_who_knows_all_get_the_ends(self) -> None:
        assert adaptive.found(taken(Attempt("a"), lambda _: 0.0)).cefr == "A1"
        assert adaptive.found(taken(Attempt("a"), lambda _: 1.0)).cefr == "C1"

    def test_guessing_alone_gives_the_lowest_level(self) -> None:
        """The first option each time, nothing typed, written or said."""
        picked = iter(range(1000))
        found = adaptive.found(taken(Attempt("a"), lambda item: float(item.kind == "choice" and next(picked) % 4 == 0)))
        assert found.cefr in ("A1", "A2")

    def test_a_weak_skill_is_told(self) -> None:
        answers = taken(Attempt("a"), lambda item: float(item.difficulty < (1.5 if item.skill == "listening" else 3.5)))
        skills = adaptive.found(answers).skills
        assert min(skills, key=lambda skill: skills[skill].level) == "listening"
        assert all(skills[skill].confidence <= 1 for skill in skills)


class TestModel:
    def test_half_of_what_is_not_guessed_is_right_at_the_difficulty(self) -> None:
        item = bank()["use-01"]
        assert model.probability(item, item.difficulty) == pytest.approx((0.25 + 0.97) / 2)
        assert model.probability(item, 5.0) > 0.96 and model.probability(item, -5.0) == pytest.approx(0.25, abs=0.01)

    def test_information_is_the_slope_squared_over_the_variance(self) -> None:
        item, level, step = bank()["use-09"], 0.9, 1e-5
        rise = (model.probability(item, level + step) - model.probability(item, level - step)) / (2 * step)
        chance = model.probability(item, level)
        assert model.information(item, level) == pytest.approx(rise**2 / (chance * (1 - chance)), rel=1e-5)

    def test_more_answers_make_it_surer_and_their_order_does_not_matter(self) -> None:
        pairs = [(item, float(item.difficulty < 2.5)) for item in bank().values()]
        few, many = model.estimate(pairs[:10]), model.estimate(pairs)
        assert many.deviation < few.deviation and many.confidence > few.confidence
        assert model.estimate(reversed(pairs)).level == pytest.approx(many.level)


class TestSimulation:
    def test_nine_of_ten_learners_are_placed_within_half_a_level(self) -> None:
        placed = placement.simulate(placement.WORLDS[0])
        assert len(placed) == 2000
        assert placement.within(placed) >= 0.9
        assert max(len(one.answers) for one in placed) <= 25
        for level in range(5):
            assert placement.within([one for one in placed if int(one.truth) == level]) >= 0.85

    def test_wrong_difficulties_and_careless_learners_cost_little(self) -> None:
        for world in placement.WORLDS[1:]:
            placed = placement.simulate(world, 300)
            assert placement.within(placed) >= 0.75, world.name
            assert sum(one.is_neighbour for one in placed) / len(placed) >= 0.98, world.name
