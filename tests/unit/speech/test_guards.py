from speech.transcription import guards
from speech.transcription.types import HeardWord


def heard(said: str) -> list[HeardWord]:
    return [HeardWord(word, i * 0.3, i * 0.3 + 0.3, 0.9) for i, word in enumerate(said.split())]


def judged(said: str, seconds: float = 5, logprob: float = -0.2, no_speech: float = 0.05) -> tuple[str, list[str]]:
    kept, drops = guards.judge(heard(said), seconds, logprob, no_speech)
    return " ".join(word.text for word in kept), [drop.rule for drop in drops]


def test_plain_speech_passes() -> None:
    assert judged("Ask not what your country can do for you.") == ("Ask not what your country can do for you.", [])


def test_each_rule_drops_by_its_name() -> None:
    assert judged("hello there", logprob=-0.9, no_speech=0.8) == ("", ["no_speech"])
    assert judged("hello there", logprob=-1.7) == ("", ["low_confidence"])
    assert judged("Thank you.", no_speech=0.5) == ("", ["phantom"])
    assert judged("a b c d e f g h i j k l m n o p", seconds=1) == ("", ["rate"])
    assert judged("I will go home " * 12, seconds=20)[1] == ["compression"]
    assert judged("...") == ("", ["no_words"])


def test_a_sure_thank_you_is_kept() -> None:
    assert judged("Thank you.", logprob=-0.2, no_speech=0.05) == ("Thank you.", [])


def test_a_loop_at_the_end_is_kept_once() -> None:
    assert judged("we went to the sea the sea the sea the sea") == ("we went to the sea", ["loop"])
    assert judged("no no") == ("no no", [])
    assert judged("please please please") == ("please", ["loop"])


def test_sounds_are_not_words() -> None:
    assert judged("[Music] hello (door closes) there ♪") == ("hello there", ["sound", "sound", "sound"])
