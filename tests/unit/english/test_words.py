"""Which words of a task went right or wrong."""

import time

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


@pytest.mark.parametrize(
    "text", ["I do\u00adn’t kno\u200bw\ufeff", "I donʼt know", "I don´t\u00a0know", "\u200eI don‛t know"]
)
def test_words_are_the_same_whatever_typography_did_to_them(text: str) -> None:
    assert forms(text) == forms("I don't know")
    found = words.tokens(text)
    assert text[found[-1].start : found[-1].end].startswith("kno")


def test_numbers_are_paired_with_the_words_that_say_them() -> None:
    one, other = words.paired(
        "Call 2891 at 3:30 on the 21st.", "Call two eight nine one at half past three on the twenty-first."
    )
    assert [token.form for token in one] == [token.form for token in other]
    assert {(token.start, token.end) for token in one[1:5]} == {(5, 9)}
    assert [token.form for token in words.paired("It is 5.", "It is six.")[0]] == ["it", "is", "5"]


def test_texts_of_numbers_only_are_paired_in_no_time() -> None:
    began = time.process_time()
    words.paired(" ".join(map(str, range(4000))), " ".join(str(7 * n) for n in range(4000)))
    assert time.process_time() - began < 2


def test_two_texts_are_alike_by_their_words() -> None:
    assert words.alike("Don’t go,\u00a0please.", "don't go please")
    assert not words.alike("Don't go.", "Do go.")
