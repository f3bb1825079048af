"""Where the points went: the parts add up, and the first loss is the fault that was made."""

import json

import numpy as np
import pytest

from speech.pronunciation import assess, report, scale
from speech.pronunciation.lexicon.dictionary import MODELS
from tests.unit.pronunciation.test_assess import DROPPED, PRODUCED, assessed, clip


@pytest.fixture(scope="module")
def assessor() -> assess.Assessor:
    return assess.Assessor.load("whisper")


def joined(parts: list[tuple[int, int]], found: report.Report, assessor: assess.Assessor) -> report.Report:
    """The recording of PRODUCED put together from frames [start, end)."""
    samples, frames, said = clip(PRODUCED)
    rows = np.concatenate([np.arange(start, end) for start, end in parts])
    sound = np.concatenate([samples[start * 320 : end * 320] for start, end in parts])
    return assessor.score(sound, frames[rows], assessor.plan(said))


@pytest.mark.parametrize("text", [None, "She dropped only nine beautiful points in the second set."])
def test_overall_is_the_stated_mean_of_its_parts_and_what_it_lacks_is_listed(
    assessor: assess.Assessor, text: str | None
) -> None:
    found = assessed(assessor, DROPPED, text).as_dict()
    parts = {name: found[name] for name in ("accuracy", "fluency", "prosody")}
    mean = sum(scale.WEIGHTS[name] * (points or 0.0) for name, points in parts.items())
    assert found["overall"] == pytest.approx(mean * (found["completeness"] or 0.0) / 100, abs=0.11)
    assert sum(loss["points"] for loss in found["lost"]) == pytest.approx(100 - (found["overall"] or 0.0), abs=0.5)


def test_accuracy_is_near_the_mean_of_the_words(assessor: assess.Assessor) -> None:
    found = assessed(assessor, PRODUCED)
    words = np.mean([w.score for w in found.words if w.score is not None])
    assert found.accuracy == pytest.approx(words, abs=8)
    assert found.overall is not None and found.overall >= 96


@pytest.mark.parametrize(
    ("asked", "kind", "heard", "message"),
    [
        (("M", "EH1", "V", "ER0"), "sound", "N", "/m/ in “never” sounded like /n/."),
        (("N", "EH1", "V", "ER0", "K"), "missing_sound", "", "/k/ in “never” was not heard."),
    ],
)
def test_a_wrong_or_missing_sound_is_named_first(
    assessor: assess.Assessor, asked: tuple[str, ...], kind: str, heard: str, message: str
) -> None:
    samples, frames, text = clip(PRODUCED)
    found = assessor.score(samples, frames, assessor.plan(text, {1: (asked,)}))
    first = found.lost[0]
    assert (first["kind"], first["words"], first["heard"], first["message"]) == (kind, [1], heard, message)
    assert (first["start_ms"], first["end_ms"], first["text"]) == (
        found.words[1].start_ms,
        found.words[1].end_ms,
        "never",
    )
    assert found.exercise is not None and found.exercise["text"].endswith("never.")


def test_a_long_pause_is_named_first_with_the_words_around_it(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(PRODUCED)
    words = assessed(assessor, PRODUCED).words
    at = words[1].end_ms // 20
    quiet = np.flatnonzero(np.abs(samples[: len(samples) // 320 * 320]).reshape(-1, 320).max(1) < 0.01)
    still = int(quiet[-1])
    sound = np.concatenate(
        [samples[: at * 320], np.tile(samples[still * 320 : still * 320 + 320], 90), samples[at * 320 :]]
    )
    found = assessor.score(
        sound, np.concatenate([frames[:at], np.repeat(frames[still][None], 90, 0), frames[at:]]), assessor.plan(said)
    )
    first = found.lost[0]
    assert (first["kind"], first["words"], first["text"]) == ("pause", [1, 2], "never been")
    assert first["message"].startswith("A pause of 1.")


def test_a_word_said_twice_is_named_first(assessor: assess.Assessor) -> None:
    been = assessed(assessor, PRODUCED).words[2]
    start, end = been.start_ms // 20, been.end_ms // 20
    found = joined([(0, end), (start, len(clip(PRODUCED)[1]))], assessed(assessor, PRODUCED), assessor)
    assert (found.lost[0]["kind"], found.lost[0]["message"]) == ("repetition", "“been” was said twice.")


def test_words_left_out_are_named_first_with_their_neighbours_to_hear(assessor: assess.Assessor) -> None:
    found = assessed(assessor, DROPPED, "She dropped only nine beautiful points in the second set.")
    first = found.lost[0]
    assert (first["kind"], first["part"], first["words"]) == ("omission", "completeness", [4])
    assert (first["message"], first["text"]) == ("“beautiful” was not read.", "nine beautiful points")


def test_a_refused_recording_has_lost_nothing(assessor: assess.Assessor) -> None:
    found = assessed(assessor, DROPPED, "My brother will visit Australia after graduation.").as_dict()
    assert (found["lost"], found["exercise"]) == ([], None)


def test_losses_can_be_stored_as_they_are(assessor: assess.Assessor) -> None:
    found = assessed(assessor, DROPPED).as_dict()
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("kind", ["whisper", "sphinx"])
def test_curves_only_rise(kind: str) -> None:
    loaded = scale.Scale.load(MODELS / kind / "scale.json")
    for curve in (loaded.phone, loaded.accuracy, loaded.fluency, loaded.prosody):
        assert (np.diff(curve.x) > 0).all() and (np.diff(curve.y) > 0).all()
        assert (curve.y[0], curve.y[-1]) == (0, 100)
