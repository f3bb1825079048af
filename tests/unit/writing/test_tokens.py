"""Where a word begins and ends, for grammar and for comparing."""

import pytest

from language import tokens


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("It’s a well-known fact.", ["it's", "a", "well-known", "fact"], ["it's", "a", "well", "known", "fact"]),
        ("The students' café", ["the", "students", "café"], ["the", "students", "café"]),
        ("At 7:30 a.m.", ["at", "7:30", "a.m."], ["at", "7:30", "a", "m"]),
        ("the 3rd of May, 1,000.5", ["the", "3rd", "of", "may", "1,000.5"], ["the", "3", "rd", "of", "may", "1,000.5"]),
        ("rock 'n' roll _ ok", ["rock", "n", "roll", "ok"], ["rock", "n", "roll", "ok"]),
        ("… — !", [], []),
    ],
)
def test_words_are_whole_or_taken_apart(text: str, whole: list[str], parts: list[str]) -> None:
    assert tokens.words(text) == whole
    assert [token.lower for token in tokens.simple(text)] == parts
    assert all(text[token.start : token.end] == token.text for token in [*tokens.of(text), *tokens.simple(text)])


def test_letters_alone_tell_the_language() -> None:
    assert tokens.letters("C’est l'heure, 24 h") == ["c", "est", "l", "heure", "h"]


def test_words_are_changed_where_they_stand() -> None:
    given = "My brother-in-law and I, at 8"
    assert tokens.changed(given, lambda word: word.text.upper()) == "MY BROTHER-IN-LAW AND I, AT 8"
    assert tokens.changed("", lambda word: "x") == ""
