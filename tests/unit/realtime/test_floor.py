"""What is said over the tutor: words, a sign of listening, a noise, or its echo."""

import pytest

from realtime.session.floor import judge
from speech.events import Word

SAID = "Hello there. What do you like to do in your free time? I like to read books about the sea."


def _words(*confidences: float, ms: int = 200) -> tuple[Word, ...]:
    return tuple(Word(f"1.{n}", "x", n * ms, n * ms + ms, c) for n, c in enumerate(confidences))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "nothing"),
        ("Um...", "nothing"),
        ("Hmm, uh.", "nothing"),
        ("Mm-hm.", "nod"),
        ("Yeah.", "nod"),
        ("Okay, right.", "nod"),
        ("I see.", "nod"),
        ("Oh, wow!", "nod"),
        ("Stop.", "words"),
        ("No.", "words"),
        ("Wait a moment, please.", "words"),
        ("Yes, but I have a question.", "words"),
        ("What do you like to do in your free time?", "echo"),
        ("what do you like to dew in your free time", "echo"),
        ("What do you like, sorry, can I ask you something else?", "words"),
        ("I like playing football", "words"),
        ("Free time?", "words"),
    ],
)
def test_judgements(text: str, meant: str) -> None:
    assert judge(text, (), SAID) == meant


def test_one_word_of_the_reply_is_an_echo_only_where_echoes_were_heard() -> None:
    assert judge("time", (), SAID) == "words"
    assert judge("time", (), SAID, suspicious=True) == "echo"
    assert judge("stop", (), SAID, suspicious=True) == "words"


def test_words_that_the_engine_itself_doubts_in_a_short_noise_are_none() -> None:
    assert judge("thank you", _words(0.2, 0.25), SAID) == "nothing"
    assert judge("thank you", _words(0.2, 0.9), SAID) == "words"
    assert judge("thank you so very much", _words(*[0.2] * 5), SAID) == "words"
