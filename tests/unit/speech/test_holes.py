"""Sentences that a pass leaves out in the middle of speech."""

import pytest

from speech.transcription.agreement import Agreement
from speech.transcription.holes import filled
from speech.transcription.types import HeardWord


def said(text: str, start: float = 0.0, each: float = 0.3) -> list[HeardWord]:
    return [HeardWord(word, start + i * each, start + (i + 1) * each, 0.9) for i, word in enumerate(text.split())]


def texts(words: list[HeardWord]) -> str:
    return " ".join(word.text for word in words)


BOOK, CUTTER = said("the true printed book."), said("I'm from the cutter lying off the coast.", 1.2)
MODERN = said("In being comparatively modern.", 2.9)


def test_a_sentence_that_the_next_pass_leaves_out_is_promised_all_the_same() -> None:
    agreement = Agreement()
    agreement.offer([*BOOK, *CUTTER], 3.7)
    agreement.offer(BOOK, 4.0)  # nothing behind the book
    agreement.offer([*BOOK, *MODERN], 4.5)
    agreement.offer([*BOOK, *MODERN], 4.8)
    assert texts(agreement.promised) == (
        "the true printed book. I'm from the cutter lying off the coast. In being comparatively modern"
    ).replace("modern", "modern.")


def test_the_last_pass_leaves_none_out_either() -> None:
    agreement = Agreement()
    agreement.offer([*BOOK, *CUTTER], 3.7)
    assert texts(agreement.close([*BOOK, *MODERN])) == texts([*BOOK, *CUTTER, *MODERN])


def test_what_was_promised_before_the_hole_is_said_once() -> None:
    agreement = Agreement()
    agreement.offer(BOOK, 1.6)
    agreement.offer([*BOOK, *CUTTER], 3.7)
    assert texts(agreement.promised) == "the true printed book."
    assert texts(agreement.close([*BOOK, *MODERN])) == texts([*BOOK, *CUTTER, *MODERN])


def test_the_window_may_move_on_between_two_passes() -> None:
    agreement = Agreement()
    agreement.offer(BOOK, 1.6)
    agreement.offer([*BOOK, *CUTTER], 3.7)
    agreement.forget(3, 0.9)
    after = [HeardWord(one.text, one.start - 0.9, one.end - 0.9, 0.9) for one in [BOOK[3], *MODERN]]
    assert texts(agreement.close(after)) == texts([BOOK[3], *CUTTER, *MODERN])


def test_words_may_be_stretched_over_the_hole() -> None:
    stretched = [*BOOK[:3], HeardWord("book.", 0.9, 2.5, 0.9), HeardWord("In", 2.3, 3.0, 0.9), *MODERN[1:]]
    agreement = Agreement()
    agreement.offer([*BOOK, *CUTTER, MODERN[0]], 3.7)
    agreement.offer(stretched, 4.5)
    assert texts(agreement.promised) == "the true printed book. I'm from the cutter lying off the coast. In"


@pytest.mark.parametrize(
    ("before", "heard"),
    [
        (said("one two three four five", 1.0), said("one two three four five", 2.6)),  # the times were wrong before
        (said("one too three four five", 1.0), said("one two three four five six", 2.6)),  # and a word
        (said("well a um er then we left"), said("well then we left")),  # too few to be a sentence
        (said("I do not know about it at all now"), said("I don't have any of it at all now")),  # another reading
        (said("we said nothing new here at all"), said("we said")),  # the end may be better now
        ([], said("late", 3.0)),
    ],
)
def test_only_what_is_missing_is_filled_in(before: list[HeardWord], heard: list[HeardWord]) -> None:
    assert filled(heard, before) == heard


def test_words_that_also_stand_behind_the_hole_are_not_said_twice() -> None:
    before = said("so I'm from the cutter coast in being modern", 1.0)
    heard = [*said("so", 1.0), *said("in being modern", 2.8)]
    assert texts(filled(heard, before)) == "so I'm from the cutter coast in being modern"


def test_words_that_outran_their_sound_are_not_kept() -> None:
    """A partial that guesses how the sentence ends writes words for which there is no sound yet."""
    guessed = [*said("with", 1.2), *said("a lot of work to do", 1.5, 0.0)]
    heard = [*BOOK, *said("with us", 1.2)]
    assert filled(heard, [*BOOK, *guessed]) == heard
    agreement = Agreement()
    agreement.offer([*BOOK, *guessed], 1.5)
    agreement.offer([*BOOK, *said("with ugly", 1.2)], 1.9)
    agreement.offer([*BOOK, *said("with ugly ones.", 1.2)], 2.2)
    agreement.offer([*BOOK, *said("with ugly ones.", 1.2)], 2.6)
    assert texts(agreement.promised) == "the true printed book. with ugly ones."
