"""The questions: enough of them, one right answer each, English that our own rules leave alone."""

import re
import statistics

import pytest

from language import levels, tokens
from language.grammar import check
from language.placement import adaptive, answers
from language.placement.items import SKILLS, Item, Skill, bank

ITEMS = list(bank().values())
NAMES = re.compile(
    "anna|maria|tom|lisa|omar|greece|italy|berlin|bristol|reading|german|lucy|paul|mia|jack|sara|emma|leo|nina|owen|"
    "ruth|peter|mark|david|hill|lee|park|ben|mr|mrs|ms|easter"
)


def whole(item: Item) -> str:
    """The item as a reader who knows the answer sees it."""
    said = item.right if item.right is not None else item.accept[0] if item.accept else ""
    text = item.text.rpartition(" (")[0] if item.accept and item.text.endswith(")") else item.text
    return text.replace("___", said.capitalize() if text.startswith(("___", "– ___")) else said)


@pytest.mark.parametrize("skill", SKILLS)
def test_every_level_has_questions_of_every_skill(skill: Skill) -> None:
    at = [int(one.difficulty) for one in ITEMS if one.skill == skill]
    least = {"use": 8, "reading": 5, "listening": 5, "writing": 2, "speaking": 3}[skill]
    assert [at.count(level) >= least for level in range(5)] == [True] * 5
    assert set(at) == set(range(5))


@pytest.mark.parametrize("item", ITEMS, ids=lambda one: one.id)
def test_a_question_has_one_right_answer(item: Item) -> None:
    if item.kind == "choice":
        options = [item.right or "", *item.wrong]
        assert len({one.lower() for one in options}) == 4
        if item.skill != "use":  # the longest is not always the right one
            assert len(item.right or "") <= 1.6 * max(map(len, item.wrong))
        shown = answers.options(item, "k")
        assert [answers.closed(item, "k", id_) for id_, text in shown.items()].count(1.0) == 1
        assert answers.closed(item, "k", next(id_ for id_, text in shown.items() if text == item.right)) == 1
    if item.kind == "gap":
        assert item.text.count("___") == 1 and 1 <= len(item.accept) <= 2
    assert (item.skill == "listening") == (item.script is not None)
    assert (item.skill == "reading") == (item.passage is not None)
    assert (item.min_words is not None) == (item.kind == "writing")


@pytest.mark.parametrize("item", ITEMS, ids=lambda one: one.id)
def test_the_english_is_right(item: Item) -> None:
    lines = [re.sub(r"^[A-Z]\w+: ", "", line) for line in (item.script or "").splitlines()]
    for text in (whole(item), item.passage or "", *lines):
        assert [one for one in check.of_text(text) if one.kind != "spelling"] == [], text


def test_words_get_harder_with_the_level() -> None:
    """Of the texts that are read and heard, by the level of their words."""
    means = []
    for level in range(5):
        texts = [one.passage or one.script or "" for one in ITEMS if int(one.difficulty) == level]
        words = [word.lower() for text in texts for word in tokens.words(text)]
        known = [
            levels.LEVELS.index(levels.level(word)) for word in words if not NAMES.fullmatch(word.removesuffix("'s"))
        ]
        means.append(statistics.fmean(known))
    assert max(means[:2]) < 0.05 < means[2] <= means[3] < means[4], means


def test_right_answers_stand_at_every_place() -> None:
    places = [
        next(id_ for id_, text in answers.options(one, "k").items() if text == one.right)
        for one in ITEMS
        if one.kind == "choice"
    ]
    assert all(places.count(place) >= len(places) / 8 for place in "abcd")


@pytest.mark.parametrize(
    ("id_", "given", "right"),
    [
        ("use-08", "Do", True),
        ("use-08", " do. ", True),
        ("use-08", "Do you like coffee? Yes, I do.", True),
        ("use-08", "did", False),
        ("use-08", "", False),
        ("use-09", "works", True),
        ("use-09", "My sister works in a bank. She likes her job.", True),
        ("use-09", "work works", False),
        ("use-37", "’d studied", True),
        ("use-37", "had  studied", True),
        ("use-37", "studied", False),
    ],
)
def test_what_is_typed_is_read_as_people_mean_it(id_: str, given: str, right: bool) -> None:
    assert answers.closed(bank()[id_], "k", given) == float(right)


def test_a_pass_is_what_half_of_the_learners_of_a_level_reach() -> None:
    assert [answers.graded(score) for score in (0, 30, 60, 80, 100)] == [0, 0.25, 0.5, 0.75, 1]


def test_levels_begin_at_whole_numbers() -> None:
    assert [adaptive.cefr(one) for one in (-0.4, 0, 0.99, 1, 2.5, 4, 4.99, 5.4)] == [
        "A1", "A1", "A1", "A2", "B1", "C1", "C1", "C1",
    ]  # fmt: skip
