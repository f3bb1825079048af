"""In a scene what was said comes before the script."""

# ruff: noqa: E501 - tables read best with one line an entry

import pytest

from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("scene", "first", "words", "never"),
    [
        ("restaurant", "Good evening, a table for four, please.", "A table for four", "reservation?"),
        ("hotel", "Hello, my name is Paulo Reis and I booked a room for three nights.", "Paulo Reis", "How can I help"),
        ("travel", "My flight to Lima is cancelled.", "When do you have to be there?", "suitcase"),
        ("travel", "Somebody stole my passport at the station.", "look like", "suitcase"),
        ("phone", "I'm calling about an invoice. We paid 90 euros, but it says 900.", "paid 90", "Tuesday"),
        ("shopping", "I need a present for my sister. She likes horses.", "book", "big one or a small one"),
        ("shopping", "I bought these shoes yesterday, but they have a hole. I want my money back.", "receipt", "What would you like"),
        ("doctor", "I have had a cough for two weeks.", "Cough", "What is the problem"),
    ],
)  # fmt: skip
def test_the_first_message_of_a_chosen_scene_is_heard(scene: str, first: str, words: str, never: str) -> None:
    answer = converse([first], "A2", scene)[0]
    assert words in answer
    assert never not in answer


def test_what_is_refused_is_not_offered_again() -> None:
    answers = converse(
        ["Hello, a table for two, please.", "We don't want drinks.", "The pizza, please."], "A2", "restaurant"
    )
    assert "drink" not in answers[1].split("All right, no drinks.")[-1]
    assert "drink" not in answers[2]


def test_what_was_told_already_is_not_asked_again() -> None:
    answers = converse(
        [
            "Good evening. I have a reservation.",
            "My name is Li Na.",
            "Two nights.",
            "The garden.",
            "I already told you: the garden.",
        ],
        "A2",
        "hotel",
    )
    assert answers[-1].startswith("You're right, I'm sorry.")
    assert "view" not in answers[-1]


def test_an_allergy_is_remembered() -> None:
    answers = converse(
        ["Hello", "I have a pain in my knee", "I am allergic to ibuprofen.", "Can I take ibuprofen?"], "A2", "doctor"
    )
    assert answers[-1].startswith("No, please don't take ibuprofen")


def test_a_complaint_names_the_thing_and_is_not_followed_by_the_script() -> None:
    answers = converse(["I have a reservation, my name is Li Na.", "There are ants in my bathroom!"], "A2", "hotel")
    assert "the ants" in answers[-1]
    assert "nights" not in answers[-1]


def test_who_was_given_what_they_are_allergic_to_is_asked_about_first() -> None:
    answers = converse(
        ["A table for two, please.", "My wife is allergic to nuts.", "There are nuts in her cake! I am angry."],
        "A2",
        "restaurant",
    )
    assert "Has your wife eaten any of it?" in answers[-1]


def test_what_is_told_with_an_objection_is_answered() -> None:
    answers = converse(
        [
            "I'm calling about an invoice.",
            "I just told you, the invoice is wrong. We paid 200 euros, but it says 2000.",
        ],
        "B2",
        "phone_call",
    )
    assert answers[-1].startswith("You're right, I'm sorry.")
    assert "you paid 200, but it says 2000" in answers[-1]
