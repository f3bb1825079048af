"""What a message is about: a protest or a story, a subject or a person, the learner's own sentence or a quoted one."""

import pytest

from language.tutor import (
    advice,
    followups,
    intents,
    memory,
    protests,
    questions,
    recall,
    recollection,
    review,
    scenarios,
    subjects,
    sympathy,
    telling,
    thread,
    urgent,
    usage,
    wishes,
)
from language.tutor.turns import ChatTurn
from tests.unit.tutor.test_tutor import converse


def test_who_told_of_something_and_asks_about_it_gets_what_was_told() -> None:
    told = ["Hello", "I have a parrot. His name is Rico.", "He is green."]
    assert "Rico" in converse([*told, "I told you about my parrot. What is his name?"], "A2")[-1]
    assert "green" in converse([*told, "I told you about my parrot."], "A2")[-1]


@pytest.mark.parametrize(
    "said", ["The law makes no sense.", "This film made no sense at all to me.", "His plan makes no sense."]
)
def test_what_has_no_sense_in_a_story_is_no_protest(said: str) -> None:
    assert protests.kind(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "That makes no sense.",
        "Your question doesn't make sense.",
        "No, it makes no sense!",
        "What you say makes no sense.",
    ],
)
def test_what_has_no_sense_in_the_talk_is_one(said: str) -> None:
    assert protests.kind(said) == "useless"


@pytest.mark.parametrize(
    ("under_way", "said", "scene"),
    [
        (None, "Good morning. Hotel, please.", "hotel"),
        (None, "The doctor, please!", "doctor"),
        ("hotel", "Can we play the restaurant now?", "restaurant"),
        ("phone_call", "Let's do the job interview.", "job_interview"),
        ("shopping", "Next I want small talk.", "small_talk"),
    ],
)
def test_a_scene_named_in_few_words_is_begun(under_way: str | None, said: str, scene: str) -> None:
    found = wishes.find(said, playing=scenarios.named(under_way))
    assert found is not None
    assert found.scene is not None
    assert found.scene.id == scene


@pytest.mark.parametrize(
    ("under_way", "said"),
    [
        ("hotel", "The airport, please."),
        ("restaurant", "Water, please."),
        ("hotel", "Can we try the restaurant on the roof?"),
        (None, "Yesterday we went to a restaurant."),
    ],
)
def test_a_place_that_is_spoken_of_is_none(under_way: str | None, said: str) -> None:
    assert wishes.find(said, playing=scenarios.named(under_way)) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Well, I should get going. Take care!", "goodbye"),
        ("Right, time to head off.", "goodbye"),
        ("I have to run a shop and a family.", "answer"),
        ("You must take care of your teeth.", "answer"),
        ("Different question, please.", "topic"),
        ("I want to talk with the boss.", "answer"),
        ("I want to talk with you about music.", "topic"),
    ],
)
def test_what_is_wanted_is_read_from_the_whole_message(said: str, kind: str) -> None:
    assert intents.classify(said).kind == kind


def test_why_is_no_word_to_be_explained() -> None:
    assert intents.classify("Could you explain me why?").kind != "meaning"
    assert intents.classify("Could you explain thrive?").kind == "meaning"


def test_quoted_words_of_a_question_are_no_mistakes() -> None:
    said = ['Is it "good in" or "good at"?', "I am happy.", "What mistakes did I make?"]
    assert "no mistakes" in (review.answer(said, "B") or "")
    assert "doesn't" in (review.answer(["He don't like it.", "What mistakes did I make?"], "B") or "")


def test_the_use_of_a_word_and_the_form_of_a_sentence_are_judged() -> None:
    assert "is fine" in (review.answer(["He suggested a walk.", "Ok.", "Did I use “suggested” correctly?"], "B") or "")
    assert "doesn't" in (review.answer(["He don't mind.", "Did I say that correctly?"], "B") or "")
    assert "I went" in (review.answer(["Hi.", "Did I say it right: “Yesterday I go home”?"], "B") or "went")
    assert not recollection.is_explicit("Did I say it right?")
    assert recollection.is_explicit("Did I say where I live?")


def test_a_joke_is_told_when_something_lighter_is_asked_for_with_it() -> None:
    story = thread.read([ChatTurn("user", "Let's talk about something lighter. Do you know a joke?")])
    assert "?" in subjects.take_up("something lighter. Do you know a joke?", story, "B")[0]


def test_what_a_question_names_itself_is_advised_on() -> None:
    told = advice.answer(["I cannot sleep.", "What can I do to speak better?"], "B")
    assert told is not None
    assert "bed" not in told[0]
    assert "bed" in (advice.answer(["I cannot sleep.", "What can I do?"], "B") or [""])[0]


def test_a_rule_of_a_house_is_no_rule_of_grammar() -> None:
    assert usage.answer("The rules are strict. Why must I leave at ten?") is None
    assert usage.answer("What is the rule for must?") is not None


def test_a_parent_who_knows_nobody_any_more_is_a_sorrow() -> None:
    for text in (
        "My father no longer recognises me.",
        "She doesn't know me any more.",
        "We had to put Grandma into a nursing home.",
    ):
        assert sympathy.find(text, "B") is not None, text
    assert sympathy.find("I don't know the way any more.", "B") is None


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        (["He is fine, it was only his stomach."], "Is it good to sleep after lunch?"),
        (["I cook.", "I live in Rome.", "I like jazz."], "What should I do against boredom, rest or walk?"),
        ([], "What do you do on Sundays?"),
    ],
)
def test_danger_that_is_over_is_not_answered_again(later: list[str], asked: str) -> None:
    lines = ["My father has strong chest pain now.", *later, asked]
    history = [ChatTurn("user", line) for line in lines]
    assert urgent.answer(history, None) is None


def test_danger_that_lasts_is() -> None:
    lines = ["My father has strong chest pain now.", "What should I do?"]
    assert "112" in (urgent.answer([ChatTurn("user", line) for line in lines], None) or "")


def test_what_one_likes_most_is_told_and_not_asked() -> None:
    said = "What we enjoy most about Oslo is the fjord."
    assert followups.find(said, "B") == []
    assert telling.of(said) == ()
    assert recall.answer(["I like tea.", said]) is None
    assert recall.answer(["I like tea.", "What do I like?"]) is not None


@pytest.mark.parametrize(("noun", "several"), [("children", "children"), ("wives", "wives"), ("sisters", "sisters")])
def test_they_stands_for_several_in_right_english(noun: str, several: str) -> None:
    told = memory.read((f"I have four {noun}.", "They go to school here."))
    assert any(one.text.startswith(f"your {several} go") for one in told.told)


def test_a_joke_that_was_made_is_no_wish_for_one() -> None:
    assert questions.answer("He is fine, it was a joke") is None
    assert questions.answer("Tell me a joke") is not None


def test_no_fever_is_no_danger_to_a_baby() -> None:
    assert not urgent.tells("No fever. But I am pregnant with a baby.", at_doctors=True)
    assert urgent.tells("My baby is two months old and has a fever.", at_doctors=True)


def test_how_good_it_was_is_asked_after_a_scene_too() -> None:
    assert review.answer(["I am happy.", "How good was my English?"], "B") is not None
