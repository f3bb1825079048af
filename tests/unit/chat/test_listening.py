"""The tutor listens: sympathy before anything else, memory of what was told, and the scene that was wished for."""

import pytest

from api.chat.builtin import scenarios, sympathy
from tests.unit.chat.test_tutor import converse


@pytest.mark.parametrize("level", ["A1", "B1", "C1"])
@pytest.mark.parametrize(
    "news",
    [
        "My mother is very ill.",
        "My mother she is sick.",
        "my son have cancer",
        "My friend is in the hospital",
        "I was in hospital last week.",
        "My best friend has depression.",
        "My grandfather died last week.",
        "We lost our dog.",
        "I want to talk about my mother's death.",
        "Thanks, my father died yesterday.",
        "We had a bad car accident.",
        "My brother broke his leg.",
        "I lost my job yesterday.",
        "i was fired",
        "I can't find a job.",
        "My girlfriend left me.",
        "My parents are getting divorced.",
        "Somebody stole my bike.",
        "Our house burned down.",
        "My cat is missing.",
        "I failed my exam.",
        "I didn't get the job.",
        "I miss my family so much.",
        "I got bad news today.",
        "I am very sad.",
    ],
)
def test_bad_news_gets_sympathy_first(news: str, level: str) -> None:
    answer = converse(["Hello", news], level)[1]
    assert "sorry" in answer.split("?")[0].split(".")[0] + answer.split(".")[1]
    for deaf in ("do together", "Good idea", "Congratulations", "You're welcome", "is your mother like"):
        assert deaf not in answer


@pytest.mark.parametrize(
    "said",
    [
        "My phone died.",
        "I saw a film where the hero died.",
        "My sister is sick of her job.",
        "My mother is not ill.",
        "My sister works in a hospital.",
        "If my mother was ill, I would stay at home.",
        "Nobody died.",
        "The king died in 1603.",
        "My brother is well and my dog is happy.",
        "I lost my key, but I found it.",
        "I was at home all day.",
    ],
)
def test_what_is_no_bad_news_gets_no_condolences(said: str) -> None:
    assert sympathy.find(said, "A") is None


def test_what_is_over_is_a_relief() -> None:
    assert "glad" in converse(["Hello", "My mother was ill but she is fine now."])[1]


def test_sympathy_does_not_repeat_itself_and_a_lost_match_is_no_success() -> None:
    answers = converse(["Hello", "My mother is very ill.", "My father is ill too."])
    assert answers[1] != answers[2]
    assert "Congratulations" not in converse(["Hello", "I didn't win the match."])[1]
    assert "sorry" in converse(["Hello", "I have to go, my son is in hospital."])[1]
    assert "Goodbye" in converse(["Hello", "I have to go, my son is in hospital."])[1]


def test_in_a_scene_bad_news_is_part_of_the_play() -> None:
    answer = converse(["Hello", "My son is ill."], "A2", "doctor")[1]
    assert "How long" in answer


@pytest.mark.parametrize(
    ("told", "asked", "known"),
    [
        ("I live in Lisbon.", "Where do I live?", "You live in Lisbon."),
        ("i live in lisbon", "do you remember where i live", "You live in lisbon."),
        ("I live near Porto with my sister.", "Which city do I live in?", "You live near Porto."),
        ("I'm from Brazil and I live in Rome.", "Where am I from?", "You are from Brazil."),
        ("I'm from Brazil and I live in Rome.", "Where do I live?", "You live in Rome."),
        ("My name is Ana.", "What's my name?", "Your name is Ana."),
        ("I am 25 years old.", "How old am I?", "You are 25 years old."),
        ("I work as a nurse.", "What is my job?", "You are a nurse."),
        ("I work in a hospital.", "Where do I work?", "in a hospital"),
        ("I like old films.", "What do I like?", "You like old films."),
        ("Yesterday I went to the beach.", "What did I do yesterday?", "yesterday you went to the beach"),
        ("My sister's name is Rita.", "What is my sister's name?", "It is Rita."),
    ],
)
def test_questions_about_oneself_are_answered_from_memory(told: str, asked: str, known: str) -> None:
    answers = converse(["Hello", told, "I drink tea.", "It rains a lot.", asked])
    assert known in answers[-1]
    assert "facts are not my strength" not in answers[-1]


def test_what_was_never_told_is_asked() -> None:
    answer = converse(["Hello", "Where do I live?"])[1]
    assert "haven't told me" in answer
    assert answer.endswith("Where do you live?")
    assert "Your name is Ana. You live in Rome." in converse(
        ["Hello", "My name is Ana and I live in Rome.", "What do you know about me?"]
    )[-1]  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "scene"),
    [
        ("I want practise for job interview at bakery.", "job_interview"),
        ("Let's practice a job interview at a bank.", "job_interview"),
        ("Can we do a job interview?", "job_interview"),
        ("I need prepare for interview", "job_interview"),
        ("I have a job interview tomorrow, can we practise?", "job_interview"),
        ("I would like to practice ordering food in restaurant", "restaurant"),
        ("Pretend you are a doctor.", "doctor"),
        ("You are a waiter and I am a guest.", "restaurant"),
        ("Help me to practise a phone call, please.", "phone_call"),
    ],
)
def test_a_wish_starts_its_scene(wish: str, scene: str) -> None:
    one = scenarios.named(scene)
    assert one is not None
    answer = converse(["Hello", wish])[1]
    assert one.setting in answer
    assert answer.endswith(one.steps[0].line)


def test_the_place_that_was_wished_for_is_named_and_the_wish_corrected() -> None:
    answer = converse(["Hello", "I want practise for job interview at bakery."])[1]
    assert "Let's say that we are at a bakery." in answer
    assert "to practise" in answer


def test_a_hobby_is_no_scene() -> None:
    assert "piano" in converse(["Hello", "I want to practise the piano."])[1]
