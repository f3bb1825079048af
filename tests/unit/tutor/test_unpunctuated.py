"""Whatever learners write, with a full stop or without, in a talk and in every scene, is answered."""

import pytest

from language.tutor import protests, scenarios
from language.tutor.turns import ChatTurn
from language.tutor.tutor import Tutor
from tests.unit.tutor import talks
from tests.unit.tutor.test_tutor import converse

_SCENES = (None, *(scene.id for scene in scenarios.all_scenes()))
_SAID = sorted({line for talk in talks.all_talks() for line, _ in talk.lines})[:300]
_OFTEN = (
    "I already told you about my dog.",
    "I told you about my sister before.",
    "No, I meant tea.",
    "My father is better now.",
    "Not the hotel, the doctor.",
    "Do you have children?",
)
"""Said in every scene; of the others each scene hears its share."""


@pytest.mark.parametrize("number", range(len(_SCENES)))
def test_no_message_breaks_the_tutor(number: int) -> None:
    for line in (*_OFTEN, *_SAID[number :: len(_SCENES)]):
        for text in (line, line.rstrip(" .!?")):
            assert Tutor().answer([ChatTurn("user", text)], "B1", _SCENES[number], "en"), text


@pytest.mark.parametrize(
    "said",
    [
        "I already told you about my dog",
        "I told you about my old dog already",
        "But I told you about my dog!",
    ],
)
def test_what_was_told_is_spoken_of_without_a_question_and_a_stop(said: str) -> None:
    history = [ChatTurn("user", "My dog is called Rex."), ChatTurn("assistant", "Nice."), ChatTurn("user", said)]
    assert protests.answer(history, "B") is not None


def test_what_was_told_is_remembered_without_a_stop() -> None:
    said = ["Hello", "I have a dog. His name is Rex.", "I already told you about my dog. What is his name?"]
    assert "Rex" in converse(said, "B1")[-1]
    assert converse([*said[:2], "I already told you about my dog"], "B1")[-1]
