import pytest

from api.english.tasks import words


def forms(text: str) -> list[str]:
    return [token.form for token in words.tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I don't know.", "i do not know"),
        ("It’s a colourful centre!", "it's a colorful center"),
        ("We travelled by aeroplane", "we traveled by airplane"),
        ("They organised the programme", "they organized the program"),
        ("ninety-five euros", "95 euros"),
        ("twenty one", "21"),
        ("I cant come", "I can't come"),
        ("She won't", "she will not"),
    ],
)
def test_spellings_that_mean_the_same(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("its", "it's"), ("exercise", "exercize"), ("were", "we're"), ("well", "we'll")]
)
def test_spellings_that_do_not(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_s_and_d_stand_for_either_verb() -> None:
    assert words.same("'s", "is") and words.same("has", "'s") and words.same("'d", "would") and words.same("had", "'d")
    assert not words.same("'s", "was")


def test_a_token_remembers_where_it_stood() -> None:
    text = "Well, she isn't here."
    spans = [text[token.start : token.end] for token in words.tokens(text)]
    assert spans == ["Well", "she", "isn't", "isn't", "here"]


def test_tens_and_units_join_but_other_numbers_do_not() -> None:
    assert forms("four four seven") == ["4", "4", "7"]
    assert forms("twenty past three") == ["20", "past", "3"]
