"""Words as search knows them."""

import pytest

from language import terms as words


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("caresses", "caress"),
        ("ponies", "poni"),
        ("cats", "cat"),
        ("agreed", "agre"),
        ("plastered", "plaster"),
        ("motoring", "motor"),
        ("sing", "sing"),
        ("hopping", "hop"),
        ("filing", "file"),
        ("happy", "happi"),
        ("sky", "sky"),
        ("relational", "relat"),
        ("vietnamization", "vietnam"),
        ("electriciti", "electr"),
        ("hopefulness", "hope"),
        ("adjustment", "adjust"),
        ("adoption", "adopt"),
        ("probate", "probat"),
        ("rate", "rate"),
        ("controll", "control"),
        ("roll", "roll"),
        ("2024", "2024"),
        ("ox", "ox"),
    ],
)
def test_words_are_stripped_to_porters_stems(word: str, stem: str) -> None:
    assert words.stem(word) == stem


def test_accents_and_case_fold_away() -> None:
    assert words.fold("Café Łódź STRASSE straße İstanbul") == "cafe lodz strasse strasse istanbul"


def test_words_know_where_they_stand() -> None:
    text = "Don't stop_me: 3½ café!"
    assert [(word, text[start:end]) for word, start, end in words.split(text)][-1] == ("cafe", "café")
    assert [word for word, _, _ in words.split(text)][:4] == ["don", "t", "stop", "me"]
