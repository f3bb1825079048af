"""Which unknown words are slips, what was meant, and what is never suggested."""

import pytest

from language import frequency
from language.grammar import check


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("tommorow", "tomorrow"),
        ("beleive", "believe"),
        ("enviroment", "environment"),
        ("definately", "definitely"),
        ("cryed", "cried"),
        ("untill", "until"),
        ("posession", "possession"),
        ("experiance", "experience"),
        ("succesful", "successful"),
    ],
)
def test_slips_of_learners_are_put_right(wrong: str, right: str) -> None:
    assert frequency.meant(wrong) == right
    assert any(one.suggestion == right for one in check.of_text(f"They said {wrong} again to us."))


@pytest.mark.parametrize(
    "text",
    [
        "We met in two cafes near the old aeroplane museum.",
        "The pasta was al dente, and vice versa.",
        "She graduated summa cum laude and was on terra firma again.",
        "He was reading about cyber law and the tech sector.",
        "The admin told us that the vacancies were filled.",
        "It was, faute de mieux, a good night.",
        "The cleaner was half asleep, and that is no prob- problem.",
    ],
)
def test_rare_and_foreign_words_are_no_slips(text: str) -> None:
    assert [one for one in check.of_text(text) if one.kind == "spelling"] == []


@pytest.mark.parametrize("word", ["fusca", "shish", "rhaps", "neuro", "diick", "pissa", "wankk"])
def test_no_coarse_word_is_suggested(word: str) -> None:
    meant = frequency.meant(word) or ""
    assert not meant.startswith(("fuck", "shit", "rape", "negro", "dick", "piss", "wank"))
