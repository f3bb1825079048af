"""Free speech: words of which it is not sure that they were said are not judged."""

from typing import Any

import numpy as np
import pytest

from speech import assessment, events, turn_scores
from speech.audio import buffer
from speech.pool import word_scores
from speech.pronunciation import assess, report, scale
from tests.unit.pronunciation.test_assess import DROPPED, PRODUCED, clip

NEVER = ("has", "never", "been", "surpassed.")
MISHEARD = (
    ("It's", 0.23), ("Jopter's", 0.36), ("only", 0.91), ("nine", 0.8), ("points", 0.76), ("in", 0.73), ("the", 0.61),
    ("second", 0.93), ("set.", 0.94),
)  # fmt: skip
"""What a recognizer heard of "She dropped only nine points in the second set."."""


@pytest.fixture(scope="module")
def assessor() -> assess.Assessor:
    return assess.Assessor.load("whisper")


def free(assessor: assess.Assessor, name: str, words: tuple[tuple[str, float], ...], **plan: Any) -> report.Report:
    """A clip against what was recognised: words with confidences."""
    samples, frames, _ = clip(name)
    heard = [(text, 0, 0, sure) for text, sure in words]
    text = assessor.plan(" ".join(text for text, _ in words), **plan)
    return assessor.score(samples, frames, text, heard, "recognised")


def surely(texts: tuple[str, ...], confidence: float = 0.97) -> tuple[tuple[str, float], ...]:
    return tuple((text, confidence) for text in texts)


def test_misheard_words_are_not_judged_and_the_others_are(assessor: assess.Assessor) -> None:
    found = free(assessor, DROPPED, MISHEARD)
    doubtful = [w for w in found.words if w.extra.get("doubtful")]
    assert [w.text for w in doubtful] == ["It's", "Jopter's"]
    assert all((w.score, w.error, w.phonemes) == (None, "none", []) for w in doubtful)
    assert all(w.extra["confidence"] < 0.5 and w.end_ms > w.start_ms for w in doubtful)
    judged = [w for w in found.words if w not in doubtful]
    assert [w.text for w in judged] == ["only", "nine", "points", "in", "the", "second", "set"]
    assert all((w.score or 0) > 80 and w.phonemes for w in judged)
    assert (found.details["judged_words"], found.details["doubtful_words"]) == (7, 2)
    assert found.confidence < 0.85


def test_scores_rest_on_the_words_that_are_judged(assessor: assess.Assessor) -> None:
    samples, frames, _ = clip(DROPPED)
    given = assessor.score(samples, frames, assessor.plan(" ".join(text for text, _ in MISHEARD)))
    found = free(assessor, DROPPED, MISHEARD)
    assert (found.accuracy or 0) > (given.accuracy or 0) + 3
    assert found.completeness == 100
    assert not {0, 1} & {index for loss in found.lost for index in loss["words"]}
    assert sum(loss["points"] for loss in found.lost) == pytest.approx(100 - (found.overall or 0), abs=0.5)
    parts = {"accuracy": found.accuracy, "fluency": found.fluency, "prosody": found.prosody}
    mean = sum(scale.WEIGHTS[name] * (points or 0) for name, points in parts.items())
    assert found.overall == pytest.approx(mean, abs=0.11)


def test_where_nothing_is_doubtful_the_scores_are_those_of_the_text(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(PRODUCED)
    given, found = assessor.score(samples, frames, assessor.plan(said)), free(assessor, PRODUCED, surely(NEVER))
    assert [w.score for w in found.words] == [w.score for w in given.words]
    assert (found.overall, found.accuracy, found.fluency) == (given.overall, given.accuracy, given.fluency)
    assert all(w.extra["confidence"] > 0.9 for w in found.words)
    assert not any("confidence" in w.extra or "doubtful" in w.extra for w in given.words)
    assert not {"judged_words", "doubtful_words"} & given.details.keys()


def test_a_wrong_sound_of_a_word_that_was_surely_recognized_is_told(assessor: assess.Assessor) -> None:
    found = free(assessor, PRODUCED, surely(NEVER, 0.99), given={1: (("M", "EH1", "V", "ER0"),)})
    assert [w.error for w in found.words] == ["none", "mispronunciation", "none", "none"]
    assert found.words[1].phonemes[0].get("heard") == "N"


def test_the_sounds_doubt_what_a_recognizer_is_sure_of_and_the_other_way_round(assessor: assess.Assessor) -> None:
    other = free(assessor, PRODUCED, surely(("has", "coffee", "been", "surpassed.")))
    assert [w.text for w in other.words if w.extra.get("doubtful")] == ["coffee"]
    unsure = free(assessor, PRODUCED, surely(NEVER, 0.02))
    assert unsure.refused == "not_understood"


def test_a_word_that_has_no_place_in_the_sound_is_doubtful_and_no_omission(assessor: assess.Assessor) -> None:
    found = free(assessor, PRODUCED, surely(("has", "never", "been", "been", "surpassed.")))
    assert not [w for w in found.words if w.error == "omission"]
    assert [w.text for w in found.words if w.extra.get("doubtful")] == ["been"]
    assert found.completeness == 100 and found.details["miscues"]["omission"] == 0


@pytest.mark.parametrize("text", ["My brother will visit Australia after graduation.", "Never."])
def test_where_no_word_is_sure_nothing_is_scored(assessor: assess.Assessor, text: str) -> None:
    body = free(assessor, DROPPED, surely(tuple(text.split()), 0.4)).as_dict()
    assert body["refused"] == "not_understood"
    assert [body[name] for name in ("overall", "accuracy", "fluency", "prosody", "completeness")] == [None] * 5
    assert all(w["score"] is None and w["doubtful"] and w["error"] == "none" for w in body["words"])
    assert body["details"]["miscues"]["omission"] == 0


def test_the_learner_is_told_where_many_words_are_doubtful(assessor: assess.Assessor) -> None:
    unsure = tuple((text, 0.15) if place < 4 else (text, sure) for place, (text, sure) in enumerate(MISHEARD))
    found = free(assessor, DROPPED, unsure)
    assert found.details["doubtful_words"] >= 3
    assert [note["code"] for note in found.as_dict()["quality"]] == ["unclear"]
    samples, frames, said = clip(DROPPED)
    for plain in (
        free(assessor, DROPPED, surely(tuple(said.split()))),
        free(assessor, DROPPED, (*surely(tuple(said.split()[:-1])), (said.split()[-1], 0.1))),
        assessor.score(samples, frames, assessor.plan(said)),
    ):
        assert "unclear" not in [note["code"] for note in plain.as_dict().get("quality", [])]


def test_confidences_find_their_words_where_the_text_is_cut_otherwise(assessor: assess.Assessor) -> None:
    """A dash alone is a word for a recognizer and none of the text."""
    words = (*MISHEARD[:2], ("–", 0.99), *MISHEARD[2:])
    plain, found = free(assessor, DROPPED, MISHEARD), free(assessor, DROPPED, words)
    assert [w.extra.get("doubtful") for w in found.words] == [w.extra.get("doubtful") for w in plain.words]


def test_words_are_doubted_by_the_fallback_too() -> None:
    fallback = assess.Assessor.load("sphinx")
    samples, _, said = clip(DROPPED)
    wrong = " ".join(text for text, _ in MISHEARD)
    for text, doubtful in ((said, 0), (wrong, 1)):
        words = text.split()
        sure = [0.97] * len(words) if text == said else [sure for _, sure in MISHEARD]
        heard = [(word, 0, 0, one) for word, one in zip(words, sure, strict=True)]
        found = fallback.score(samples, None, fallback.plan(text), heard, "recognised")
        assert min(1, found.details["doubtful_words"]) == doubtful
        assert found.details["judged_words"] >= 5


def test_turns_are_scored_with_the_confidence_of_every_word() -> None:
    scores = turn_scores.TurnScores("s", 0, None)
    sound = buffer.AudioBuffer()
    sound.append(np.zeros(16_000, np.int16).tobytes())
    scores.begun(events.SpeechStarted(1, 0))
    scores.stopped(events.SpeechStopped(1, 900))
    words = (events.Word("1.1", "good", 0, 400, 0.8), events.Word("1.2", "day", 400, 900, 0.3))
    final = events.Final(1, "good day", words, {"name": "n", "model": "m", "version": "1"}, {})
    scores.final(final, sound, wanted=True)
    assert scores.next is not None and [word[3] for word in scores.next.heard] == [0.8, 0.3]


def test_a_doubtful_word_is_an_event_without_a_score(assessor: assess.Assessor) -> None:
    words: list[assessment.ScoredWord] = free(assessor, DROPPED, MISHEARD).as_dict()["words"]
    event = word_scores.scored_word(1, events.Word("1.1", "It's", 0, 400, 0.2), words[0])
    assert (event.score, event.error, event.phonemes) == (None, "none", [])
