from dataclasses import replace

import pytest

from speech.transcription import guards
from speech.transcription.types import Drop, HeardWord, Request
from speech.transcription.whisper import WhisperEngine
from tests.support import speech as support


@pytest.fixture(scope="module")
def engine() -> WhisperEngine:
    return WhisperEngine.load(support.CLIPS_MODEL)


@pytest.mark.parametrize("kind", ["partial", "final"])
def test_words_that_are_given_are_written_on_behind(engine: WhisperEngine, kind: str) -> None:
    sound = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.2)
    request = Request(kind=kind)  # type: ignore[arg-type]
    whole = engine.transcribe(sound, request).hypothesis
    assert len(whole.words) > 6
    for count in (1, 4, len(whole.words)):
        given = tuple(word.text for word in whole.words[:count])
        behind = engine.transcribe(sound, replace(request, given=given)).hypothesis
        assert behind.words == whole.words


def test_words_of_the_turn_before_are_given_and_not_judged_again(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.2)
    whole = engine.transcribe(sound, Request()).hypothesis.words
    judged: list[list[str]] = []

    def judge(words: list[HeardWord], *_: float) -> tuple[list[HeardWord], list[Drop]]:
        judged.append([word.text for word in words])
        return [], [Drop("", "no_speech")]

    monkeypatch.setattr(guards, "judge", judge)
    given = tuple(word.text for word in whole[:3])
    heard = engine.transcribe(sound, Request(given=given, lead=4)).hypothesis
    assert judged == [[word.text for word in whole[4:]]]
    assert heard.words == whole[:4]


def test_what_was_given_is_kept_even_when_it_was_not_said(engine: WhisperEngine) -> None:
    sound = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.2)
    heard = engine.transcribe(sound, Request(given=("Nobody", "said"))).hypothesis
    assert [word.text for word in heard.words][:2] == ["Nobody", "said"] or heard.drops


def test_what_silence_gave_before_need_not_be_computed_again(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    with monkeypatch.context() as patched:
        patched.delattr(WhisperEngine, "rows")
        again = WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)
    assert again.transcribe(sound, Request()).hypothesis.words == engine.transcribe(sound, Request()).hypothesis.words


def test_silence_gives_no_words_and_says_why(engine: WhisperEngine) -> None:
    heard = engine.transcribe(support.silence(2), Request(kind="final", beam=5)).hypothesis
    assert heard.words == ()
