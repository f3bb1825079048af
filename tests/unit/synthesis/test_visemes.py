"""Mouth shapes of sentences."""

import itertools

from speech.synthesis import visemes
from speech.synthesis.kokoro import symbols
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


def test_what_the_voice_has_timed_moves_the_mouth_then() -> None:
    phones = [("m", 0.1, 0.2), ("aɪ", 0.2, 0.4), ("f", 0.6, 0.7), ("iː", 0.7, 0.9)]
    found = [(at, NAMES[shape]) for at, shape in visemes.timed(phones, 1.2)]
    assert found == [
        (0.0, "sil"), (0.1, "PP"), (0.2, "aa"), (0.3, "I"), (0.4, "sil"), (0.6, "FF"), (0.7, "I"), (0.9, "sil"),
    ]  # fmt: skip
    assert visemes.timed([], 1.0) == [(0.0, 0)]
    times = [at for at, _ in visemes.timed([("m", 0.97, 0.99), ("i", 0.99, 1.0)], 1.0)]
    assert times == sorted(times)


def test_every_sound_of_the_voice_has_a_shape() -> None:
    for symbol in [*symbols.CONSONANTS.values(), *"TAIOQWYɑæʌɐəᵊɚɛɜɪᵻiɔɒʊu"]:
        ((_, shape), *_) = visemes.timed([(symbols.sounding(symbol), 0.0, 0.5)], 0.5)
        assert shape != visemes.SILENCE, symbol


def test_nothing_is_silence() -> None:
    assert _names("") == ["sil"]
    assert _names("…") == ["sil"]
