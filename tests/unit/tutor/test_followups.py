"""Reactions that go on from what was said."""

import pytest

from language.tutor import followups


def _first(text: str, band: str = "B") -> str:
    found = followups.find(text, band)
    return f"{found[0].reaction} {found[0].question}" if found else ""


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I like to dance and cook.", "you like dance"),
        ("I want to open a bakery.", "first step to open a bakery"),
        ("I live in Krakow with my husband.", "visitor to Krakow not miss"),
        ("I'm a nurse.", "a good day look like for a nurse"),
        ("I am an engineer", "for an engineer"),
        ("We watched a film about sharks.", "best scene"),
        ("I don't like my job.", "What don't you like about your job"),
        ("I have two brothers.", "What are your brothers like"),
        ("It depends on the weather.", "So the weather makes the difference"),
    ],
)
def test_they_use_the_learners_words(text: str, part: str) -> None:
    assert part in _first(text)


@pytest.mark.parametrize("text", ["Yes.", "No, I don't.", "", "Blue.", "I like it."])
def test_where_nothing_fits_there_is_none(text: str) -> None:
    assert followups.find(text, "A") == []


def test_every_row_has_a_question_for_each_band() -> None:
    for _, reaction, asked in followups._ROWS:
        assert len(asked) == 3
        assert all(question.endswith("?") for question in asked)
        assert reaction.endswith((".", "!"))


def test_the_learner_becomes_you() -> None:
    assert followups.to_you("my brother and I") == "your brother and you"
