"""Titles of conversations, from their first message."""

import pytest

from api.chat import titles


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("Hello! Can you help me with the past tense? I forget it.", "Can you help me with the past tense?"),
        ("hi", "Hi"),
        ("good morning,  please tell me about   London.", "Tell me about London"),
        ("yesterday i go to cinema", "Yesterday i go to cinema"),
        ("word " * 40, "Word word word word word word word word word word word word…"),
        ("   \n ", None),
    ],
)
def test_a_title_is_the_first_sentence_without_its_greeting(message: str, title: str | None) -> None:
    assert titles.from_message(message) == title
