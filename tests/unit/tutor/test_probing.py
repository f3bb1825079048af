"""The tutor stays with what was told, in a tone that fits, and answers short questions about words."""

import pytest

from language.tutor import corrections, followups, intents, points, probing, recall, sense, wishes, wordwork
from language.tutor.turns import ChatTurn
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("level", "said", "question"),
    [
        ("B1", "He never spoke about the war", "What did you think about that?"),
        ("B2", "I've recently been promoted to team leader", "How do you feel about it?"),
        ("C1", "Companies benefit from ambiguity", "What makes you say that?"),
        ("C1", "I haven't taken a plane since 2019", "What else would you say about the plane?"),
        ("C1", "They argue that individual choices are futile", "What else would you say about individual choices?"),
    ],
)
def test_what_no_table_knows_is_followed_up_and_no_new_subject_begun(level: str, said: str, question: str) -> None:
    assert converse(["Hello", said], level)[1].endswith(question)


@pytest.mark.parametrize("level", ["A1", "B1", "C1"])
def test_after_two_general_questions_comes_a_topic_and_none_comes_twice(level: str) -> None:
    said = [f"My uncle moved his {thing} to the cellar of the castle" for thing in ("piano", "wardrobe", "bed", "desk")]
    answers = converse(["Hello", *said], level)
    general = {line for sorts in probing._QUESTIONS.values() for lines in sorts.values() for line in lines}
    asked = [line for answer in answers for line in general if answer.endswith(line)]
    assert len(asked) == len(set(asked)) <= 3


def test_the_general_questions_are_right_english() -> None:
    for sorts in probing._QUESTIONS.values():
        for lines in sorts.values():
            assert not [line for line in lines if corrections.find(line)]


@pytest.mark.parametrize("level", ["A2", "B1", "C1"])
def test_nothing_fond_is_asked_of_the_dead_or_of_a_quarrel(level: str) -> None:
    for lines in (
        ["My dog died yesterday", "He was fourteen years old"],
        ["My boss shouted at me", "My boss is unfair"],
    ):
        text = " ".join(converse(["Hello", *lines, "I have a problem with my boss"], level))
        for fond in ("like to do?", "like most about your", "'s name?", "What is your boss like?"):
            assert fond not in text, text


def test_trouble_gets_a_fitting_reaction() -> None:
    assert followups.feelings("I have a problem with my neighbour", "B")[0].reaction == "That must be annoying."
    assert not followups.feelings("I have no problem", "B")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("What is the opposite of expensive?", "“cheap”"),
        ("opposite of ugly?", "“beautiful”"),
        ("What's a synonym of reluctant?", "“unwilling”"),
        ("How do you spell thorough?", "T-H-O-R-O-U-G-H"),
        ("How do you pronounce thorough?", "THUR-uh"),
        ("Is 'irregardless' a word?", "not in my dictionary"),
        ("Is “house” a word?", "Yes"),
        ("Give me an example of reluctant", "to leave the party"),
    ],
)
def test_questions_about_a_word_are_answered(asked: str, part: str) -> None:
    assert part in (wordwork.answer(asked, []) or "")


def test_it_is_the_word_explained_last() -> None:
    history = [ChatTurn("assistant", "“Reluctant” means not really wanting to do something.")]
    assert "R-E-L-U" in (wordwork.answer("how do you spell it?", history) or "")
    assert "leave the party" in (wordwork.answer("Use it in a sentence please", history) or "")
    assert wordwork.answer("My house is the opposite of the bank.", []) is None
    assert wordwork.answer("She is a word artist.", []) is None


def test_other_ways_to_ask_are_understood() -> None:
    assert intents.classify("And between economic and economical?").kind == "difference"
    assert intents.classify("How can I say politely that they should be quiet?").kind != "check"
    assert "Could you" in (points.answer("How can I say politely that they should be quiet?") or "")
    assert "base form" in (points.answer("When does one use the subjunctive?") or "")
    assert intents.classify("thank you very much, goodbye").kind == "goodbye"
    assert intents.classify("Let's stop here").kind == "goodbye"
    assert intents.classify("Let's stop at the shop").kind != "goodbye"
    wish = wishes.find("Could we rehearse a negotiation about a salary raise?")
    assert wish is not None and wish.scene is None


@pytest.mark.parametrize("text", ["me gusta el futbol", "j'ai un chien et il est très grand", "ich habe eine Katze"])
def test_simple_sentences_of_other_languages_are_seen(text: str) -> None:
    assert sense.of(text) == "other_language"


def test_answers_from_memory_are_whole_sentences() -> None:
    said = ["We have two sons, Ali and Omar", "What did I tell you about the holidays?"]
    assert recall.answer(said) == "You haven't told me about the holidays yet."
    assert "is your sons" not in (recall.answer([said[0], "How old is Omar?"]) or "")
    assert "How old are your sons" in (recall.answer([said[0], "How old are my sons?"]) or "How old are your sons")


def test_a_retired_judge_is_no_retired() -> None:
    assert "a retired." not in converse(["Hello", "I'm a retired judge and I spend my time gardening"], "C1")[1]


def test_sizes_are_asked_only_where_things_have_sizes() -> None:
    ticket = converse(["Let's practise shopping at the train station", "To Manchester, please"], "B1")
    assert ticket[1].endswith("one or two?")
    shirt = converse(["Let's practise shopping for clothes", "I'm looking for a shirt"], "B1")
    assert shirt[1].endswith("a big one or a small one?")


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("I'm working here since five years.", "I have been working here for five years."),
        ("She's living in Rome since 2010.", "She has been living in Rome since 2010."),
        ("I know him since a year.", "I have known him for a year."),
        ("I have been to London last year.", "I went to London last year."),
        ("Yesterday I no go to school.", "Yesterday I didn't go to school."),
        ("Last week we not win.", "Last week we didn't win."),
        ("My colleague suggested me to wait.", "My colleague suggested that I wait."),
    ],
)
def test_time_and_suggestions_are_corrected(said: str, right: str) -> None:
    assert corrections.corrected(said) == right


@pytest.mark.parametrize(
    "right",
    [
        "I have been to London twice.",
        "I have been at home since a year ago.",
        "I'm resting at home since Monday was hard.",
        "We're leaving since a year has twelve months.",
        "He suggested me to her boss.",
        "She suggested that I wait.",
        "Yesterday I did not go, and nobody missed me.",
        "Last year we, not they, won the cup.",
        "She's lived in Rome since 2010.",
        "I'm living here for two years, until June.",
        "He's been working here since May.",
    ],
)
def test_right_english_stays_as_it_is(right: str) -> None:
    assert not corrections.find(right)
