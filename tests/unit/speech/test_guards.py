"""Text that a recognizer invented."""

import pytest

from speech.transcription import guards
from speech.transcription.types import HeardWord


def heard(said: str, spoken: int | None = None) -> list[HeardWord]:
    """Words of 0.3 s; behind the first `spoken` there is no sound."""
    words = said.split()
    ends = [min(i, len(words) if spoken is None else spoken) * 0.3 for i in range(len(words) + 1)]
    return [HeardWord(word, ends[i], ends[i + 1], 0.9) for i, word in enumerate(words)]


def judged(
    said: str, seconds: float = 5, logprob: float = -0.2, no_speech: float = 0.05, spoken: int | None = None
) -> tuple[str, list[str]]:
    kept, drops = guards.judge(heard(said, spoken), seconds, logprob, no_speech)
    return " ".join(word.text for word in kept), [drop.rule for drop in drops]


def test_plain_speech_passes() -> None:
    assert judged("Ask not what your country can do for you.") == ("Ask not what your country can do for you.", [])


def test_each_rule_drops_by_its_name() -> None:
    assert judged("hello there", logprob=-0.9, no_speech=0.8) == ("", ["no_speech"])
    assert judged("hello there", logprob=-1.7) == ("", ["low_confidence"])
    assert judged("Thank you.", no_speech=0.5) == ("", ["phantom"])
    assert judged("a b c d e f g h i j k l m n o p", seconds=1) == ("", ["rate"])
    assert judged("I will go home " * 12, seconds=20, spoken=30)[1] == ["compression"]
    assert judged("...") == ("", ["no_words"])


def test_a_sure_thank_you_is_kept() -> None:
    assert judged("Thank you.", logprob=-0.2, no_speech=0.05) == ("Thank you.", [])


def test_a_loop_at_the_end_is_kept_once() -> None:
    assert judged("we went to the sea the sea the sea the sea", spoken=7) == ("we went to the sea", ["loop"])
    assert judged("no no", spoken=1) == ("no no", [])
    assert judged("please please please", spoken=1) == ("please", ["loop"])


@pytest.mark.parametrize(
    "said",
    [
        "I went. " * 4,
        "no no no",
        "I will go home. " * 12,
        "And so my fellow Americans ask what you can do for it. " * 2,
    ],
)
def test_what_was_really_said_again_is_kept(said: str) -> None:
    assert judged(said, seconds=20) == (said.strip(), [])


def test_one_time_too_many_in_a_drill_is_taken_out() -> None:
    words = heard("it has never been surpassed " + "has never been surpassed " * 4, spoken=9)
    late = words[:13] + [HeardWord(w.text, 2.7 + i * 0.3, 3 + i * 0.3, 0.9) for i, w in enumerate(words[13:])]
    kept, drops = guards.judge(late, 10, -0.2, 0.05)
    assert len(kept) == 17 and kept == [*late[:9], *late[13:]]
    assert [(drop.text, drop.rule) for drop in drops] == [("has never been surpassed", "unsaid")]


def test_sounds_are_not_words() -> None:
    assert judged("[Music] hello (door closes) there ♪") == ("hello there", ["sound", "sound", "sound"])
