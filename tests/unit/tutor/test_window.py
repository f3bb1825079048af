"""How much of a conversation the tutor reads."""

import time

import pytest

from language.tutor import frame, minutes, speechacts, window
from language.tutor.turns import ChatTurn
from language.tutor.tutor import Tutor

CUT = window.LAST_CHARACTERS


def test_what_people_write_is_read_whole() -> None:
    history = [ChatTurn("assistant" if n % 2 else "user", f"{n}: " + "I like it. " * 15) for n in range(99)]
    assert window.newest(history) == history


def test_of_a_long_message_its_last_sentences_are_read() -> None:
    text = "We went home late. " * 400 + "What does “late” mean?"
    (turn,) = window.newest([ChatTurn("user", text)])
    assert turn.content.startswith("We went home late. ") and text.endswith(turn.content)
    assert CUT - 20 <= len(turn.content) <= CUT


@pytest.mark.parametrize(("text", "beginning"), [("yesterday " * 2_000, "yesterday "), ("a" * 20_000, "aaa"), ("", "")])
def test_a_text_without_sentences_is_cut_at_a_word_and_one_without_words_anywhere(text: str, beginning: str) -> None:
    (turn,) = window.newest([ChatTurn("user", text)])
    assert turn.content.startswith(beginning) and CUT - 20 <= len(turn.content) + (not text) * CUT <= CUT


def test_a_stop_near_the_end_leaves_more_than_the_last_words() -> None:
    (turn,) = window.newest([ChatTurn("user", "a" * 20_000 + ". So it is.")])
    assert len(turn.content) >= CUT // 2


def test_of_a_long_history_the_newest_turns_are_read_and_of_each_its_end() -> None:
    history = [ChatTurn("user", f"{n} " + "word " * 2_000 + str(n)) for n in range(300)]
    read = window.newest(history)
    assert [turn.content.split()[-1] for turn in read] == [str(n) for n in range(300)][-len(read) :]
    assert sum(len(turn.content) for turn in read) <= window.ALL_CHARACTERS
    assert all(len(turn.content) <= window.EARLIER_CHARACTERS for turn in read[:-1])
    assert len(window.newest([ChatTurn("user", "Yes.")] * 300)) == window.MOST_TURNS


def test_the_tutor_and_a_models_frame_read_no_more_than_that() -> None:
    history = [ChatTurn("user" if n % 2 else "assistant", f"{n} I goes home. " * 1_000) for n in range(150)]
    newest = window.newest(history)
    assert Tutor().answer(history, "B1", None, "en") == Tutor().answer(newest, "B1", None, "en")
    assert frame.describe(history, "B1", None) == frame.describe(newest, "B1", None)


def test_what_to_decide_stands_in_a_question_or_behind_if() -> None:
    for asked in (
        "I have an offer. Should I stay here or move abroad? Tell me.",
        "I wonder if I should stay or leave.",
    ):
        assert "can't decide" in (speechacts.decision(asked, "A") or "")


def test_a_question_for_a_number_of_ones_own_is_heard() -> None:
    assert minutes.asks_for_number("Hello? What was the number of my flight?")
    assert not minutes.asks_for_number("What is it? The number is my secret.")
    assert not minutes.asks_for_number("Is my number right?")


PIECES = [
    "number my ",
    "1 ",
    "a ",
    "I am ",
    "he go ",
    "I said, “",
    "should I go ",
    "if I should ",
    "what is ",
    "because ",
    "“a” ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_eight_times_as_long_takes_not_much_over_eight_times_as_long(piece: str) -> None:
    def cost(characters: int) -> float:
        text = (piece * characters)[:characters]
        begun = time.thread_time()
        for _ in range(100_000 // characters):
            speechacts.decision(text, "B")
            speechacts.answer(text)
            minutes.asks_for_number(text + "number?")
        return (time.thread_time() - begun) * characters

    cost(1_000)
    assert min(cost(20_000) for _ in range(2)) < 24 * max(cost(2_500) for _ in range(2))
