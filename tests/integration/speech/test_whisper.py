from dataclasses import replace

import numpy as np
import pytest

from speech.audio import pcm
from speech.engines.whisper import WhisperEngine
from speech.engines.window import Window
from speech.engines.writer import Writer
from speech.transcription import guards
from speech.transcription.types import Drop, HeardWord, Hypothesis, Request
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
        assert [word.text for word in behind.words] == [word.text for word in whole.words]
        assert [word.end for word in behind.words] == pytest.approx([word.end for word in whole.words], abs=0.03)


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
    assert [word.text for word in heard.words] == [word.text for word in whole[:4]]


@pytest.mark.parametrize("failure", ["silent", "again", "loop"])
def test_a_turn_that_is_lost_behind_the_one_before_is_heard_alone(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    before, own = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.5), support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    first = engine.transcribe(before, Request(kind="final")).hypothesis.words
    second = engine.transcribe(own, Request(kind="final")).hypothesis.words
    write, count = Writer.write, len(first)

    def misled(self: Writer, window: Window, seconds: float, request: Request) -> tuple[float, Hypothesis]:
        if not request.lead:
            return write(self, window, seconds, request)
        said = {"silent": (), "again": first[:4], "loop": ()}[failure]
        drops = (Drop("la la la", "loop"),) if failure == "loop" else ()
        return 0.0, Hypothesis((*first, *said), drops)

    monkeypatch.setattr(Writer, "write", misled)
    lead_s = len(before) / pcm.RATE
    given = tuple(word.text for word in first[:-1])
    request = Request(kind="final", given=given, lead=count, lead_s=lead_s)
    heard = engine.transcribe(np.concatenate([before, own]), request).hypothesis
    assert [word.text for word in heard.words] == [word.text for word in (*first, *second)]
    assert heard.words[count].start == pytest.approx(lead_s + second[0].start, abs=0.02)
    assert [drop.rule for drop in heard.drops] == (["loop"] if failure == "loop" else [])


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
