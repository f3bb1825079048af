"""Which words will stay."""

from speech.transcription.agreement import Agreement, Rules
from speech.transcription.types import HeardWord


def heard(said: str, *, confidence: float = 0.9, each: float = 0.4) -> list[HeardWord]:
    return [HeardWord(word, i * each, (i + 1) * each, confidence) for i, word in enumerate(said.split())]


def texts(words: list[HeardWord]) -> list[str]:
    return [word.text for word in words]


def test_what_two_passes_heard_is_promised() -> None:
    agreement = Agreement()
    agreement.offer(heard("and so my"), 1.3)
    assert texts(agreement.promised) == [] and texts(agreement.shown) == ["and", "so", "my"]
    agreement.offer(heard("and so my fellow"), 1.7)
    assert texts(agreement.promised) == ["and", "so", "my"]
    assert texts(agreement.shown) == ["fellow"]


def test_case_punctuation_apostrophes_and_numbers_do_not_count() -> None:
    agreement = Agreement()
    agreement.offer(heard("Don't take two."), 5)
    agreement.offer(heard("dont take 2, please"), 5)
    assert texts(agreement.promised) == ["dont", "take", "2,"]


def test_a_word_at_the_cut_end_needs_three_passes() -> None:
    agreement = Agreement(Rules(settle_s=0.25))
    agreement.offer(heard("never been"), 0.8)
    agreement.offer(heard("never been"), 0.85)
    assert texts(agreement.promised) == ["never"]
    agreement.offer(heard("never been"), 0.9)
    assert texts(agreement.promised) == ["never", "been"]


def test_an_unsure_word_is_shown_when_it_is_heard_again() -> None:
    agreement = Agreement()
    agreement.offer(heard("yes", confidence=0.2), 0.5)
    assert agreement.shown == []
    agreement.offer(heard("yes", confidence=0.2), 0.6)
    assert texts(agreement.shown) == ["yes"]


def test_a_single_contradiction_does_not_change_the_screen() -> None:
    agreement = Agreement(Rules(settle_s=9))
    agreement.offer(heard("the block books"), 1.3)
    agreement.offer(heard("the black boots went"), 1.7)
    assert texts(agreement.shown) == ["the", "block", "books"]
    agreement.offer(heard("the black boots went away"), 2.1)
    assert texts(agreement.promised) + texts(agreement.shown) == ["the", "black", "boots", "went", "away"]


def test_the_last_promised_words_punctuation_stays_open() -> None:
    agreement = Agreement()
    agreement.offer(heard("it is late."), 9)
    agreement.offer(heard("it is late."), 9)
    assert texts(agreement.promised) == ["it", "is", "late."]
    agreement.offer(heard("it is late but"), 9)
    assert texts(agreement.promised) == ["it", "is", "late"]


def test_the_end_begins_with_the_promise() -> None:
    agreement = Agreement()
    agreement.offer(heard("ask not what"), 9)
    agreement.offer(heard("ask not what"), 9)
    assert texts(agreement.close(heard("task not what your country"))) == ["ask", "not", "what", "your", "country"]


def test_a_last_pass_that_heard_nothing_erases_nothing() -> None:
    agreement = Agreement(Rules(settle_s=9))
    agreement.offer(heard("ask not"), 1)
    agreement.offer(heard("ask not what"), 1)
    assert texts(agreement.close([])) == ["ask", "not"]


def test_forgotten_words_take_their_time_with_them() -> None:
    agreement = Agreement()
    agreement.offer(heard("one word more here"), 9)
    agreement.offer(heard("one word more here now"), 9)
    agreement.forget(2, 0.8)
    assert [(w.text, round(w.start, 1)) for w in agreement.promised] == [("more", 0.0), ("here", 0.4)]
    assert [(w.text, round(w.start, 1)) for w in agreement.shown] == [("now", 0.8)]
