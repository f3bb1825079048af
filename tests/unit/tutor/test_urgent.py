"""Illness that may be dangerous, and questions whether to go to hospital: never calmed down, no tablets, no waiting."""

import re

import pytest

from language.tutor import urgent
from language.tutor.turns import ChatTurn
from language.tutor.tutor import Tutor
from tests.unit.tutor.test_tutor import converse

_HARMFUL = re.compile(
    r"nothing serious|not serious|tablet|don't think|medicine is|rest\b|stay at home|drink a lot|no need to worry|"
    r"Not in|wait for|next few days|Friday|more than three",
    re.I,
)
_DANGEROUS = [
    "I have pain on the right side.",
    "I have a strong pain in the stomach since yesterday",
    "My belly hurts very much and I am afraid",
    "It pains me much in the right side of belly",
    "the pain is in the right part down of my belly",
    "I think it is apendicitis",
    "I worry that I have appendicitis.",
    "I have pain in chest",
    "My chest is very tight and hurts",
    "I have pressure on my chest",
    "I can not good breathe",
    "I have difficulty to breathe",
    "I have shortness of breath.",
    "My husband suddenly cannot speak and his mouth hangs",
    "My left arm is numb since this morning",
    "My mother has a stroke",
    "I have a heavy bleeding",
    "My nose is bleeding and it doesn't stop",
    "I vomit blood",
    "My baby has high fever",
    "My son is 3 months old. He has a temperature of 39.",
    "I have fever of 41",
    "I ate nuts and my lips are swollen",
    "I have allergy and my face swells",
    "My daughter fell on her head",
    "I have hit my head on the door",
    "I am pregnant and I have blood",
]
_SEEKS_HELP = [
    "Should I go to emergency?",
    "I must go to the hospital tonight or no?",
    "Do I need go to the hospital?",
    "Have I to call an ambulance?",
    "When should I call 112?",
    "Is better I go to emergencies now?",
    "Can I go in the hospital this night?",
    "should i visit the ER",
    "What I do if the pain becomes more strong tonight?",
    "what if it gets worse?",
    "And if it become worse in the night?",
    "What must I make when the fever is more high?",
    "What should I do if the pain doesn't go away?",
    "Can I wait until tomorrow?",
]


@pytest.mark.parametrize("level", ["A2", "B2"])
@pytest.mark.parametrize("text", _DANGEROUS)
def test_a_visit_to_the_doctor_takes_danger_seriously_to_its_end(text: str, level: str) -> None:
    lines = ["Hello", text, "It began yesterday.", "No, I take nothing.", "Is it serious?", "Can I take a tablet?"]
    lines += [
        "Can I go to work tomorrow?",
        "I don't understand",
        "I would like to sleep only",
        "Should I go to hospital?",
    ]
    answers = converse(lines, level, "doctor")[1:]
    assert "call 112 or 911" in answers[0]
    assert "I'm no doctor" in answers[0] or "I'm only a program" in answers[0]
    assert not [one for one in answers if _HARMFUL.search(one)]
    assert "emergency department" in answers[-1]
    assert "emergency department" in answers[3]


@pytest.mark.parametrize("text", [one for one in _DANGEROUS if not one.startswith(("the pain", "I think", "It "))])
def test_out_of_role_the_learner_is_sent_for_help(text: str) -> None:
    answer = converse(["Hello", text], "A2")[-1]
    assert "112 or 911" in answer
    assert not _HARMFUL.search(answer)


@pytest.mark.parametrize("text", _SEEKS_HELP)
@pytest.mark.parametrize("before", [["I have a cough."], ["I have pain on the right side."]])
@pytest.mark.parametrize("scene", ["doctor", None])
def test_a_question_whether_to_seek_help_gets_a_safe_answer(text: str, before: list[str], scene: str | None) -> None:
    if scene is None and "wait" in text:
        return
    answer = converse(["Hello", *before, text], "A2", scene)[-1]
    assert "emergency department" in answer
    assert "112 or 911" in answer
    assert "I'm no doctor" in answer
    assert not _HARMFUL.search(answer)


@pytest.mark.parametrize("level", ["A2", "B1", "C1"])
def test_who_fears_appendicitis_is_never_calmed_down(level: str) -> None:
    lines = ["Hello doctor", "I have a pain", "since yesterday", "at night", "no allergies", "pain on the right side"]
    lines += ["what I do if the pain becomes more strong tonight?", "Should I go to emergency?"]
    answers = converse([*lines, "I must go to the hospital tonight or no?"], level, "doctor")[5:]
    assert all("emergency department" in one and not _HARMFUL.search(one) for one in answers)


@pytest.mark.parametrize("text", ["What can I do?", "What I must take?", "Is it dangerous?", "Can I take aspirin?"])
@pytest.mark.parametrize("scene", ["doctor", "hotel", None])
def test_no_counsel_follows_danger(text: str, scene: str | None) -> None:
    answer = converse(["Hello", "I have a strong pain in my belly.", text], "A2", scene)[-1]
    assert "emergency department" in answer
    assert not _HARMFUL.search(answer)


def test_danger_that_comes_with_the_wish_to_play_is_heard() -> None:
    answers = converse(["Hi", "Let's practise a visit to the doctor. I have chest pain.", "Since yesterday"], "A2")
    assert "I am the doctor" in answers[1]
    assert "emergency department" in answers[2]


@pytest.mark.parametrize(
    "text",
    [
        "I have a headache and a cough.",
        "I have no pain in my chest.",
        "I don't have chest pain.",
        "My right arm hurts a little.",
        "I have a pain on the right knee.",
        "I have a stomach ache.",
        "My head hurts.",
        "My father had a stroke ten years ago.",
        "In the film he has a heart attack.",
        "What does appendicitis mean?",
        'What is the meaning of "a stroke"?',
        "It was a stroke of luck.",
    ],
)
def test_what_is_no_danger_is_none(text: str) -> None:
    assert not urgent.tells(text, at_doctors=True)


@pytest.mark.parametrize(
    "text",
    [
        "How can I go to the hospital?",
        "Where is the emergency exit?",
        "I work in a hospital.",
        'Is it correct: "Should I go to the hospital?"',
        "What does emergency mean?",
        "What if the weather gets worse?",
        "Should I go to the cinema?",
        "Can you call an ambulance, please?",
        "My sister had a baby in the hospital.",
    ],
)
def test_what_does_not_ask_for_help_is_no_such_question(text: str) -> None:
    assert not urgent.asks(text, [], at_doctors=False)


@pytest.mark.parametrize("scene", ["doctor", "hotel", "small_talk", None])
def test_an_empty_history_begins_the_talk(scene: str | None) -> None:
    answer = Tutor().answer([], "A2", scene, "en")
    assert "built-in practice tutor" in answer
    assert ("I am the doctor" in answer) == (scene == "doctor")
    assert Tutor().answer([ChatTurn("assistant", answer)], "A2", scene, "en")


_FATHER = "My father has strong chest pain now."


@pytest.mark.parametrize(
    "said",
    [
        ["I am fine but my father has strong chest pain."],
        [_FATHER, "I am ok, but he is very pale"],
        [_FATHER, "I don't know if he is ok"],
        [_FATHER, "I hope he is better soon"],
        [_FATHER, "I am ok, he isn't"],
        [_FATHER, "I am fine."],
        [_FATHER, "My mother is fine."],
        [_FATHER, "She is well."],
        [_FATHER, "He says he is fine."],
        [_FATHER, "He is ok. His lips are blue."],
        ["I have strong pain in my chest.", "My wife is well."],
    ],
)
def test_danger_lasts_until_the_one_who_is_ill_is_surely_well(said: list[str]) -> None:
    assert "112" in converse([*said, "What should I do?"], "A2")[-1]


@pytest.mark.parametrize(
    "said",
    [
        [_FATHER, "My father is well again."],
        [_FATHER, "The doctor says he is fine."],
        ["I have strong pain in my chest.", "I feel better now."],
        ["My baby has a high fever.", "She is fine now."],
        [_FATHER, "It was only an example."],
    ],
)
def test_danger_is_over_when_the_one_who_was_ill_is_well(said: list[str]) -> None:
    assert urgent.answer([ChatTurn("user", line) for line in [*said, "What should I do?"]], None) is None


def test_danger_told_with_good_news_of_another_is_danger() -> None:
    lines = [_FATHER, "He is fine.", "My son cannot breathe, I am well.", "What should I do?"]
    assert "112" in (urgent.answer([ChatTurn("user", line) for line in lines], None) or "")
