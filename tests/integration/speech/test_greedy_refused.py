"""Which models get the greedy decoder, and which are left to CTranslate2."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from structlog.testing import capture_logs

from speech.engines import greedy as greedy_module
from speech.engines.decoder_graph import DecoderGraphs
from speech.engines.greedy import GreedyDecoder
from speech.engines.model_bin import ModelFile
from speech.engines.onnx_graph import Graph
from speech.engines.whisper import WhisperEngine
from speech.transcription.types import Request
from tests.support import model_bin
from tests.support import speech as support


@pytest.fixture(scope="module")
def engine() -> WhisperEngine:
    return WhisperEngine.load(support.CLIPS_MODEL)


def test_it_needs_eight_bits_on_a_processor() -> None:
    assert WhisperEngine.load(support.CLIPS_MODEL, compute="float32")._greedy is None


def test_a_model_that_it_cannot_read_is_left_to_ctranslate2(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(*_: object) -> None:
        raise ValueError("no model of version 6")

    monkeypatch.setattr(ModelFile, "__init__", other)
    loaded = WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)
    assert loaded._greedy is None
    sound = support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    assert loaded.transcribe(sound, Request()).hypothesis.words


def _copy(folder: Path, **config: object) -> Path:
    """The model of the clips with another configuration."""
    model = folder / "model"
    shutil.copytree(support.CLIPS_MODEL, model)
    known = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps(known | config))
    return model


@pytest.mark.parametrize(
    "config",
    [
        {"suppress_ids": None, "suppress_ids_begin": None},
        {"suppress_ids": [1, 5_000_000, -7], "suppress_ids_begin": [1913]},
    ],
)
def test_a_configuration_that_names_no_token_of_the_model_is_read(
    engine: WhisperEngine, tmp_path: Path, config: dict[str, object]
) -> None:
    loaded = WhisperEngine.load(_copy(tmp_path, **config), silence=engine.silence)
    assert loaded._greedy is not None
    sound = support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    assert loaded.transcribe(sound, Request()).hypothesis.words


@pytest.mark.parametrize(
    "config", [{"alignment_heads": heads} for heads in (None, [], [[5, 9]], [[1, 4]], [[-1, 0]], [[1]], "no")]
)
def test_a_model_without_the_heads_it_names_is_left_to_ctranslate2(
    engine: WhisperEngine, tmp_path: Path, config: dict[str, object]
) -> None:
    with capture_logs() as logged:
        loaded = WhisperEngine.load(_copy(tmp_path, **config), silence=engine.silence)
    assert loaded._greedy is None
    assert [entry["event"] for entry in logged] == ["greedy_decoder_not_built"]
    sound = support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    assert loaded.transcribe(sound, Request(times=False)).hypothesis.words


def test_a_decoder_that_fails_when_it_is_tried_is_left_out(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no such instruction")

    monkeypatch.setattr(GreedyDecoder, "_step", fails)
    assert WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)._greedy is None


def test_a_processor_on_which_it_is_slow_does_without(engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greedy_module, "_SLOW", -1.0)
    assert WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)._greedy is None


def test_a_model_that_would_take_too_much_memory_does_without(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greedy_module, "_MOST_BYTES", 1 << 10)
    assert WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)._greedy is None


def test_a_graph_that_the_runtime_refuses_is_named() -> None:
    with pytest.raises(ValueError, match="refuses"):
        greedy_module._session(b"no graph", 1)


@pytest.mark.parametrize("size", [3, 40, 1000])
def test_a_model_that_ends_too_early_is_named(tmp_path: Path, size: int) -> None:
    whole = (support.CLIPS_MODEL / "model.bin").read_bytes()
    (tmp_path / "model.bin").write_bytes(whole[:size])
    with pytest.raises(ValueError, match="ends too early"):
        ModelFile(tmp_path / "model.bin", "decoder/")


def test_a_model_of_another_version_is_named(tmp_path: Path) -> None:
    shutil.copy(support.CLIPS_MODEL / "model.bin", tmp_path)
    with (tmp_path / "model.bin").open("r+b") as file:
        file.write(b"\x07")
    with pytest.raises(ValueError, match="version 6"):
        ModelFile(tmp_path / "model.bin", "decoder/")


def test_a_model_of_sixteen_bits_is_read(engine: WhisperEngine, tmp_path: Path) -> None:
    folder = model_bin.changed(tmp_path, model_bin.to_sixteen_bits)
    ours, theirs = (
        ModelFile(at / "model.bin", "decoder/").floats("decoder/projection/weight")
        for at in (folder, support.CLIPS_MODEL)
    )
    assert ours == pytest.approx(theirs, abs=float(np.abs(theirs).max()) / 1000)
    loaded = WhisperEngine.load(folder)
    assert loaded._greedy is not None
    sound = support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    assert loaded.transcribe(sound, Request()).hypothesis.text == engine.transcribe(sound, Request()).hypothesis.text


def test_integers_without_a_scale_are_named(tmp_path: Path) -> None:
    def unscale(variables: model_bin.Variables) -> None:
        del variables["decoder/embeddings/weight_scale"]

    numbers = ModelFile(model_bin.changed(tmp_path, unscale) / "model.bin", "decoder/")
    with pytest.raises(ValueError, match="int8 without a scale"):
        numbers.floats("decoder/projection/weight")


@pytest.mark.parametrize(
    ("name", "number"),
    [("activation", 0), ("pre_norm", 0), ("scale_embeddings", 1), ("alibi", 1), ("start_from_zero_embedding", 1)],
)
def test_a_decoder_that_is_built_otherwise_is_named(
    engine: WhisperEngine, tmp_path: Path, name: str, number: int
) -> None:
    def change(variables: model_bin.Variables) -> None:
        variables[f"decoder/{name}"] = np.array(number, np.int8)

    with pytest.raises(ValueError, match=f"another {name}"):
        GreedyDecoder(model_bin.changed(tmp_path, change), engine.vocabulary)


@pytest.mark.parametrize("kind", [("WhisperSpec", 4), ("MoonshineSpec", 3)])
def test_a_model_of_another_kind_is_named(engine: WhisperEngine, tmp_path: Path, kind: tuple[str, int]) -> None:
    folder = model_bin.changed(tmp_path, lambda _: None, spec=kind[0], revision=kind[1])
    with pytest.raises(ValueError, match=kind[0]):
        GreedyDecoder(folder, engine.vocabulary)


def test_an_older_file_that_does_not_say_how_it_is_built_is_read(engine: WhisperEngine, tmp_path: Path) -> None:
    def forget(variables: model_bin.Variables) -> None:
        del variables["decoder/alibi"], variables["decoder/activation"]

    assert GreedyDecoder(model_bin.changed(tmp_path, forget), engine.vocabulary).keeps_up()


@pytest.mark.parametrize("part", ["_norm", "_self_attention", "_cross_attention", "_feed_forward"])
def test_a_graph_that_writes_something_else_is_left_out(
    engine: WhisperEngine, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    right = getattr(DecoderGraphs, part)

    def wrong(self: DecoderGraphs, graph: Graph, *rest: Any) -> str:
        return graph.node("Neg", right(self, graph, *rest))

    monkeypatch.setattr(DecoderGraphs, part, wrong)
    with capture_logs() as logged:
        assert WhisperEngine.load(support.CLIPS_MODEL, silence=engine.silence)._greedy is None
    assert [entry["event"] for entry in logged] == ["greedy_decoder_disagrees"]


def test_a_vocabulary_without_a_token_for_no_speech_leaves_it_to_ctranslate2(
    engine: WhisperEngine, tmp_path: Path
) -> None:
    folder = _copy(tmp_path)
    words = (folder / "tokenizer.json").read_text()
    (folder / "tokenizer.json").write_text(re.sub(r"<\|no(speech|captions)\|>", "<|none|>", words))
    loaded = WhisperEngine.load(folder, silence=engine.silence)
    assert (loaded.vocabulary.no_speech, loaded._greedy) == (None, None)
    sound = support.clip("LJ001-0008", lead_s=0.3, tail_s=0.2)
    assert loaded.transcribe(sound, Request()).hypothesis.words
