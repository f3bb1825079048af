"""Words that were left out: what is told of their sounds."""

import dataclasses

import numpy as np
import pytest

from speech.pronunciation import assess, judge, phones, prosody, report, scale
from tests.unit.pronunciation.test_assess import DROPPED, assessed, clip


@pytest.fixture(scope="module")
def assessor() -> assess.Assessor:
    return assess.Assessor.load("whisper")


def test_sounds_of_an_omitted_word_have_the_low_scores_of_what_was_said_in_its_place(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(DROPPED)
    text = "She dropped only nine beautiful points in the second set."
    found = assessed(assessor, DROPPED, text)
    word = found.words[4]
    assert (word.text, word.error, word.score) == ("beautiful", "omission", 0.0)
    assert [p["phoneme"] for p in word.phonemes] == ["B", "Y", "UW", "T", "IH", "F", "L"]
    assert np.mean([p["score"] for p in word.phonemes]) < scale.HARD
    assert not any("heard" in p or "advice" in p for p in word.phonemes)
    assert (word.start_ms, word.end_ms) == (word.phonemes[0]["start_ms"], word.phonemes[-1]["end_ms"])
    plain = [w.score for w in assessed(assessor, DROPPED, said).words]
    assert [w.score for w in found.words if w.text != "beautiful"] == pytest.approx(plain, abs=4)
    live = assessor.follow(assessor.plan(text)).update(samples, frames, final=True)
    assert [w.phonemes for w in live] == [w.phonemes for w in found.words]


def test_an_omitted_word_without_sound_in_its_place_has_no_sounds(assessor: assess.Assessor) -> None:
    samples, frames, _ = clip(DROPPED)
    plan = assessor.plan("She dropped only nine beautiful points in the second set.")
    j = judge.judge(assessor.nets, assessor.nets.hear(frames), plan.spoken, prosody.melody(samples).loudness)
    assert j is not None and j.first is not None
    still = np.full_like(j.emissions, -9.0)
    still[:, phones.SILENCE] = 0.0
    silent = dataclasses.replace(j, first=dataclasses.replace(j.first, emissions=still))
    for of, sounds in ((j, 7), (silent, 0)):
        word = report.missed(plan.words[4], 1000, of, 0, assessor.nets.scale)
        assert (word.error, word.score, len(word.phonemes)) == ("omission", 0.0, sounds)
