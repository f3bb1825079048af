"""Conversations with the built-in tutor, as a learner would have them."""

import re

import pytest

from language.tutor import corrections, glossary, roleplay, scenarios, stage, topics, tutor
from language.tutor.turns import ChatTurn
from language.tutor.tutor import Tutor


def converse(lines: list[str], level: str = "A2", scenario: str | None = None, language: str = "en") -> list[str]:
    history: list[ChatTurn] = []
    answers: list[str] = []
    for line in lines:
        history.append(ChatTurn("user", line))
        answers.append(Tutor().answer(history, level, scenario, language))
        history.append(ChatTurn("assistant", answers[-1]))
    return answers


def test_it_says_once_that_it_is_the_built_in_tutor() -> None:
    first, second = converse(["Hello!", "I like football."])
    assert "built-in practice tutor" in first
    assert "built-in" not in second
    assert "not a large language model" in converse(["Hi", "Are you a robot?"])[1].replace("not a person and ", "")


def test_the_same_history_has_the_same_answer() -> None:
    lines = ["Hello", "My name is Ana", "I work as a nurse", "yesterday I go out"]
    assert converse(lines) == converse(lines)


def test_it_corrects_and_then_goes_on() -> None:
    (answer,) = converse(["I have 20 years."])[-1:]
    assert "I am 20 years old" in answer
    assert answer.rstrip().endswith("?")


def test_it_keeps_facts_and_does_not_ask_for_what_it_knows() -> None:
    answers = converse(
        ["Hello", "My name is Ana and I am from Brazil.", "I am a nurse.", "I like films.", "yes", "Bye"]
    )
    assert "Nice to meet you, Ana." in answers[1]
    assert "Ana" in answers[-1]
    later = " ".join(answers[2:])
    assert "What is your name?" not in later
    assert "Where are you from?" not in later


def test_it_never_asks_the_same_question_twice_in_forty_turns() -> None:
    answers = converse(["I like travelling to Italy with my friends."] + ["I think so, because it is nice."] * 39, "B1")
    questions = [answer.rsplit(". ", 1)[-1].strip() for answer in answers]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize(("level", "band"), [("A1", "A"), ("B2", "B"), ("C1", "C"), ("nonsense", "A")])
def test_questions_fit_the_level(level: str, band: str) -> None:
    answer = converse(["Hello", "Dinner is ready."], level)[1]
    food = next(topic for topic in topics.TOPICS if topic.name == "food")
    assert any(question in answer for question in food.questions[band])


def test_it_explains_words_and_returns_to_its_question() -> None:
    answers = converse(["Hello", "I like music", "What does stubborn mean?"])
    assert "not wanting to change your mind" in answers[2]
    assert answers[1].rsplit(". ", 1)[-1] in answers[2]
    assert "in my dictionary" in converse(["what does xylograph mean?"])[0]


def test_it_tells_two_words_apart_and_checks_a_sentence() -> None:
    assert "homework" in converse(["What is the difference between make and do?"])[0]
    assert "I agree with you" in converse(["Is it correct: I am agree with you?"])[0]
    assert "no mistake" in converse(["Is it correct: I agree with you?"])[0]


def test_a_learner_who_does_not_understand_hears_the_question_again() -> None:
    answers = converse(["Hello", "I like music", "I don't understand"])
    assert answers[1].rsplit(". ", 1)[-1] in answers[2]


def test_short_answers_are_met_with_an_invitation_to_say_more() -> None:
    assert any("because" in answer for answer in converse(["Hello", "yes", "no", "ok"]))


@pytest.mark.parametrize("text", ["", "   ", "…", "😀"])
def test_silence_is_answered(text: str) -> None:
    assert "say it again" in converse([text])[0]


def test_a_scenario_runs_from_its_setting_to_its_closing() -> None:
    answers = converse(
        [
            "Hi, can we practise ordering in a restaurant?",
            "No, a table for two please",
            "water",
            "hmm",
            "I'll take the fish",
            "No",
            "It is delicious",
            "The bill please",
            "By card",
            "Thanks",
        ],
        "B1",
    )
    assert "I am the waiter" in answers[0]
    assert "A table for two" in answers[1], "a branch answers what was said"
    assert "Try:" in answers[3], "an answer that misses the point is helped with a hint"
    assert "whole scene" in answers[8]
    assert "waiter" not in answers[9]


@pytest.mark.parametrize("level", ["A2", "B1", "C1"])
@pytest.mark.parametrize("one", scenarios.all_scenes(), ids=lambda one: one.id)
def test_every_scenario_can_be_played_to_its_end(one: scenarios.Scenario, level: str) -> None:
    said = converse(["Hello"] + ["Well, let me think."] * 2 * len(one.steps), level, one.id)
    play = stage.Play(one)
    assert one.setting in said[0]
    assert sum(one.closing in answer for answer in said) == 1
    for step in one.steps:
        assert any(play.filled(step.lines[scenarios.BANDS[level]]) in answer for answer in said)


@pytest.mark.parametrize("one", scenarios.all_scenes(), ids=lambda one: one.id)
def test_the_model_answer_in_a_hint_is_accepted_and_right(one: scenarios.Scenario) -> None:
    for step in one.steps:
        for quoted in re.findall("“(.+?)”", stage.Play(one).filled(step.hint)):
            assert step.expects.search(quoted), step.hint
            assert "…" in quoted or not corrections.find(quoted), quoted


@pytest.mark.parametrize("one", scenarios.all_scenes(), ids=lambda one: one.id)
def test_scenes_are_whole(one: scenarios.Scenario) -> None:
    places = {"", "a bakery", "Google"} if "{place}" in one.at else {""}
    for place in places:
        opening = " ".join(roleplay.first_lines(stage.Play(one, place), "B"))
        play = stage.running([ChatTurn("assistant", opening)])
        assert play == stage.Play(one, place), "the slots are found again in what was said"
    for step in one.steps:
        for branch in step.branches:
            assert branch.to in {"", *(other.id for other in one.steps)}
            assert not corrections.find(branch.say), branch.say
        for line in step.lines.values():
            text = stage.Play(one).filled(line)
            assert "{" not in text
            assert not corrections.find(text), text


def test_the_session_may_name_the_scenario() -> None:
    assert scenarios.named("job_interview") is scenarios.named("A job interview")
    assert scenarios.named("at the hotel reception") is scenarios.named("hotel")
    assert scenarios.named("quantum physics") is None
    assert scenarios.named(None) is None


def test_another_language_is_answered_honestly() -> None:
    assert "only English" in converse(["Hola"], language="es")[0]


def test_answers_can_be_spoken() -> None:
    lines = ["Hello", "I has a dog", "What does fair mean?", "Let's practise at a hotel", "I don't understand", "bye"]
    for answer in converse(lines):
        assert not set(answer) & set("*_#`<>→|"), answer


def test_the_answer_streams_in_pieces() -> None:
    answer = Tutor().answer([ChatTurn("user", "Hello")], "A1", None, "en")
    assert len(tutor.pieces(answer)) > 5
    assert "".join(tutor.pieces(answer)) == answer


def test_inflected_words_are_found_in_the_glossary() -> None:
    entry = glossary.look_up("achieved")
    assert entry is not None
    assert entry.word == "achieve"
    assert glossary.look_up("habits") is glossary.ENTRIES["habit"]


_TALKS = {
    "A1": [
        "Hello.",
        "I am fine. And you?",
        "My name is Marta.",
        "I like to dance.",
        "I am from Poland.",
        "I have two dogs.",
        "My mother is a teacher.",
        "Yes.",
        "No.",
        "I don't know.",
        "Pizza.",
        "We went to the beach.",
    ],
    "B1": [
        "Hi!",
        "I had a difficult week because my boss gave me too much work.",
        "I work as a nurse in a hospital.",
        "I want to open a bakery.",
        "My grandmother had a bakery in Portugal.",
        "Do you like bread?",
        "asdf qwer zxcv",
        "Hola, no entiendo nada de esto",
        "We watched a film about sharks.",
        "It depends on the weather.",
    ],
    "C1": [
        "Good evening.",
        "I've been wondering whether remote work is good for young people.",
        "On the one hand they save time, on the other hand they learn less.",
        "That's a false dichotomy.",
        "What do you think?",
        "You're not answering my question.",
        "I'd say it depends on the industry.",
        "Tell me a joke.",
    ],
}


@pytest.mark.parametrize("level", _TALKS)
def test_long_talks_keep_going_without_saying_the_same_twice(level: str) -> None:
    answers = converse(_TALKS[level], level)
    asked = [
        question
        for answer in answers
        for question in re.findall(r"[^.!?:“”]+\?", answer)
        if "My question was" not in answer
    ]
    assert len(asked) == len(set(asked))
    assert all("?" in answer or "Tell me" in answer or "Describe" in answer for answer in answers)
    assert max(len(answer.split()) for answer in answers[1:]) < 60
    for said, answer in zip(_TALKS[level], answers, strict=True):
        asked_back = "And you?" in answer
        assert asked_back or said.rstrip(".!") not in answer or len(said.split()) < 3  # no echo


def test_what_was_said_decides_the_next_question() -> None:
    one = converse(["Hello", "I want to open a bakery."], "B1")[-1]
    other = converse(["Hello", "I want to learn the piano."], "B1")[-1]
    assert "bakery" in one
    assert "piano" in other


def test_the_same_answer_again_and_again_is_noticed() -> None:
    answers = converse(["yes"] * 6, "A1")
    assert any("said that before" in answer for answer in answers)
    assert len(set(answers)) == len(answers)


def test_it_asks_again_after_nonsense_and_other_languages() -> None:
    for odd in ("asdf qwer zxcv", "Je ne comprends pas"):
        before, after = converse(["I like music.", odd], "A2")
        assert re.findall(r"[^.!?]+\?", before)[-1].strip() in after


def test_in_a_scene_mistakes_are_corrected_and_advice_is_given() -> None:
    answers = converse(
        [
            "Hello",
            "Yes, for two.",
            "Water, please.",
            "What do you recommend?",
            "The fish, please.",
            "I am allergic of nuts.",
        ],
        "B1",
        "restaurant",
    )
    assert "recommend the fish" in answers[3]
    assert "What would you like to eat?" in answers[3]
    assert "allergic to" in answers[5]
