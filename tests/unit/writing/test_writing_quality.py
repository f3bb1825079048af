"""How well errors are found, measured on 125 texts of ours: precision and recall by kind, and what the score does."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import correlation

import pytest

from api.english.writing import evaluate
from tests.support import writing_texts
from tests.support.writing_texts import LearnerText

ROOT = Path(__file__).parents[3]
TEXTS = {name: writing_texts.load(name) for name in ("development", "held_out", "practice", "unseen")}
EVERY = [text for texts in TEXTS.values() for text in texts]


def judge(texts: list[LearnerText]) -> dict[str, Counter[str]]:
    """By kind: predictions that touch an error, predictions that touch none, errors that were found, errors."""
    seen: dict[str, Counter[str]] = {name: Counter() for name in ("right", "false", "found", "errors")}
    for text in texts:
        made = evaluate.corrections(text.text)
        for one in made:
            touches = any(error.start <= one.end and one.start <= error.end for error in text.errors)
            seen["right" if touches else "false"][one.kind] += 1
        for error in text.errors:
            seen["errors"][error.kind] += 1
            seen["found"][error.kind] += any(error.start <= one.end and one.start <= error.end for one in made)
    return seen


def score(text: LearnerText, errors: int) -> int:
    return evaluate.evaluate(text.with_errors(errors), level=text.level, min_words=40).overall


def ranks(values: list[float]) -> list[float]:
    order = sorted(values)
    return [order.index(value) + (order.count(value) - 1) / 2 for value in values]


def test_there_are_enough_texts_errors_and_kinds() -> None:
    assert len(EVERY) >= 60
    assert sum(len(text.errors) for text in EVERY) >= 350
    assert len({error.kind for text in EVERY for error in text.errors}) >= 13
    assert {text.level for text in EVERY} == {"A1", "A2", "B1", "B2", "C1"}


@pytest.mark.parametrize(
    ("name", "recall"), [("development", 0.85), ("held_out", 0.78), ("practice", 0.75), ("unseen", 0.48)]
)
def test_corrections_are_nearly_always_right(name: str, recall: float) -> None:
    seen = judge(TEXTS[name])
    right, false = seen["right"].total(), seen["false"].total()
    assert right / (right + false) >= 0.97, seen["false"]
    assert seen["found"].total() / seen["errors"].total() >= recall


def test_no_kind_of_correction_is_less_than_nine_in_ten_right() -> None:
    seen = judge(EVERY)
    for kind in seen["right"] | seen["false"]:
        assert seen["right"][kind] / (seen["right"][kind] + seen["false"][kind]) >= 0.9, kind


def test_texts_without_errors_are_left_alone() -> None:
    wrong = [(text.name, one) for text in EVERY for one in evaluate.corrections(text.right)]
    assert len(wrong) <= 1, wrong


def test_correct_english_of_many_kinds_is_left_alone() -> None:
    lines = [line for line in (writing_texts.FOLDER / "correct.txt").read_text().splitlines() if line[0] != "#"]
    assert sum(len(line.split()) for line in lines) > 2000
    wrong = [(line, one) for line in lines for one in evaluate.corrections(line)]
    assert not wrong


def test_native_prose_is_nearly_left_alone() -> None:
    """Passages of the CIA World Factbook (public domain); its slips are few, and so must be our corrections."""
    rows = (ROOT / "benchmarks/data/passages.jsonl").read_text().splitlines()[::4]
    texts = [json.loads(row)["text"] for row in rows]
    ours = {"spelling", "capitalisation", "punctuation"}
    wrong = [one for text in texts for one in evaluate.corrections(text) if one.kind not in ours]
    assert sum(len(text.split()) for text in texts) > 15_000
    assert len(wrong) <= 4, wrong


def test_most_suggestions_are_what_a_teacher_wrote() -> None:
    same = total = 0
    for text in EVERY:
        for one in evaluate.corrections(text.text):
            for error in text.errors:
                if error.start <= one.end and one.start <= error.end:
                    total += 1
                    changed = text.text[: one.start] + one.suggestion + text.text[one.end :]
                    wanted = text.text[: error.start] + error.right + text.text[error.end :]
                    same += changed == wanted
                    break
    assert same / total >= 0.85


def test_the_score_falls_as_errors_are_put_in() -> None:
    for text in EVERY:
        series = [score(text, count) for count in range(len(text.errors) + 1)]
        # An error that no rule knows can change what is measured by a point of rounding, never more.
        assert all(later <= earlier + 1 for earlier, later in pairwise(series)), (
            text.name,
            series,
        )
        if len(evaluate.corrections(text.text)) >= 3:
            assert series[-1] <= series[0] - 5, (text.name, series)


def test_score_and_number_of_errors_rank_texts_in_opposite_order() -> None:
    texts = TEXTS["development"] + TEXTS["held_out"]
    pairs = [(score(text, count), count) for text in texts for count in range(len(text.errors) + 1)]
    scores, counts = [float(pair[0]) for pair in pairs], [float(pair[1]) for pair in pairs]
    assert correlation(ranks(scores), ranks(counts)) < -0.8
