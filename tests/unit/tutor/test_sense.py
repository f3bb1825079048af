"""Messages that cannot be answered."""

import pytest

from language.tutor import sense


@pytest.mark.parametrize(
    "text", ["Hola, no entiendo nada de esto", "Je ne comprends pas", "Ich verstehe das nicht", "Привет", "こんにちは"]
)
def test_other_languages(text: str) -> None:
    assert sense.of(text) == "other_language"


@pytest.mark.parametrize("text", ["asdf qwer zxcv", "banana banana banana", "aaaaaaa", "fghjk"])
def test_nonsense(text: str) -> None:
    assert sense.of(text) == "nonsense"


@pytest.mark.parametrize(
    "text",
    [
        "I went to la Plaza de España with my friends.",
        "No.",
        "Pizza.",
        "Because I like it.",
        "My name is Nguyen Thi Hoa.",
        "It costs 45 pounds.",
        "We die of heat in summer.",
        "no no no, I am not tired",
        "Rhythms",
        "I am from Kraków.",
    ],
)
def test_english_with_names_and_mistakes_is_english(text: str) -> None:
    assert sense.of(text) == "english"
