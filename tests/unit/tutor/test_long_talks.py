"""The tutor over many turns, and with whatever is typed."""

import re

import pytest

from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    "odd",
    [
        "a" * 10_000,
        "I like cats. " * 770,
        "Привет, как дела?",
        "{place} {what}",
        "what does mean",
        "difference between and",
        "my my my my",
        "let's practise",
        "I have a dog named " + "Y" * 300,
        "\x01\x02",
        "I want to " + "very " * 300 + "go",
    ],
)
def test_whatever_is_said_has_a_short_answer(odd: str) -> None:
    for answer in converse(["Hello", odd, "Where do I live?", odd]):
        assert answer.strip()
        assert len(answer.split()) < 90
        assert len(answer) < 1_500
        assert not set(answer) & set("{}")


def test_forty_turns_bring_no_question_twice() -> None:
    told = """I like music.|I went to Rome with my friends.|I work in a bank.|no|I have a dog.|It is nice.
        |I cooked fish.|My sister is a nurse.|yes|I bought a bike."""
    lines = [line.strip() for line in told.split("|")]
    answers = converse([line.replace(".", f", and {n} more.") if n > 10 else line for n, line in enumerate(lines * 4)])
    asked = [one.strip() for answer in answers for one in re.findall(r"[^.!?:“”…]+\?", answer)]
    assert len(asked) == len(set(asked))
