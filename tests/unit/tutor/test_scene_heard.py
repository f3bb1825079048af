"""A scene hears what is refused, repeats a whole order, and answers as its part would."""

import pytest

from language.tutor import corrections, orders
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We take two pizzas, a salad and three beers, please.", "Two pizzas, a salad and three beers: certainly."),
        ("The chicken with rice and sparkling water.", "The chicken with rice and sparkling water: certainly."),
        ("A tea and a cake without sugar", "A tea, a cake, no sugar: certainly."),
        ("The soup is cold and the fish is raw.", ""),
        ("I take the fish.", ""),
    ],
)
def test_a_whole_order_is_said_back(text: str, said: str) -> None:
    assert orders.said_back("restaurant", "{1}: certainly.", text) == said


@pytest.mark.parametrize(
    ("scene", "lines", "part", "not_said"),
    [
        ("shopping", ["I need a coat.", "Not white. Have you got it in brown?"], "brown", "In white"),
        ("shopping", ["I need a coat.", "A warm one.", "I don't need to try it on."], "", "changing rooms"),
        (
            "doctor",
            ["I have a cough for two days.", "At night.", "I can't take ibuprofen."],
            "no ibuprofen",
            "go on with",
        ),
        (
            "doctor",
            ["My knee hurts since Monday.", "Can I go running tomorrow?"],
            "No sport for one week",
            "Yes, of course",
        ),
        ("doctor", ["My knee hurts.", "How many weeks will it be until it is well?"], "weeks", "quarter of an hour"),
        (
            "job_interview",
            ["Hi, I'm Ivo and I cook.", "I'm patient.", "That's less than what I earn now. I can't accept it."],
            "second talk",
            "no salary",
        ),
    ],
)
def test_what_is_refused_or_asked_is_heard(scene: str, lines: list[str], part: str, not_said: str) -> None:
    answer = converse(["Hello", *lines], "B1", scene)[-1]
    assert part in answer
    assert not_said not in answer


def test_a_question_for_a_moment_does_not_end_the_scene() -> None:
    said = ["Hello", "Can we stop for a moment? What does receipt mean?", "I'd like a jumper."]
    assert "leave the scene" not in " ".join(converse(said, "B1", "shopping"))


@pytest.mark.parametrize("text", ["My back hurts since two weeks.", "And we sit here since an hour."])
def test_since_is_not_put_right_by_halves(text: str) -> None:
    assert "present perfect" in " ".join(corrections.comment(text, "B"))
