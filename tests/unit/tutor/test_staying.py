"""The tutor stays in its scene, and with what the learner says: kinds of turns, each with several instances."""

# ruff: noqa: E501 - tables read best with one line an entry

import re

import pytest

from language.tutor import (
    advice,
    alarm,
    echoing,
    improvise,
    intents,
    perspective,
    quoting,
    requests,
    scenarios,
    stage,
    views,
    wishes,
)
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("scene", "lines", "words"),
    [
        ("restaurant", ["Three."], "A table for three"),
        ("restaurant", ["No, a table for two, please", "A glass of red wine", "The chicken with rice, please"], "chicken with rice"),
        ("restaurant", ["No", "Water", "My husband wants a salad"], "a salad for your husband"),
        ("restaurant", ["No", "Water", "Pizza", "I do not eat pork"], "No pork, then"),
        ("hotel", ["I have a reservation", "My name is Ito", "Two nights", "I prefer the sea"], "view of the sea"),
        ("shopping", ["I'm looking for a red dress"], "Red dress"),
        ("job_interview", ["I am Ana and I am a baker", "My biggest weakness is my English"], "so open about it"),
    ],
)  # fmt: skip
def test_a_scene_takes_up_what_was_said(scene: str, lines: list[str], words: str) -> None:
    assert words in converse(["Hello", *lines], "A2", scene)[-1]


@pytest.mark.parametrize("scene", [one.id for one in scenarios.all_scenes()])
@pytest.mark.parametrize(
    "asked", ["Can my sister come with me?", "Is there a toilet?", "How long does it take?", "Why is that so?"]
)
def test_a_question_within_a_scene_is_answered_within_it(scene: str, asked: str) -> None:
    answer = converse(["Hello", asked], "B1", scene)[-1]
    assert "facts are not my strength" not in answer
    assert "program" not in answer
    assert not re.search(r"\b(?:Try|Say|Ask|You can say):", answer)


@pytest.mark.parametrize("wrong", ["The heating doesn't work.", "The room is dirty.", "There is no hot water."])
def test_a_complaint_is_taken_seriously_and_not_twice_in_the_same_words(wrong: str) -> None:
    answers = converse(["Hello", "I have a reservation", wrong, "And the TV is broken."], "A2", "hotel")
    assert re.search(r"sorry|apologise", answers[2])
    assert re.search(r"sorry|apologise", answers[3])
    assert answers[2].split(".")[0] != answers[3].split(".")[0]


@pytest.mark.parametrize(
    "text",
    ["Sorry, can you explain me the question?", "Could you rephrase that?", "Can you repeat please?", "I no understand.", "Could you put that in simpler words?"],
)  # fmt: skip
def test_who_does_not_understand_hears_it_again_in_simple_words(text: str) -> None:
    assert intents.classify(text).kind == "unclear"
    answers = converse(["Hello", text], "C1", "hotel")
    assert "How can I help you?" in answers[1]


def test_a_scene_may_be_asked_about_after_its_end() -> None:
    lines = [
        "Hello",
        "I have a headache",
        "For two days",
        "In the morning",
        "No",
        "Is it clear?",
        "Thank you, goodbye!",
    ]
    answers = converse([*lines, "Could you give me a sick note?"], "B1", "doctor")
    assert "sick note" in answers[-1]


@pytest.mark.parametrize(
    "told",
    ["I explained him the situation and he went away.", "We talked about the situation at work.", "They had a dialogue with the boss."],
)  # fmt: skip
def test_a_story_is_no_wish_to_play(told: str) -> None:
    assert wishes.find(told) is None
    assert wishes.find(told, playing=scenarios.named("hotel")) is None


@pytest.mark.parametrize(
    ("under_way", "said", "scene"),
    [
        ("phone_call", "No phone. Doctor!", "doctor"),
        ("hotel", "Not the hotel, restaurant", "restaurant"),
        ("airport", "I don't want the airport, let's practise the job interview because my mother works there.", "job_interview"),
        ("shopping", "Stop. I want a hotel scene.", "hotel"),
        ("hotel", "I don't want this any more, let's do the doctor instead", "doctor"),
        ("restaurant", "I don't want to play restaurant. I want to go to the doctor.", "doctor"),
        ("shopping", "No shopping. Help me prepare for a job interview, please.", "job_interview"),
        ("hotel", "I want to exercise a job interview.", "job_interview"),
        ("restaurant", "Let's not do the restaurant any more, could we do a phone call to the bank instead?", "phone_call"),
    ],
)  # fmt: skip
def test_another_scene_is_begun_while_one_is_refused(under_way: str, said: str, scene: str) -> None:
    found = wishes.find(said, playing=scenarios.named(under_way))
    assert found is not None
    assert found.scene is not None
    assert found.scene.id == scene


@pytest.mark.parametrize(
    ("under_way", "said"),
    [
        ("restaurant", "No fish. Chicken, please."),
        ("hotel", "I don't want this room, could I have another one instead?"),
        ("hotel", "I don't like the situation at the reception."),
        ("shopping", "I never wear red, you see."),
        ("restaurant", "No, not the soup."),
        ("hotel", "I don't want breakfast here. We could go to a restaurant instead."),
        ("hotel", "I don't want this room. I have to go to a party instead."),
        ("doctor", "I don't feel well. I have to prepare for my job interview."),
        ("doctor", "I don't want an injection, I must go to an interview."),
        ("doctor", "Can you help me? I must be well for my interview."),
        ("doctor", "Can I go through the airport with this medicine?"),
        ("doctor", "Can I exercise at school?"),
        ("shopping", "I don't need a bag. I have to go to the airport instead."),
        ("hotel", "I have to go to a party instead"),
        ("hotel", "Can we try the restaurant?"),
    ],
)
def test_a_refusal_within_a_scene_is_no_wish_for_another(under_way: str, said: str) -> None:
    assert wishes.find(said, playing=scenarios.named(under_way)) is None


def test_a_scene_named_before_the_word_scene_is_begun_and_left_for_another_at_once() -> None:
    answers = converse(["Hello", "Doctor scene please", "No doctor. Hotel!"], "A2")
    assert "doctor" in answers[1]
    assert "hotel" in answers[2].lower()
    assert stage.LEFT not in answers[2]


def test_whoever_wants_to_play_a_doctor_has_no_emergency() -> None:
    assert alarm.answer("I want to play doctor!", [], [], "") is None
    assert alarm.answer("I need a doctor, my father is bleeding!", [], [], "") is not None


def test_a_payment_that_is_asked_about_is_found() -> None:
    told = converse(
        ["Hello", "I have a reservation", "I paid by the internet last week. Can you check my payment?"], "A2", "hotel"
    )[-1]
    assert "payment has arrived" in told
    assert "Wi-Fi" not in told


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ("My aunt is called Berta and bakes bread.", "What did I say about Berta?", "Berta"),
        ("Next week I'm flying to Oslo with my cousin.", "And with who I am flying to Oslo?", "with my cousin"),
        ("I save two hours of commuting a day.", "How long was my commute, do you remember?", "two hours"),
        ("I've just taken up pottery.", "What did I say I had taken up?", "pottery"),
    ],
)
def test_what_was_said_is_quoted(told: str, asked: str, words: str) -> None:
    assert words in converse(["Hello", told, "I like tea.", asked], "B1")[-1]


def test_only_questions_about_what_was_said_are_answered_by_a_quotation() -> None:
    told = ["Next week I'm flying to Oslo.", "I work in a bank."]
    for text in ("I don't know what to do.", "What is the capital of Norway?", "How are you?", "I work hard."):
        assert quoting.answer(text, told) is None, text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["I have an exam tomorrow.", "What can I do?"], "easiest question"),
        (["My neighbours are very loud.", "I don't know what to do."], "quiet moment"),
        (["Where can I meet people here?"], "A club"),
        (["How can I sleep better?"], "same time"),
    ],
)
def test_advice_is_given(said: list[str], words: str) -> None:
    found = advice.answer(said, "B")
    assert found is not None
    assert words in found[0]
    assert words in converse(["Hello", *said], "B1")[-1]


def test_no_advice_is_given_unasked() -> None:
    for text in ("What can you do?", "How do you spell nurse?", "I have an exam.", "What should I call it?"):
        assert advice.answer([text], "B") is None, text


def test_both_sides_are_told_of_what_is_talked_about() -> None:
    found = views.answer(["Remote work saves time.", "I miss my colleagues.", "What's your take on it?"], "C")
    assert found is not None
    assert "same room" in found[0]
    assert views.answer(["What's your take on it?"], "C") is None


def test_what_is_asked_for_is_given_and_not_twice() -> None:
    first, second = converse(["Hello", "Tell me something funny.", "Tell me another joke."], "B1")[1:]
    assert first.split("?")[0] != second.split("?")[0]
    assert requests.answer("I told him a story about my job.", "") is None


def test_sorrow_is_not_left_for_another_subject() -> None:
    lines = ["Hi", "My uncle died last month.", "He was always kind to me.", "He taught me to swim."]
    answers = converse(lines, "B1")
    assert "your uncle" in answers[2]
    assert "together" in answers[3]
    assert "uncle" not in converse([*lines, "I don't want to talk about it.", "ok", "yes", "hm"], "B1")[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("you like your job", "I like my job"),
        ("are you happy with yourself", "am I happy with myself"),
        ("you were at home", "I was at home"),
        ("what is important for you", "what is important for me"),
    ],
)
def test_what_is_said_to_the_learner_is_put_as_the_learner_says_it(text: str, said: str) -> None:
    assert perspective.to_me(text) == said


def test_things_named_are_taken_up_and_pronouns_are_not() -> None:
    assert echoing.named("I bought an old lighthouse near the harbour.")[0] in {"the old lighthouse", "the harbour"}
    assert echoing.named("It was that, and he had much of it.") == []


def test_a_part_answers_by_the_kind_of_question() -> None:
    assert improvise.reply("Where is the exit?", [], "hotel").startswith("It's over there")
    assert improvise.reply("Can he try it?", [], "hotel").startswith("Yes")
    assert "colleague" not in improvise.reply("What would the colour be?", [], "doctor")


def test_a_change_of_subject_is_no_subject() -> None:
    answers = converse(["Hello", "Let's change the topic. Do you remember where I am from?"], "B1")
    assert "about Do you" not in answers[1]
    assert "pottery" in converse(["Hello", "Changing the subject: I've just taken up pottery."], "B1")[1]
