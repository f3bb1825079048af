"""Words as they are compared."""

from speech.transcription import words


def test_keys_forget_case_punctuation_apostrophes_and_number_words() -> None:
    assert words.keys(["Don't", "don’t", "DONT,", "Two", "2", "twenty", "20."]) == [
        "dont",
        "dont",
        "dont",
        "2",
        "2",
        "20",
        "20",
    ]


def test_what_covers_the_promise() -> None:
    assert words.covered(["a", "b"], ["a", "b", "c"]) == 2
    assert words.covered(["a", "b"], ["b", "c"]) == 1
    assert words.covered(["that", "that"], ["that", "that", "that"]) == 2
    assert words.covered(["a", "x", "c"], ["a", "b", "c", "d"]) == 3
    assert words.covered([], ["a"]) == 0
    assert words.covered(["a"], []) == 0


def test_words_heard_again_at_a_windows_start() -> None:
    assert words.repeated_start(["my", "fellow"], ["fellow", "americans"]) == 1
    assert words.repeated_start(["my", "fellow"], ["my", "fellow", "americans"]) == 2
    assert words.repeated_start(["my"], ["your"]) == 0


def test_the_stem_leaves_punctuation_inside() -> None:
    assert words.stem("late.") == "late"
    assert words.stem("U.S.A.,") == "U.S.A"
    assert words.stem("...") == "..."
