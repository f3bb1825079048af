"""Answers that are accepted beside the one that is written down."""

import pytest

from api.english.tasks import answers


def credit(given: str, *accept: str, free: bool = True, question: str = "") -> float:
    return answers.match(given, accept, articles_free=free, question=question).credit


def test_patterns_expand_to_every_wording() -> None:
    assert set(answers.expand("(at) [ten|10] (o'clock)")) == {
        "ten",
        "10",
        "at ten",
        "at 10",
        "ten o'clock",
        "10 o'clock",
        "at ten o'clock",
        "at 10 o'clock",
    }


@pytest.mark.parametrize("pattern", ["(at ten", "a]b", "[a|b"])
def test_a_broken_pattern_is_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        answers.expand(pattern)


@pytest.mark.parametrize(
    "given", ["ten", "At 10!", "TEN O'CLOCK", "It opens at ten o'clock.", "at ten o’clock on Saturday"]
)
def test_what_a_fair_teacher_accepts(given: str) -> None:
    assert credit(given, "(at) ten (o'clock)", question="What time does it open on Saturday?") == 1


@pytest.mark.parametrize(
    "given", ["", "nine", "not at ten", "It doesn't open at ten.", "ten nine eight seven six five four"]
)
def test_what_no_teacher_accepts(given: str) -> None:
    assert credit(given, "(at) ten (o'clock)", question="What time does it open on Saturday?") == 0


def test_articles_are_free_or_strict_by_configuration() -> None:
    assert credit("bus stop", "the bus stop") == 1
    assert credit("bus stop", "the bus stop", free=False) == 0


def test_listing_several_answers_earns_half() -> None:
    found = answers.match("Sunday or Monday", ("(on) Sunday",), articles_free=True, question="When is it closed?")
    assert found.credit == 0.5 and found.crowded


def test_a_slip_of_the_pen_costs_a_fifth_and_says_where() -> None:
    found = answers.match("in the libary", ("in the library",), articles_free=True)
    assert found.credit == 0.8
    token, form = found.slips[0]
    assert ("in the libary"[token.start : token.end], form) == ("libary", "library")


@pytest.mark.parametrize(("given", "wanted"), [("work", "word"), ("lives", "live"), ("form", "from"), ("cat", "car")])
def test_another_english_word_is_not_a_slip(given: str, wanted: str) -> None:
    assert not answers.misspelt(given, wanted)


def test_a_transformation_wants_the_wording_itself() -> None:
    pattern = "(could you tell me) where the meeting [is|will be]"
    assert credit("where the meeting is", pattern, free=False) == 1
    assert credit("Could you tell me where the meeting will be?", pattern, free=False) == 1
    assert credit("where is the meeting", pattern, free=False) == 0
    assert credit("I know where the meeting is", pattern, free=False) == 0


@pytest.mark.parametrize(
    "given",
    ["5550187", "555 0187", "555-0187", "5 5 5 0 1 8 7", "It's 55 50 187.", "five five five zero one eight seven"],
)
def test_a_long_number_may_be_grouped_in_any_way(given: str) -> None:
    assert credit(given, "5550187", question="What's your phone number?") == 1


@pytest.mark.parametrize("given", ["555 0188", "555 018", "5550187 or 5550188"])
def test_another_long_number_is_wrong(given: str) -> None:
    assert credit(given, "5550187", question="What's your phone number?") < 1


def test_short_numbers_are_not_run_together() -> None:
    assert credit("1 5", "15") == 0
