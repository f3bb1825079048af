"""Sentences out of a stream of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.synthesis.sentences import Splitter


def _split(text: str, size: int = 3) -> list[str]:
    splitter = Splitter()
    found = [sentence for i in range(0, len(text), size) for sentence in splitter.feed(text[i : i + size])]
    return [*found, rest] if (rest := splitter.rest()) else found


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("Hello there. How are you?", ["Hello there.", "How are you?"]),
        ("Dr. Smith lives here. He is old!", ["Dr. Smith lives here.", "He is old!"]),
        ("It costs 3.50 pounds. Fine.", ["It costs 3.50 pounds.", "Fine."]),
        ("He said “go.” Then he left.", ["He said “go.”", "Then he left."]),
        ("So am I. And you?", ["So am I.", "And you?"]),
        ("no stop at all", ["no stop at all"]),
        ("", []),
    ],
)
def test_sentences_are_found_as_they_become_complete(text: str, sentences: list[str]) -> None:
    assert _split(text) == sentences


def test_a_sentence_leaves_before_the_next_one_is_written() -> None:
    assert Splitter().feed("One two. Thr") == ["One two."]


def test_endless_text_is_cut_at_a_pause() -> None:
    text = "and then we went on, " * 40
    pieces = _split(text)
    assert all(len(piece) <= 240 for piece in pieces)
    assert all(piece.endswith(",") for piece in pieces)


@given(st.text(alphabet="ab .!?,\n\"'", max_size=600), st.integers(1, 50))
def test_no_word_is_lost_however_the_text_arrives(text: str, size: int) -> None:
    assert " ".join(_split(text, size)).split() == text.split()
