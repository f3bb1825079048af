"""How the learner wants the talk to be is heard and kept; a protest is answered with what it is about."""

import pytest

from language.tutor import manners, protests, verdicts
from language.tutor.turns import ChatTurn
from language.tutor.tutor import Tutor
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You haven't answered my question.", "unanswered"),
        ("This is not what I asked.", "unanswered"),
        ("You keep ignoring my question.", "unanswered"),
        ("I didn't mean that.", "misheard"),
        ("You understood me wrong.", "misheard"),
        ("No, I mean the other house.", "misheard"),
        ("You asked me this already.", "repeated"),
        ("Always the same question again!", "repeated"),
        ("Your answer doesn't make sense.", "useless"),
        ("You never listen to me.", "useless"),
        ("Can you say that again?", None),
        ("Could you repeat it, please?", None),
        ("Can you tell me this again?", None),
        ("My boss doesn't answer my emails.", None),
        ("He said that I misunderstood the rule.", None),
        ("I answered all the questions in the exam.", None),
        ("My husband never listens to me.", None),
        ("I didn't answer the phone.", None),
        ("We repeat the words at school.", None),
        ("I meant to call you.", None),
        ("I always eat the same thing again and again.", None),
        ("It is always the same at work.", None),
        ("I already told my sister.", None),
        ("I just said hello and left.", None),
        ("It was a stupid question.", None),
        ("I don't repeat words.", None),
        ("You say the same thing again and again.", "repeated"),
        ("I already told you that.", "repeated"),
        ("Listen to me!", "useless"),
    ],
)
def test_a_protest_is_known_by_its_kind(text: str, kind: str | None) -> None:
    assert protests.kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "I have no questions.",
        "There were no questions in the exam.",
        "I had no more questions, so I left.",
        "The exam had too many questions.",
        "I just listen to music in the evening.",
        "I just want to tell you that I got the job.",
        "I want to give up smoking.",
        "I write more at work.",
        "I never interrupt.",
        "I correct my mistakes later.",
    ],
)
def test_what_the_learner_tells_of_themselves_is_no_wish(text: str) -> None:
    assert manners.answer([ChatTurn("user", text)], playing=False) is None


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Can you correct me at the end?", manners.HUSHED),
        ("Please don't correct me.", manners.HUSHED),
        ("Please, no questions!", manners.QUIET),
        ("No more questions, please.", manners.QUIET),
        ("I don't want your questions.", manners.QUIET),
    ],
)
def test_a_wish_is_one(text: str, promise: str) -> None:
    assert manners.answer([ChatTurn("user", text)], playing=False) == promise


@pytest.mark.parametrize(
    "text",
    [
        "I was in the team from the beginning.",
        "I'd like to start again in a new company.",
        "Can I have it from the beginning of May?",
        "When do we have a break?",
        "I need to take a break from work.",
    ],
)
def test_what_is_said_in_a_scene_neither_begins_it_again_nor_stops_it(text: str) -> None:
    assert not manners.restarts(text)
    assert manners.answer([ChatTurn("user", text)], playing=True) is None


@pytest.mark.parametrize(
    "text", ["Can we start again?", "From the beginning, please.", "Sorry. Let's do it again from the start."]
)
def test_a_scene_begins_again_when_that_is_wished(text: str) -> None:
    assert manners.restarts(text)


def test_a_question_about_english_that_was_passed_over_is_answered_after_the_protest() -> None:
    answer = converse(["I like tea. What is a phrasal verb?", "That is not an answer to my question."], "B1")[-1]
    assert answer.startswith(protests.SORRY["unanswered"])
    assert "small word" in answer


def test_what_was_misunderstood_is_heard_again() -> None:
    answer = converse(["My dog and my father are old.", "You misunderstood me. My dog is small."], "B1")[-1]
    assert answer == "I'm sorry, I misunderstood you. So your dog is small."


def test_what_is_said_besides_a_protest_leads_on() -> None:
    answer = converse(
        ["I like tea.", "You don't listen to me. Let's change the topic. I want to talk about football."], "B1"
    )[-1]
    assert "football" in answer


def test_which_of_the_two_that_were_quoted_before_is_answered() -> None:
    said = ['Is it "I have reservation" or "I have a reservation"?']
    assert verdicts.answer("I want to book. Which is correct?", said) == (
        "“I have a reservation” is right. A single thing that can be counted takes an article."
    )


def test_corrections_wait_for_the_end_until_they_are_wished_again() -> None:
    lines = [
        "Hello, I'm Ida.",
        "Please correct me only at the end.",
        "My brother work in a bank.",
        "He like it.",
        "Goodbye!",
    ]
    answers = converse(lines, "A2")
    assert answers[1].startswith(manners.HUSHED)
    assert "We say" not in answers[2] + answers[3]
    assert "brother works" in answers[4]
    again = converse([*lines[:3], "You can correct me again.", "My sister work, too."], "A2")
    assert again[3].startswith(manners.LOUD)
    assert "works" in again[4]


def test_without_questions_none_is_asked_until_they_are_wished_again() -> None:
    answers = converse(["I work in a shop.", "No questions, please.", "My day was long.", "I sold ten bikes."], "B1")
    assert answers[1] == manners.QUIET
    assert not any("?" in one for one in answers[2:])
    assert all(len(one.split()) > 2 for one in answers[2:])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Stop!", "I stop"),
        ("Can I ask you something?", "What would you like to know?"),
        ("I just want to tell you about my week.", "I'm listening"),
        ("Why do you always ask me so many things?", "I ask so that you speak"),
        ("Let me finish, please.", "I'm listening"),
        ("Can we continue with something new?", "With pleasure."),
    ],
)
def test_a_wish_for_the_talk_is_heard(text: str, part: str) -> None:
    assert part in converse(["I'm from Chile.", text], "B1")[-1]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Can we start again from the beginning?", "You have just arrived"),
        ("You already asked me that.", "How many nights"),
        ("I want to stop.", "we leave the scene"),
        ("That's not what I said.", "What did you mean?"),
    ],
)
def test_a_wish_and_a_protest_are_heard_in_a_scene(text: str, part: str) -> None:
    assert part in converse(["Hello, I have a booking.", text], "B1", "hotel")[-1]


def test_what_was_not_finished_is_heard_without_the_plea() -> None:
    history = [ChatTurn("user", "Wait, I'm not finished. I have a fever, too.")]
    assert manners.stripped(history)[-1].content == "I have a fever, too."


def test_an_exercise_ends_when_the_learner_wants_to_talk() -> None:
    lines = ["Give me an exercise on articles.", "an. But can we talk about my new job?"]
    assert converse(lines, "B1")[-1].endswith("All right, no more exercises. What about your new job?")


@pytest.mark.parametrize("text", ["Please check it.", "Why don't you check my sentence?", "Is it correct?"])
def test_what_is_to_be_checked_is_the_sentence_that_was_said(text: str) -> None:
    judged = verdicts.answer(text, ['My sentence: "He go home." I hope it helps.'])
    assert judged is not None
    assert "He goes home." in judged


def test_nobody_is_told_that_a_sentence_has_no_mistake() -> None:
    answer = converse(["Is it correct: “The moon walks my purple idea”?"], "B1")[-1]
    assert "I'm not sure about" in answer


def test_of_two_the_one_is_named_whose_words_stand_together() -> None:
    judged = verdicts.answer("Which is right: “capable of it” or “capable about it”?", [])
    assert judged is not None
    assert "capable of it" in judged.split("”")[0].lower()


@pytest.mark.parametrize("corrected", ["Not quite. Say: “I am here.”", "A correct way to say it: “I am here.”"])
def test_a_correction_whose_sentence_is_not_in_the_history_can_be_contested(corrected: str) -> None:
    history = [ChatTurn("assistant", corrected), ChatTurn("user", "Are you sure?")]
    assert verdicts.contested(history[-1].content, history) is None
    assert Tutor().answer(history, "B1", None, "en")
