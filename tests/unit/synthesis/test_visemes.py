"""Mouth shapes of sentences."""

import itertools

from speech.synthesis import visemes
from speech.synthesis.visemes import NAMES


def _names(sentence: str) -> list[str]:
    return [NAMES[shape] for _, shape in visemes.shapes(sentence, 1.0)]


def test_lips_close_where_they_must() -> None:
    assert _names("Bob") == ["PP", "aa", "PP", "sil"]
    assert _names("five")[0] == "FF"
    assert _names("think")[0] == "TH"
    assert _names("see") == ["SS", "I", "sil"]
    assert _names("my") == ["PP", "aa", "I", "sil"]


def test_times_fill_the_sentence_and_only_grow() -> None:
    found = visemes.shapes("Hello there, my name is Parley. What do you like?", 3.0)
    times = [at for at, _ in found]
    assert times[0] == 0.0
    assert times == sorted(times)
    assert 2.5 < times[-1] <= 3.0
    assert found[-1][1] == visemes.SILENCE
    assert all(before[1] != after[1] for before, after in itertools.pairwise(found))


def test_commas_close_the_mouth_and_unknown_words_and_digits_have_shapes() -> None:
    assert _names("no, no").count("sil") == 2
    assert _names("Zxqpfl")[0] == "SS"
    assert _names("4")[0] == "FF"


def test_nothing_is_silence() -> None:
    assert _names("") == ["sil"]
    assert _names("…") == ["sil"]
