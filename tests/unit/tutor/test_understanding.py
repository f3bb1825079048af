"""Short answers, whatever was told, questions for the tutor and about words: each is understood and used."""

# ruff: noqa: E501 - tables read best with one line an entry

import re

import pytest

from language.tutor import (
    askedback,
    corrections,
    ellipsis,
    intents,
    listening,
    memory,
    people,
    phrases,
    pickup,
    review,
    scenarios,
    stage,
    wishes,
)
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("question", "answer", "whole"),
    [
        ("Where are you from?", "Brazil", "I am from Brazil."),
        ("What sport do you like?", "Football", "I like football."),
        ("What do you eat for breakfast?", "bread and cheese", "I eat bread and cheese for breakfast."),
        ("What is your job?", "nurse", "I am a nurse."),
        ("Do you cook at home?", "No", "I don't cook at home."),
        ("Do you cook at home?", "Yes, every evening", "I cook at home every evening."),
        ("How often do you play tennis?", "twice a week", "I play tennis twice a week."),
        ("Where did you buy the jacket?", "in Rome", "I bought the jacket in Rome."),
        ("Why do you like Rome?", "Because it is old.", "I like Rome because it is old."),
        ("What is your favourite food?", "Pizza", "My favourite food is pizza."),
        ("Is maths difficult for you?", "no", "Maths is not difficult for me."),
    ],
)
def test_a_short_answer_is_made_whole(question: str, answer: str, whole: str) -> None:
    assert ellipsis.whole(question, answer).lower() == whole.lower()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Where are you from?", "Football"),
        ("How often do you drink coffee?", "To Norway, in the summer."),
        ("What is your name?", "in a school in Seville"),
        ("What do you like to do in your free time?", "in the park"),
        ("Do you want to tell me more?", "No"),
        ("What is your name?", "What does name mean?"),
        ("Do you cook or do you eat out?", "Yes"),
        ("What is your name?", "{place} {what}"),
        ("", "Pizza"),
        ("What is your name?", ""),
        ("What did you buy there?", "I went home."),
    ],
)
def test_what_is_no_answer_to_the_question_stays_as_it_is(question: str, answer: str) -> None:
    assert ellipsis.whole(question, answer) == answer


def test_short_answers_are_remembered() -> None:
    answers = converse(["Hi", "Fine", "My name is Rui", "Yes", "Where am I from?"], "A1")
    assert "glad" in answers[1]
    said = ["Hello", "My name is Rui.", "I like football.", "Portugal"]
    before = converse(said, "A1")
    if before[2].endswith("Where are you from?"):
        assert "Portugal" in before[3]


@pytest.mark.parametrize(
    ("said", "band", "question"),
    [
        ("My flight was late and the airline sent us to a bad hotel.", "A", "What did you do when the airline sent you to a bad hotel?"),
        ("I adopted a kitten last month.", "B", "How did you come to adopt the kitten?"),
        ("I missed my train.", "C", "What went through your mind when you missed your train?"),
        ("I draw old houses.", "B", "What do you like about drawing old houses?"),
        ("I couldn't sleep until four.", "B", "Why couldn't you sleep until four?"),
        ("My neighbours didn't open the door.", "B", "How did you react when your neighbours didn't open the door?"),
        ("I am angry with this company.", "A", "Why are you angry with this company?"),
        ("Maybe I will write them a letter.", "B", "What do you hope for when you write them a letter?"),
    ],
)  # fmt: skip
def test_the_statement_itself_is_taken_up(said: str, band: str, question: str) -> None:
    assert question in list(pickup.questions(memory.read([said]).latest, band))


@pytest.mark.parametrize("band", ["A", "B", "C"])
@pytest.mark.parametrize(
    "said",
    [
        "It rains.",
        "I have been ill since Monday.",
        "Dinner is ready.",
        "She is a teacher and her name is Ann.",
        "My boss, who is from Spain, told us to work harder because the company lost a lot of money last year.",
        "He never spoke about the war.",
        "I wake up at four o'clock and go to work by bus.",
        "I used to paint.",
        "They say that it's bad.",
    ],
)
def test_questions_of_statements_are_right_english(said: str, band: str) -> None:
    known = memory.read([said])
    for line in (*pickup.questions(known.latest, band), *people.persons(known.latest, known, band)):
        assert line.endswith("?")
        assert not corrections.find(line), line


def test_it_comes_back_to_what_was_told_and_not_to_what_is_over() -> None:
    answers = converse(["Hello", "I play the cello and I live in Lyon.", "ok", "hm", "ok ok", "well"], "B1")
    assert any(re.search(r"(?:told me|you said) that you", answer) for answer in answers[2:])
    answers = converse(
        ["Hello", "I live in Lyon.", "I don't live in Lyon any more, I moved to Brussels.", "ok", "hm", "ok ok"], "B1"
    )
    assert "So now you live in Brussels." in answers[2]
    assert not any("You told me that you live in Lyon" in answer for answer in answers)


def test_a_fragment_goes_on_with_the_message_before() -> None:
    answers = converse(["Hello", "I adopted a kitten.", "From a shelter near the station"], "B1")
    assert "kitten" in answers[2]


@pytest.mark.parametrize(
    ("asked", "part", "back"),
    [
        ("And you, do you have children?", "program", "Do you have children?"),
        ("What is your favourite food?", "if I had to choose", "What is your favourite food?"),
        ("Where do you live?", "computer", ""),
        ("Can you speak Turkish?", "only English", ""),
        ("What day is it today?", "no calendar", ""),
        ("What do you think about learning with films?", "no opinion", "learning with films"),
        ("Should I look for another job?", "can't decide that for you", "for it"),
        ("Do you think I should ask for my money back?", "can't decide that for you", "against it"),
        ("How should I begin the letter?", "Dear Sir or Madam", ""),
        ("Anyway, tell me something about yourself.", "program", "What should I know about you?"),
        ("Why?", "I ask because", ""),
    ],
)
def test_questions_for_the_tutor_are_answered_and_asked_back(asked: str, part: str, back: str) -> None:
    found = askedback.answer(asked, "B")
    assert found is not None
    assert part in found[0]
    assert back in found[1]


@pytest.mark.parametrize(
    "said", ["I like fish.", "Do I have a dog?", "My boss asked what I should do.", "", "😀", "I don't know you."]
)
def test_statements_ask_nothing(said: str) -> None:
    assert askedback.answer(said, "A") is None


def test_what_was_told_is_not_asked_back() -> None:
    answer = converse(["Hello", "I have two sons.", "Do you have children?"])[2]
    assert "Do you have children?" not in answer


def test_the_mistakes_of_the_talk_are_named() -> None:
    answer = converse(["Hello", "I am agree with you.", "What mistakes did I make?"])[2]
    assert "I agree" in answer
    assert "no mistakes" in converse(["Hello", "I agree with you.", "Was my English good?"])[2]
    assert "haven't written much" in (review.answer(["How many mistakes did I make?"], "A") or "")
    assert review.answer(["My English teacher was good."], "A") is None


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ('What does "to get over someone" mean?', "well again"),
        ('What does "to sit on the fence" mean, by the way? Is it rude?', "not having decided"),
        ('Is it "complain about" or "complain for"?', "complain about"),
        ("Which preposition do I need after “depend”?", "depend on"),
        ('What\'s a more formal word for "get"?', "receive"),
        ('How would you say it more formally: "I want to talk about it"?', "I would like to discuss it."),
        ('When do I use "despite" rather than "although"?', "the rain"),
        ("What is the difference between pain and ache?", "headache"),
    ],
)
def test_phrases_and_choices_of_words_are_explained(asked: str, part: str) -> None:
    assert part in converse(["Hello", asked], "B2")[1]


def test_phrases_are_right_english() -> None:
    for meaning, example in phrases._ENTRIES.values():
        assert not corrections.find(example), example
        assert meaning


def test_explain_as_a_verb_of_the_learner_asks_nothing() -> None:
    assert intents.classify("because the teacher explain very good").kind == "answer"
    assert intents.classify("Can you explain reluctant?").kind == "meaning"
    assert intents.classify("I called everybody and corrected it the same night.").kind == "answer"
    assert intents.classify("Did I use it correctly?").kind == "answer"
    assert intents.classify("Now I will sleep. See you!").kind == "goodbye"
    assert intents.classify("Who exactly am I talking to?").kind == "identity"


@pytest.mark.parametrize(
    "said", ["I don't want to do a role play.", "Let's stop the role play.", "No more scenes, please"]
)
def test_a_scene_that_is_not_wanted_is_not_begun(said: str) -> None:
    assert wishes.find(said) is None


def test_what_the_learner_does_not_want_to_talk_about_is_left() -> None:
    answers = converse(["Hello", "My boyfriend broke up with me.", "I don't want to talk about him."], "B2")
    assert "needn't talk about it" in answers[2]
    assert "Good idea, let's talk about food." in converse(["Hello", "Let's talk about food."], "B1")[1]


@pytest.mark.parametrize(
    ("said", "deaf"),
    [
        ("I missed my sister's wedding.", "Congratulations"),
        ("My phone is broken.", "Good to know"),
        ("My girlfriend was waiting at the finish line and she cried.", "I'm sorry"),
        ("I wanted to stop.", "good plan"),
        ("I'm so angry with them.", "interesting"),
    ],
)
def test_reactions_fit_the_news(said: str, deaf: str) -> None:
    assert deaf not in converse(["Hello", said], "B1")[1]
    assert "Congratulations" in converse(["Hello", "My boss has just offered me a promotion."], "C1")[1]


def test_in_a_scene_questions_are_answered_and_what_was_said_is_not_asked() -> None:
    answers = converse(
        [
            "Hi",
            "We have a reservation.",
            "Is there nuts in it? I'm allergic to nuts.",
            "Water, please",
            "I'll have the fish",
        ],
        "B1",
        "restaurant",
    )
    assert "kitchen" in answers[2]
    assert "allergies" not in answers[4]
    doctor = converse(["Hi", "I have had a fever for three days.", "In the morning"], "A2", "doctor")
    assert "When did it start?" not in doctor[1]
    asked = converse(["Hi", "I'm a cook.", "How much is the salary?"], "B1", "job_interview")
    assert "fourteen pounds" in asked[2]


def test_every_scene_has_right_answers() -> None:
    for scene in scenarios.all_scenes():
        for one in (*scene.answers, *(scenarios.Branch(scene.steps[0].expects, line, "") for line in scene.heard)):
            assert not corrections.find(stage.Play(scene).filled(one.say)), one.say


@pytest.mark.parametrize("level", ["A1", "B2", "C1"])
@pytest.mark.parametrize(
    "odd",
    ["", "   ", "😀😀", "?", "!!!", "word " * 2_000, "你好，我很好", "it it it", "my my", "“”", "then", "yes yes yes", "no?",
     "I ... you", "because", "who are you? what is a dog? why?", "a" * 5_000, "\n\n", "you told me that you", "'s talk"],
)  # fmt: skip
def test_odd_messages_are_answered_at_any_time(odd: str, level: str) -> None:
    for answer in converse(["Hello", odd, "I lost my keys yesterday.", odd, "My sister is a nurse.", odd], level):
        assert answer.strip()
        assert len(answer.split()) < 110


def test_questions_that_need_their_subject_wait_for_it() -> None:
    answers = converse(["Hello", "I like films.", "ok", "yes", "hm", "fine", "no", "maybe"], "A1")
    told = " ".join(answers)
    assert "Do you play or do you watch?" not in told
    assert listening.is_known.__doc__
