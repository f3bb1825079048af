"""The greedy decoder beside CTranslate2's, on the model of the clips."""

import numpy as np
import pytest
from structlog.testing import capture_logs

from speech.engines import attention
from speech.engines.greedy import GreedyDecoder
from speech.engines.whisper import MARGIN, WhisperEngine
from speech.engines.window import Window
from speech.transcription.types import Request
from speech.transcription.words import joiner
from tests.support import speech as support

CLIPS = ["LJ001-0004", "LJ001-0008"]


@pytest.fixture(scope="module")
def engine() -> WhisperEngine:
    return WhisperEngine.load(support.CLIPS_MODEL)


@pytest.fixture(scope="module")
def greedy(engine: WhisperEngine) -> GreedyDecoder:
    assert engine._greedy is not None
    return engine._greedy


def _window(engine: WhisperEngine, clip: str) -> tuple[Window, float]:
    sound = support.clip(clip, lead_s=0.3, tail_s=0.2)
    seconds = len(sound) / 16_000
    return Window(engine.rows(sound, seconds + MARGIN), engine._quiet, engine._greedy), seconds


def _prompt(engine: WhisperEngine) -> list[int]:
    return [*engine.vocabulary.start("en"), engine.vocabulary.no_timestamps]


@pytest.mark.parametrize("clip", CLIPS)
def test_it_writes_what_ctranslate2_writes(engine: WhisperEngine, greedy: GreedyDecoder, clip: str) -> None:
    window, seconds = _window(engine, clip)
    prompt = _prompt(engine)
    theirs = engine.model.generate(
        window.encoded, [prompt], beam_size=1, max_length=96, return_scores=True, return_no_speech_prob=True
    )[0]
    found = engine.model.align(window.aligned, prompt[:-1], [theirs.sequences_ids[0]], int(seconds * 50) * 2)[0]
    ours = greedy.write(window.memory, prompt, [], [], 48)
    assert ours.ids == theirs.sequences_ids[0]
    assert ours.score == pytest.approx(theirs.scores[0], abs=0.05)
    assert ours.no_speech == pytest.approx(theirs.no_speech_prob, abs=0.05)
    assert ours.probabilities == pytest.approx(found.text_token_probs, abs=0.1)
    path = attention.path(ours.attention, len(prompt) - 1, int(seconds * 50))
    apart = []
    for token in range(len(ours.ids)):
        here, there = (next(row for at, row in steps if at == token) for steps in (path, found.alignments))
        apart.append(abs(here - there))
    assert np.median(apart) <= 2, "rows of 20 ms"


@pytest.mark.parametrize("given", [0, 3])
def test_a_draft_changes_nothing_but_the_time(
    engine: WhisperEngine, greedy: GreedyDecoder, monkeypatch: pytest.MonkeyPatch, given: int
) -> None:
    window, _ = _window(engine, CLIPS[0])
    prompt = _prompt(engine)
    alone = greedy.write(window.memory, prompt, [], [], 48)
    known, rest = alone.ids[:given], alone.ids[given:]
    wrong = [*rest[:4], rest[0], *rest[5:]]
    steps: list[int] = []
    step = GreedyDecoder._step
    monkeypatch.setattr(GreedyDecoder, "_step", lambda *a: steps.append(1) or step(*a))  # type: ignore[func-returns-value]
    for draft, most in ((rest, 1), (rest[:5], len(rest) - 4), (wrong, len(rest) - 3), (rest[::-1], len(rest) + 1)):
        steps.clear()
        again = greedy.write(window.memory, prompt, known, draft, 48)
        assert again.ids == alone.ids
        assert len(steps) <= most
        assert again.attention.shape == alone.attention.shape
        assert np.abs(again.attention - alone.attention).max() < 0.2
        assert again.probabilities == pytest.approx(alone.probabilities, abs=0.02)


def test_a_draft_longer_than_what_may_be_written_is_cut(engine: WhisperEngine, greedy: GreedyDecoder) -> None:
    window, _ = _window(engine, CLIPS[0])
    prompt = _prompt(engine)
    whole = greedy.write(window.memory, prompt, [], [], 48).ids
    for draft in ([], whole):
        cut = greedy.write(window.memory, prompt, [], draft, 4)
        assert cut.ids == whole[:4]
        assert cut.attention.shape[1] == len(prompt) + 4
    assert greedy.write(window.memory, prompt, [whole[0]] * 500, [], 4).ids


@pytest.mark.parametrize("draft", [(), ("Nobody", "said", "this,"), ("of", "the", "of", "the") * 12])
def test_a_wrong_draft_is_corrected(engine: WhisperEngine, draft: tuple[str, ...]) -> None:
    sound = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.2)
    whole = engine.transcribe(sound, Request()).hypothesis
    drafted = engine.transcribe(sound, Request(draft=draft)).hypothesis
    assert (drafted.text, drafted.drops) == (whole.text, whole.drops)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "我们今天去北京看朋友。"), ("ja", "今日は、東京へ行きます。"), ("en", "in being, and so")],
)
def test_own_words_as_a_draft_are_read_in_a_step(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    """The model of the clips writes English only, so it is told what to write."""
    vocabulary = engine.vocabulary
    wanted = [*vocabulary.encode(said, joiner(language)), vocabulary.end]
    following: list[int] = []
    steps: list[int] = []
    step = GreedyDecoder._step
    monkeypatch.setattr(GreedyDecoder, "_next", lambda *_: (following.pop(0), -0.1, 0.9))
    monkeypatch.setattr(GreedyDecoder, "_step", lambda *a: steps.append(1) or step(*a))  # type: ignore[func-returns-value]

    def heard(known: int, **own: tuple[str, ...]) -> list[str]:
        following[:] = wanted[known:]
        steps.clear()
        request = Request(language=language, **own)  # type: ignore[arg-type]
        return [word.text for word in engine.transcribe(sound, request).hypothesis.words]

    sound = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.2)
    words = heard(0)
    assert "".join(words) == said.replace(" ", "")
    assert len(steps) == len(wanted)
    assert heard(0, draft=tuple(words)) == words
    assert len(steps) <= 2
    known = sum(count for _, count in vocabulary.words(wanted[:-1], language)[:2])
    heard(known, given=tuple(words[:2]), draft=tuple(words[2:]))  # and may be refused: it was not said
    assert len(steps) <= 2
    assert following == []


def test_without_it_ctranslate2_writes_the_same(engine: WhisperEngine) -> None:
    alone = WhisperEngine(engine.model, engine.vocabulary, engine._features, engine.name, engine.silence)
    for clip in CLIPS:
        sound = support.clip(clip, lead_s=0.3, tail_s=0.2)
        ours, theirs = (one.transcribe(sound, Request()).hypothesis for one in (engine, alone))
        assert ours.text == theirs.text
        assert [word.end for word in ours.words] == pytest.approx([word.end for word in theirs.words], abs=0.1)


def test_a_token_that_is_all_but_certain_leaves_no_text(greedy: GreedyDecoder) -> None:
    row = np.zeros(greedy._numbers.shape("decoder/embeddings/weight")[0], np.float32)
    row[greedy._end] = 500
    assert greedy._next(row, False) == (greedy._end, 0.0, 0.0)
    row[greedy._end + 1] = 1000
    assert greedy._next(row, False) == (greedy._end, 0.0, 0.0)
    row[greedy._end + 1] = row[greedy._end] = -1000
    _, score, probability = greedy._next(row, False)
    assert probability == pytest.approx(1 / greedy._end)
    assert score == pytest.approx(np.log(1 / greedy._end))


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_logits_that_are_no_numbers_are_named(greedy: GreedyDecoder, number: float) -> None:
    row = np.zeros(greedy._numbers.shape("decoder/embeddings/weight")[0], np.float32)
    row[3] = number
    with pytest.raises(ValueError, match="greatest logit"):
        greedy._next(row, False)


@pytest.mark.parametrize("broken", ["_step", "memory"])
def test_a_decoder_that_fails_later_leaves_the_pass_to_ctranslate2(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    own = WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)
    alone = WhisperEngine(engine.model, engine.vocabulary, engine._features, engine.name, engine.silence)
    sound = support.clip("LJ001-0004", lead_s=0.3, tail_s=0.2)
    calls: list[int] = []

    def fails(*_: object) -> None:
        calls.append(1)
        raise RuntimeError("no memory")

    monkeypatch.setattr(GreedyDecoder, broken, fails)
    with capture_logs() as logged:
        for request in (Request(), Request(kind="final", beam=5), Request(given=("In",), draft=("being",))):
            theirs = alone.transcribe(sound, request).hypothesis
            assert own.transcribe(sound, request).hypothesis.text == theirs.text
    assert [entry["event"] for entry in logged] == ["greedy_decoder_failed"]
    assert calls == [1], "it is not asked again"
