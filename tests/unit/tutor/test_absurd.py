"""A part in a scene neither sells weapons nor knows where the truth is, and keeps its private life to itself."""

import pytest

from language.tutor import absurd
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("scene", "asked"),
    [
        ("hotel", "Do you sell guns?"),
        ("shopping", "Where can I get a fake passport?"),
        ("restaurant", "Where is true love?"),
        ("hotel", "Have you got a dragon?"),
        ("job_interview", "Where is your husband?"),
        ("shopping", "Are you married?"),
        ("travel_trouble", "How much money do you earn?"),
        ("hotel", "Do you have children of your own?"),
        ("restaurant", "Do you have a wife and kids at home?"),
        ("shopping", "What does your husband do?"),
        ("shopping", "What is your age?"),
        ("shopping", "Where can I get drugs for a party?"),
        ("hotel", "Do you have elephants here?"),
    ],
)
def test_no_absurd_question_is_answered_with_a_yes_or_a_place(scene: str, asked: str) -> None:
    assert absurd.answer(asked, [], scene) is not None
    answer = converse(["Hello", asked], "B1", scene)[-1]
    assert "Yes" not in answer
    assert "over there" not in answer


@pytest.mark.parametrize(
    ("scene", "asked"),
    [
        ("hotel", "Do you have a room for my family?"),
        ("restaurant", "Do you have a knife?"),
        ("doctor", "Do I need other drugs?"),
        ("doctor", "Where is your wife?"),
        ("shopping", "Where are the children's shoes?"),
        ("restaurant", "Do you have your own children's menu?"),
        ("shopping", "I love this jacket. How much is it?"),
        ("hotel", "How far is the zoo with the elephants from here?"),
        ("travel_trouble", "Is there peace and quiet in the lounge upstairs?"),
        ("restaurant", "Do you have children's menus?"),
        ("restaurant", "Do you have kids meals?"),
        ("shopping", "Do you have kids' shoes?"),
        ("shopping", "Where is your baby food?"),
        ("hotel", "Where is your family room?"),
        ("hotel", "What is your age limit?"),
        ("travel_trouble", "What is your weight limit for bags?"),
        ("shopping", "Do you sell toy guns?"),
        ("shopping", "Have you got water pistols?"),
        ("shopping", "Do you have stuffed elephants?"),
        ("shopping", "Where are the bath bombs?"),
        ("shopping", "Do you have any drugs for a headache?"),
        ("hotel", "Have you got drugs against a cold?"),
        ("travel_trouble", "Where is the bullet train?"),
    ],
)
def test_everyday_questions_are_left_to_the_scene(scene: str, asked: str) -> None:
    assert absurd.answer(asked, [], scene) is None


def test_somebody_met_by_chance_may_have_a_family() -> None:
    assert absurd.answer("And where is your wife?", [], "small_talk", privately=True) == "At home today, I think."
    assert absurd.answer("Are you married?", [], "small_talk", privately=True) is None
