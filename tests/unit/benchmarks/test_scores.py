"""Figures of a live transcript."""

from benchmarks._scores import Screen, errors
from speech import events


def _partial(text: str, stable: int, turn: int = 1) -> events.Partial:
    return events.Partial(turn, text, stable, ())


def _final(text: str, turn: int = 1) -> events.Final:
    return events.Final(turn, text, (), {"name": "none", "model": "", "version": ""}, {"total": 0})


def test_a_contraction_is_as_right_as_its_words() -> None:
    assert errors("I am from the cutter and cannot go.", "I'm from the cutter, and cannot go") == (0, 8)
    assert errors("WE WON'T", "We will not.") == (0, 3)
    assert errors("he\u2019s here", "he was here") == (1, 3)


def test_words_wrong_missing_and_too_many_count_alike() -> None:
    assert errors("one two three", "1 too three four") == (2, 3)
    assert errors("one two", "") == (2, 2)


def test_a_text_is_the_last_final_of_every_turn() -> None:
    screen = Screen([(1.0, _final("and so")), (2.0, _final("and so on")), (3.0, _final("and on", 2))])
    assert screen.text() == "and so on and on"


def test_a_broken_promise_is_counted_to_the_letter() -> None:
    kept = Screen([(1.0, _partial("and so", 3)), (2.0, _partial("and sew on", 3)), (3.0, _final("and sowing"))])
    assert kept.taken_back() == 0
    broken = Screen([(1.0, _partial("and so", 6)), (2.0, _partial("and sew on", 3)), (3.0, _final("end"))])
    assert broken.taken_back() == 2
