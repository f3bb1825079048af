"""Sound that no recognizer heard."""

from typing import Any

import pytest

from speech.transcription import unheard
from speech.transcription.types import HeardWord


def approx(*numbers: float) -> Any:
    return pytest.approx(numbers)


def words(*spans: tuple[float, float]) -> list[HeardWord]:
    return [HeardWord("so", start, end, 0.9) for start, end in spans]


def test_speech_behind_and_before_the_words_is_found() -> None:
    speech = [(0.0, 2.0), (3.0, 5.0), (6.0, 8.0)]
    assert unheard.stretches(words((0.0, 2.0), (3.0, 5.0)), speech, 8.2) == [(2, approx(5.9, 8.2))]
    assert unheard.stretches(words((3.0, 5.0), (6.0, 8.0)), speech, 8.2) == [(0, approx(0.0, 2.2))]
    assert unheard.stretches(words((0.0, 2.0), (6.0, 8.0)), speech, 8.2) == []


def test_pauses_fillers_and_late_ends_are_not_missing_words() -> None:
    assert unheard.stretches(words((0.6, 2.0), (2.7, 4.0)), [(0.1, 4.3)], 4.5) == []
    assert unheard.stretches(words((0.0, 1.0), (9.0, 10.0)), [(0.0, 1.0), (9.0, 10.0)], 15.0) == []
    assert unheard.stretches([], [(0.0, 5.0)], 5.0) == []


def test_frames_are_runs_of_speech_and_parts_have_their_own_time() -> None:
    speech = unheard.spans([False, True, True, False, True], 0.5)
    assert speech == ((0.5, 1.5), (2.0, 2.5))
    assert unheard.within(speech, (1.0, 2.25)) == ((0.0, 0.5), (1.0, 1.25))


def test_words_with_wrong_times_are_not_written_twice() -> None:
    said = ("we", "went", "to", "the", "sea")
    crowded = [HeardWord(word, i * 0.1, i * 0.1 + 0.1, 0.9) for i, word in enumerate(said)]
    spoken = [HeardWord(word, i * 0.3, i * 0.3 + 0.3, 0.9) for i, word in enumerate(said)]
    assert unheard.same(crowded, spoken[2:], behind=True) and unheard.same(crowded, spoken[:2], behind=False)
    assert not unheard.same(crowded, spoken[:2], behind=True)
    assert not unheard.same(spoken, spoken, behind=True)
