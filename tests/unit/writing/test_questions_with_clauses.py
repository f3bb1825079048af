"""Questions whose subject has its own clause, names after a missing verb, sayings in dialect, “have” with a verb."""

import pytest

from language.grammar import check

RIGHT = """
Does the train your parents take leave at six?
Does the bakery my cousin runs sell rye bread?
What did the woman Peter met at the party say?
When does the office Maria works in close?
Did the book everybody talks about sell well?
Does the company she works for pay well?
They was good lads, as they say round here.
We was poor but happy, my grandad used to say.
We have book tokens for the winners.
My name is Ada and I am ten.
"""
WRONG = [
    ("Does the girl likes her school?", "likes", "like"),
    ("Did the man you met went home?", "went", "go"),
    ("Does your brother works here?", "works", "work"),
    ("Did you think about sell it?", "sell", "selling"),
    ("They was good lads.", "was", "were"),
    ("I have book a table for two.", "book", "booked"),
    ("She has phone her sister.", "phone", "phoned"),
    ("I have book and a pen.", "book", "a book"),
    ("My name Zeynep.", "Zeynep", "is Zeynep"),
]


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_what_is_right_is_left_alone(line: str) -> None:
    assert check.of_text(line) == ()


@pytest.mark.parametrize(("sentence", "original", "suggestion"), WRONG)
def test_what_looks_like_it_and_is_wrong_is_corrected(sentence: str, original: str, suggestion: str) -> None:
    assert (original, suggestion) in [(one.original, one.suggestion) for one in check.of_text(sentence)]


@pytest.mark.parametrize("line", ["I have question a and question b.", "I have phone a and phone b."])
def test_letters_that_count_things_make_no_verbs_of_them(line: str) -> None:
    assert all(one.suggestion not in {"questioned", "phoned"} for one in check.of_text(line))


def test_two_subjects_are_not_made_of_a_name_without_its_verb() -> None:
    assert all(one.original != "am" for one in check.of_text("my name zeynep and i am 12"))
