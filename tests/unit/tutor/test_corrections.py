"""What the built-in tutor corrects: the same as writing; what it says about it, and what it leaves alone."""

import pytest

from api.english.writing import evaluate
from language.correction import applied
from language.tutor import corrections
from tests.support import writing_texts

# (what the tutor's own patterns corrected before there was one grammar check, what the check makes of it)
TYPICAL = [
    ("I have 20 years and I from Brazil.", "I am 20 years old and I am from Brazil."),
    ("Yesterday I go to the cinema with two friend.", "Yesterday I went to the cinema with two friends."),
    ("He don't like fish, she go to school every day.", "He doesn't like fish, she goes to school every day."),
    ("I am agree with you, my brother work in a bank.", "I agree with you, my brother works in a bank."),
    ("I goed to home and I didn't went out.", "I went home and I didn't go out."),
    ("I very like music and I listen music.", "I really like music and I listen to music."),
    ("I have went to London.", "I have gone to London."),
    ("Can you explain me this? It depends of the day.", "Can you explain this to me? It depends on the day."),
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
    ("I like very much to dance.", "I like to dance very much."),
    ("I am thinking about change my job.", "I am thinking about changing my job."),
    ("I am allergic from cats.", "I am allergic to cats."),
    ("I think in you.", "I think about you."),
    ("I arrived to work late.", "I arrived at work late."),
    ("How it is called?", "What is it called?"),
    ("It is more expensive that the other one.", "It is more expensive than the other one."),
    ("We wheather the storm untill noon.", "We weather the storm until noon."),
]


@pytest.mark.parametrize(("said", "right"), TYPICAL)
def test_typical_errors_are_corrected(said: str, right: str) -> None:
    assert applied(said, corrections.find(said)) == right


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
        "For Monday I need the report. By all means take it. Wait your turn!",
        "I live here for two months every year. Who else works here? They pushed forward to make room.",
    ],
)
def test_correct_sentences_are_left_alone(said: str) -> None:
    assert corrections.find(said) == ()


@pytest.mark.parametrize("name", ["development", "held_out", "practice", "unseen"])
def test_the_tutor_and_writing_find_the_same_errors_in_the_same_text(name: str) -> None:
    texts = [text.text for text in writing_texts.load(name)] + [said for said, _ in TYPICAL]
    for text in texts:
        grammar = [one for one in evaluate.corrections(text) if one.kind not in {"capitalisation", "punctuation"}]
        assert list(corrections.find(text)) == grammar


def test_capitals_and_marks_are_put_right_but_not_talked_about() -> None:
    assert corrections.comment("i like music and my brother likes sport", "A") == []
    (comment,) = corrections.comment("i likes music and my brother like sport too", "B")
    assert "I like music and my brother likes sport too." in comment
    assert "capital" not in comment


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Well, she go home.", "Say “she goes”, not “she go”."),
        ("I ate a apple.", "Say “ate an apple”, not “ate a apple”."),
        ("It depends of the weather.", "Say “depends on the weather”, not “depends of the weather”."),
        ("I have two friend.", "Say “two friends”, not “two friend”."),
    ],
)
def test_one_error_is_told_with_the_words_around_it(said: str, told: str) -> None:
    (comment,) = corrections.comment(said, "A")
    assert told in comment
    assert comment.endswith(".")


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("I wait since an hour.", "I have been waiting for an hour."),
        ("He doesn't smoke since 2015.", "He hasn't smoked since 2015."),
        ("We don't eat meat since two years.", "We haven't eaten meat for two years."),
        ("I don't like it since you told me.", "I don't like it since you told me."),
    ],
)
def test_since_takes_the_right_tense(said: str, right: str) -> None:
    assert corrections.corrected(said) == right
