"""Wishes for the talk: exercises that are checked, debates, stories, harder and easier questions, other roles."""

import pytest

from language.tutor import exercises, gaps, wishing
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("wished", "part"),
    [
        ("Could you give me some exercises about prepositions?", "a short exercise on prepositions. What is missing?"),
        ("I'd like a small test on conditionals.", "a short exercise on conditionals"),
        ("Please test my vocabulary!", "Which word means “"),
        ("Let's play a guessing game.", "Which word means “"),
        ("Can we debate about cars?", "city centres"),
        ("Please argue with me about homework!", "homework"),
        ("Would you tell me a funny story?", "?"),
        ("Can we swap roles?", "I can't change roles"),
        ("Please stop correcting me.", "I won't correct you while you talk"),
        ("What's my level?", "placement test"),
        ("Could you suggest a topic?", "With pleasure."),
        ("Teach me three useful words.", "Here are three"),
    ],
)
def test_a_wish_is_granted_or_refused_with_an_offer(wished: str, part: str) -> None:
    assert part in converse(["Hello", "I work in a bank.", wished], "B1")[-1]


def test_an_exercise_is_checked_answer_by_answer() -> None:
    said = ["Hello", "Give me an exercise on articles.", "an", "I think it is the", "I don't know", "-"]
    _, first, right, wrong, unknown, last = converse(said, "B1")
    assert first.endswith("Choose: a, an, the or nothing.")
    assert "I saw an elephant at the zoo." in right
    assert right.startswith(exercises.RIGHT)
    assert wrong.startswith("Not quite: “My brother is an engineer.”")
    assert unknown.startswith("No problem: “Could you close the door, please?”")
    assert last.endswith(f"2 of 4 were right. {exercises.DONE}")


def test_another_exercise_has_other_sentences() -> None:
    said = ["Hello", "Quiz me on prepositions", "in", "at", "on", "for", "Yes, please."]
    answers = converse(said, "B1")
    assert "4 of 4 were right" in answers[-2]
    assert "a short exercise on prepositions" in answers[-1]
    assert "May" not in answers[-1]


@pytest.mark.parametrize("other", ["Stop, I want to talk about my holidays.", "What does elephant mean?"])
def test_one_may_leave_an_exercise(other: str) -> None:
    answer = converse(["Hello", "Give me an exercise on articles.", other], "B1")[-1]
    assert "What is missing?" not in answer.split("Back to my question")[0]


@pytest.mark.parametrize("item", gaps.ITEMS, ids=lambda item: item.text)
def test_every_item_takes_its_right_answer(item: gaps.Item) -> None:
    assert exercises.fits(item.right[0], item)
    assert not exercises.fits("banana", item)


@pytest.mark.parametrize(
    ("own", "said", "level"),
    [
        ("B1", ["Please ask harder questions."], "C1"),
        ("B1", ["This is too difficult for me."], "A1"),
        ("A2", ["Can you speak more slowly, please?"], "A1"),
        ("B1", ["Your questions are too easy.", "Now it is too difficult for me."], "B1"),
        ("B1", ["My exam was too difficult.", "Running is easier than swimming."], "B1"),
        ("B1", ["My teacher always asks harder questions than the others do in our school."], "B1"),
    ],
)
def test_the_level_follows_the_wish(own: str, said: list[str], level: str) -> None:
    assert wishing.level(own, said) == level


@pytest.mark.parametrize(
    "said",
    [
        "My teacher gave us an exercise yesterday.",
        "I always argue with my brother.",
        "She told me a story about her dog.",
        "I had a blood test last week.",
        "We played a game in the garden.",
    ],
)
def test_talk_is_no_wish(said: str) -> None:
    answer = converse(["Hello", said], "B1")[-1]
    assert "exercise." not in answer
    assert "Convince me" not in answer
    assert "Let's play" not in answer


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        (["When do I use should?", "Could we do an exercise about that?"], "a short exercise on modal verbs"),
        (["Give me my coat. I want to go.", "How can I say that more politely?"], "I would like to go."),
        (["What's a stronger word for smorgle?"], "no other word for “smorgle”"),
        (["Argue with me: why should we close the zoo?"], "I take the other side"),
        (["Does he hold a grudge? What does hold a grudge mean?"], "stay angry"),
    ],
)
def test_a_wish_may_point_back(lines: list[str], part: str) -> None:
    assert part in converse(["Hello", *lines], "B1")[-1]


def test_a_forgotten_birthday_is_no_reason_to_congratulate() -> None:
    assert "Congrat" not in converse(["Hello", "My aunt is sad because we missed her birthday."], "B1")[-1]
