"""Which rule a correction follows, what is said about it, and where it is taught."""

import pytest

from api.english.catalog import lessons, load
from api.english.evaluation import views
from api.english.writing import evaluate
from language.correction import Correction
from language.grammar import check, rulebook


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("He go to school.", "agreement"),
        ("They was late.", "be_agreement"),
        ("She enjoys to swim.", "ing_form"),
        ("They decided going home.", "to_form"),
        ("He could began again.", "base_form"),
        ("They have leave the house.", "participle"),
        ("I want to buy car.", "article_a"),
        ("They live in same house.", "article_the"),
        ("We have many problem here.", "plural"),
        ("He bought a cars yesterday.", "singular"),
        ("We discussed about the plan.", "preposition_none"),
        ("It depends of the weather.", "preposition"),
        ("I beleive you.", "spelling"),
    ],
)
def test_the_rule_is_told_from_the_change(text: str, rule: str) -> None:
    assert [rulebook.rule_of(one) for one in check.of_text(text)] == [rule]


def test_a_kind_that_is_not_known_has_a_rule_too() -> None:
    assert rulebook.rule_of(Correction(0, 1, "a", "", "style", "")) == "word_choice"


def test_beginners_are_told_simply_and_others_more() -> None:
    for rule in rulebook.rules():
        simple, fuller = rulebook.explained(rule, "A1"), rulebook.explained(rule, "B2")
        assert simple == rulebook.explained(rule, "A2") and fuller == rulebook.explained(rule, None)
        assert simple != fuller and len(simple.split()) <= 16 and len(fuller.split()) <= 32
        assert simple.endswith(".") and fuller.endswith((".", ".”", "”"))
        assert check.of_text(simple) == check.of_text(fuller) == ()


def test_lessons_are_modules_of_the_course() -> None:
    modules = {module.id for module in load.catalog().modules}
    assert set(lessons.LESSONS.values()) <= modules
    assert set(lessons.LESSONS) <= set(rulebook.rules())


def test_what_comes_back_in_a_text_is_explained_once() -> None:
    report = evaluate.evaluate(
        "He go to school. She like music. It depends of the weather. My sister work here.", level="A2"
    )
    found = views.written("0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30", report).corrections
    assert [one.rule for one in found] == ["agreement", "agreement", "preposition", "agreement"]
    assert [one.explanation is not None for one in found] == [True, False, True, False]
    assert {one.module_id for one in found} == {"a1-my-day", "a1-home-and-family"}
    assert all(one.message for one in found)
