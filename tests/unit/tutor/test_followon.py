"""Questions and reactions made of what the learner has just told."""

import re

import pytest

from language.tutor import corrections, followon, memory
from tests.unit.tutor.test_tutor import converse


def asked(text: str, band: str = "A") -> list[str]:
    known = memory.read([text])
    return list(followon.questions(known.latest, known, band))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Yesterday I went to the cinema.", "What did you see at the cinema?"),
        ("I go yesterday to the cinema", "What did you see at the cinema?"),
        ("I bought a jacket.", "Where did you buy the jacket?"),
        ("I cooked pasta for my family.", "Was the pasta good?"),
        ("I want to open a bakery.", "Why do you want to open a bakery?"),
        ("I live in Lisbon.", "What do you like about living in Lisbon?"),
        ("I have two dogs.", "What do your dogs like to do?"),
        ("My sister is a student.", "Where does your sister study?"),
        ("I don't like coffee.", "Why don't you like coffee?"),
        ("I like playing football with my friends.", "How often do you do that?"),
        ("I went to Paris.", "What did you do in Paris?"),
        ("We visited my grandmother.", "What did you do with your grandmother?"),
        ("I am learning to play the guitar.", "Is it difficult to play the guitar?"),
    ],
)
def test_the_question_uses_the_learners_own_words(said: str, question: str) -> None:
    assert question in asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "Yesterday I went to the cinema with my friend.",
        "I bought a jacket in Rome.",
        "I have two dogs, Max and Luna.",
        "My brother Tom works as a cook in a hotel.",
        "We have three children.",
        "I read a book about history.",
        "I am going to visit my aunt tomorrow.",
        "I play the piano and I like old films.",
        "I drink a lot of coffee.",
        "I was born in Peru.",
        "I lost my phone on the bus.",
        "I want to learn the piano, because it is beautiful.",
    ],
)
@pytest.mark.parametrize("band", ["A", "B", "C"])
def test_the_questions_are_right_english_and_not_answered_yet(said: str, band: str) -> None:
    for question in asked(said, band):
        assert not corrections.find(question), question
        assert not re.search(r"[{}]|  | ,", question)
        assert question.endswith("?")
    if " in " in said or " to the " in said:
        assert not any(one.startswith("Where did you") for one in asked(said, band))


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("Yesterday I go to the cinema.", "Ah, yesterday you went to the cinema!"),
        ("I am nurse.", "So you are a nurse."),
        ("I buyed a new car.", "you bought a new car"),
    ],
)
def test_errors_are_said_back_right(said: str, back: str) -> None:
    assert back in converse(["Hello", said])[1]


def test_what_was_told_is_not_asked() -> None:
    answers = converse(
        ["Hello", "My sister's name is Rita.", "My sister is a teacher.", "She is nice.", "My sister is tall."]
    )
    assert "What is your sister's name?" not in " ".join(answers)
