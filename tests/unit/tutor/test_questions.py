"""Questions for the tutor."""

import pytest

from language.tutor import questions


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I'm fine. And you?", "program"),
        ("Do you like dogs?", "program"),
        ("What do you think about it?", "no opinion"),
        ("Tell me a joke.", "homework"),
        ("What's the weather like in Paris?", "internet"),
        ("You're not really answering my question.", "sorry"),
    ],
)
def test_each_has_an_honest_answer(text: str, part: str) -> None:
    assert part in (questions.answer(text) or "")


@pytest.mark.parametrize("text", ["I like dogs.", "The weather was nice.", "My boss never listens to me.", "I and you"])
def test_statements_have_none(text: str) -> None:
    assert questions.answer(text) is None
