"""Texts as they are read, whatever program they come out of."""

import unicodedata

import pytest

from kit import typography

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060"
UNSEEN += "\u2066\u2069\ufeff\u034f\u061c\u180e\ufe0f\u20e3\u3164\ufffc\0\a"


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_cannot_be_seen_is_not_read(unseen: str) -> None:
    seen = typography.trace(f"{unseen}an{unseen}swer{unseen} me")
    assert seen.text == "answer me"
    assert seen.shown(0, 6) == "answer"
    start, end = seen.span(7, 9)
    assert seen.source[start:end] == "me"


def test_marks_that_mean_the_same_are_one() -> None:
    assert typography.plain("“don’t” «donʼt» „don´t‟ ‹don′t› don`t") == '"don\'t" "don\'t" "don\'t" "don\'t" don\'t'
    assert typography.plain("re‐do re‑do a–b a—b a―b") == "re-do re-do a–b a–b a–b"
    assert typography.plain("wait… 5\u00a0km\u2009ﬁne ½ Parley™") == "wait... 5 km fine 1/2 Parley"


def test_letters_and_their_marks_are_one_letter() -> None:
    apart = unicodedata.normalize("NFD", "café naïve")
    seen = typography.trace(apart)
    assert seen.text == "café naïve"
    assert apart[slice(*seen.span(0, 4))] == unicodedata.normalize("NFD", "café")


def test_marks_may_stay() -> None:
    seen = typography.trace("“Don’t”\u00a0go\u200b… ﬁne\u2028cafe\u0301", signs=False)
    assert seen.text == "“Don’t” go… ﬁne\ncafé"


def test_a_plain_text_is_itself() -> None:
    text = 'Plain text.\nWith\ttwo lines, "quotes" and -- dashes.'
    assert typography.trace(text).text is text
    assert typography.trace(text).span(3, 7) == (3, 7)
    assert typography.trace("").span(0, 0) == (0, 0)


def test_words_that_look_latin_are_read_so_and_others_stay() -> None:
    assert typography.latin("\u0430 c\u0430t s\u0430id \u0421\u041e\u0421\u0410") == "a cat said COCA"
    for other in ("Россия", "Ελλάδα", "café", "naïve", "你好", "plain"):
        assert typography.latin(other) == other
    assert typography.unaccented("Zoë yóu yo\u0301u") == "Zoe you you"
