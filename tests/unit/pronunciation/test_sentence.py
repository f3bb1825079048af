"""Scores of whole sentences."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.pronunciation import align, assess, features, report, sentence

AUDIO = Path(__file__).parents[2] / "data" / "audio"
RATE = 16000
LEARNER = "so762-014200229"


@pytest.fixture(scope="module")
def fallback() -> assess.Assessor:
    return assess.Assessor.load("sphinx")


@cache
def clip(name: str) -> tuple[np.ndarray, str]:
    listed = json.loads((AUDIO / "manifest.json").read_text())
    entry = next(m for m in listed if m["id"] == name)
    return soundfile.read(AUDIO / entry["file"], dtype="float32")[0], entry["text"].rstrip(".")


def silence(seconds: float) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1e-4, int(seconds * RATE)).astype(np.float32)


def scored(assessor: assess.Assessor, sound: np.ndarray, text: str) -> report.Report:
    return assessor.score(sound, None, assessor.plan(text))


def aligned(gaps: list[int]) -> align.Alignment:
    """Words of two phones of 5 frames each, with gaps[i] silent frames after word i."""
    words = len(gaps) + 1
    begin = np.cumsum([0, *(g + 10 for g in gaps)])
    start = np.column_stack([begin, begin + 5]).ravel()
    none = np.zeros((0, 0))
    chain = align.Chain(np.arange(2 * words) % 39, np.repeat(np.arange(words), 2), 0)
    return align.Alignment(
        chain, start, start + 5, [None] * (words + 1), 0.0, none, none, none, none, none, int(start[-1]) + 5
    )


@pytest.mark.parametrize("name", ["jfk", "84-121550-0000", "LJ001-0004", "LJ001-0006"])
def test_a_long_native_reading_scores_like_its_words(fallback: assess.Assessor, name: str) -> None:
    found = scored(fallback, *clip(name))
    words = np.mean([w.score for w in found.words if w.score is not None])
    assert words > 95
    assert found.accuracy is not None and found.accuracy == pytest.approx(words, abs=8)
    assert found.overall is not None and found.overall > 90


def test_a_sentence_read_three_times_scores_like_the_one(fallback: assess.Assessor) -> None:
    sound, text = clip(LEARNER)
    once = scored(fallback, sound, f"{text}.")
    thrice = scored(fallback, np.concatenate([sound, silence(0.4)] * 3), f"{text}. {text}. {text}.")
    for aspect in ("overall", "accuracy", "fluency", "prosody"):
        assert getattr(thrice, aspect) == pytest.approx(getattr(once, aspect), abs=4)


def test_two_sentences_with_a_long_pause_score_between_the_two(fallback: assess.Assessor) -> None:
    parts = [clip(LEARNER), clip("so762-012280054")]
    alone = [scored(fallback, sound, f"{text}.").overall or 0 for sound, text in parts]
    sound = np.concatenate([parts[0][0], silence(1.5), parts[1][0]])
    both = scored(fallback, sound, f"{parts[0][1]}. {parts[1][1]}.")
    assert both.overall is not None
    assert min(alone) - 3 < both.overall < max(alone) + 3


def test_short_texts_are_one_stretch_and_long_ones_are_cut_at_their_pauses() -> None:
    assert sentence.stretches(aligned([30] * 9), [False] * 10) == [(0, 10)]
    assert sentence.stretches(aligned([0] * 6 + [40] + [0] * 7), [False] * 15) == [(0, 7), (7, 15)]
    assert sentence.stretches(aligned([0] * 19), [False] * 20) == [(0, 10), (10, 20)]


def test_punctuation_is_preferred_and_no_stretch_is_tiny() -> None:
    asked = [i == 4 for i in range(12)]
    assert sentence.stretches(aligned([0] * 7 + [15] + [0] * 3), asked) == [(0, 5), (5, 12)]
    sizes = [end - first for first, end in sentence.stretches(aligned([50, *[0] * 28, 50]), [False] * 31)]
    assert min(sizes) >= sentence.SHORTEST and max(sizes) <= sentence.LONGEST and sum(sizes) == 31


def test_a_pause_that_punctuation_asks_for_is_no_disfluency() -> None:
    norm = features.Durations(np.full(39, 1.6, np.float32), np.full(39, 0.4, np.float32))
    quiet = sentence.timing(aligned([0, 0, 0]), norm, [False] * 3)
    paused = aligned([0, 45, 0])
    assert sentence.timing(paused, norm, [False, True, False]) == pytest.approx(quiet)
    assert sentence.timing(paused, norm, [False] * 3)[9] == pytest.approx(0.9)


@pytest.mark.parametrize("level", [0.0, 1e-4])
def test_silence_around_a_sentence_changes_its_scores_little(fallback: assess.Assessor, level: float) -> None:
    sound, text = clip(LEARNER)
    pause = (level * np.random.default_rng(0).normal(0, 1, 3 * RATE)).astype(np.float32)
    alone = scored(fallback, sound, text)
    waiting = scored(fallback, np.concatenate([pause, sound, pause]), text)
    assert waiting.refused is None
    assert waiting.overall == pytest.approx(alone.overall, abs=3)
    assert [w.score for w in waiting.words] == pytest.approx([w.score for w in alone.words], abs=3)
