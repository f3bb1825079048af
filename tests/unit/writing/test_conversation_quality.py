"""What beginners say wrong is found, and what they say right is left alone."""

import pytest

from language.grammar import check
from tests.support import conversation_slips


@pytest.mark.parametrize(
    ("name", "right", "wrong"), [("conversation", 0.95, 0.01), ("conversation_held_out", 0.75, 0.03)]
)
def test_slips_are_put_right_and_hardly_ever_made_worse(name: str, right: float, wrong: float) -> None:
    found = conversation_slips.judged(name)
    assert found.total() >= 150
    assert found["right"] / found.total() >= right
    assert found["wrong"] / found.total() <= wrong


def test_right_sentences_that_look_like_slips_are_left_alone() -> None:
    sentences = conversation_slips.lines("conversation_right")
    assert len(sentences) >= 450
    assert [one for one in sentences if check.of_text(one)] == []
