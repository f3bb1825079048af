"""What the built-in tutor corrects, and what it leaves alone."""

from itertools import pairwise

import pytest

from api.chat.builtin import corrections


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("I have 20 years and I from Brazil.", "I am 20 years old and I am from Brazil."),
        ("Yesterday I go to the cinema with two friend.", "Yesterday I went to the cinema with two friends."),
        (
            "He don't like fish, she go to school every day.",
            "He doesn't like fish, she goes to school every day.",
        ),
        ("I am agree with you, my brother work in a bank.", "I agree with you, my brother works in a bank."),
        ("I goed to home and I didn't went out.", "I went home and I didn't go out."),
        ("I very like music and I listen music.", "I really like music and I listen to music."),
        ("I have went to London.", "I have gone to London."),
        ("Can you explain me this? It depends of the day.", "Can you explain to me this? It depends on the day."),
        ("I enjoy to swim. I am used to wake up early.", "I enjoy swimming. I am used to waking up early."),
        ("She is more tall than me. This is more better.", "She is taller than me. This is better."),
        ("I have a apple and an university card.", "I have an apple and a university card."),
        ("I recieve informations becouse I ask.", "I receive information because I ask."),
        ("I want that you help me. You must to go.", "I want you to help me. You must go."),
        ("There is many people here. People is nice.", "There are many people here. People are nice."),
        ("I live here since five years.", "I have lived here for five years."),
        ("What means gorgeous? I am interesting in history.", "What does gorgeous mean? I am interested in history."),
        ("We watch TV last night.", "We watched TV last night."),
        ("I'm looking forward to see you. She can goes there.", "I'm looking forward to seeing you. She can go there."),
        ("The teacher said me to wait. I don't know nothing.", "The teacher told me to wait. I don't know anything."),
    ],
)
def test_typical_errors_are_corrected(said: str, right: str) -> None:
    assert corrections.apply(said, corrections.find(said)) == right


@pytest.mark.parametrize(
    "said",
    [
        "I saw him go home. She can go. Does he like it? I made her cry.",
        "I went there two days ago. I left three books. I have 5 years of experience.",
        "He has been there and he has gone home; it does not matter. They suggested that she go.",
        "I think it works well and my friend helps me. It rained yesterday and I stayed at home.",
        "When I was a child my mother used to cook. I do my homework and my sister plays.",
        "It took an hour. A European car. She is an honest person and a user of one-way tickets.",
        "I need two book tickets and a ten minute walk.",
        "What do you think about it? Where do you live?",
        "I would rather wait for the bus than walk home in the rain.",
    ],
)
def test_correct_sentences_are_left_alone(said: str) -> None:
    assert corrections.find(said) == []


def test_a_correction_says_where_and_why() -> None:
    (one,) = corrections.find("Well, she go home.")
    assert ("Well, she go home."[one.start : one.end], one.suggestion) == ("she go", "she goes")
    assert one.kind == "agreement"
    assert one.message.endswith(".")


def test_corrections_never_overlap() -> None:
    found = corrections.find("Yesterday she have two childs and he go to home becouse I has 20 years")
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert found
