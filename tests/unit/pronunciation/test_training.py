"""Parts of the training that need no corpus."""

import json
import os
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.pronunciation.training import augment, corpus, parallel

RATE = 16000


def sound(seconds: float = 1.0) -> np.ndarray:
    t = np.arange(int(seconds * RATE)) / RATE
    return (0.2 * np.sin(2 * np.pi * 300 * t) * (np.sin(2 * np.pi * 3 * t) > 0)).astype(np.float32)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """One utterance of each split in the layout of the corpus as published."""
    scores = {}
    for split, key, speaker in (("train", "000010011", "0001"), ("test", "000030012", "0003")):
        folder = tmp_path / split
        folder.mkdir()
        (tmp_path / "WAVE" / f"SPEAKER{speaker}").mkdir(parents=True)
        wave = f"WAVE/SPEAKER{speaker}/{key}.WAV"
        soundfile.write(tmp_path / wave, sound(), RATE, format="WAV", subtype="PCM_16")
        (folder / "wav.scp").write_text(f"{key}\t{wave}\n")
        (folder / "utt2spk").write_text(f"{key} {speaker}\n")
        (folder / "spk2age").write_text(f"{speaker}\t6\n")
        (folder / "spk2gender").write_text(f"{speaker}\tm\n")
        word = {"text": "WE", "phones": ["W", "IY0"], "phones-accuracy": [2.0, 1.6]}
        scores[key] = {"accuracy": 8, "completeness": 10, "fluency": 9, "prosodic": 9, "total": 8, "words": [word]}
    (tmp_path / "resource").mkdir()
    (tmp_path / "resource" / "scores.json").write_text(json.dumps(scores))
    return tmp_path


def test_the_published_corpus_is_read(published: Path) -> None:
    first, second = corpus.load(published)
    assert (first.id, first.part, first.speaker, first.age, first.gender) == ("000010011", "train", "0001", 6, "m")
    assert first.words == (corpus.Word("WE", ("W", "IY0"), (2.0, 1.6)),)
    assert second.part == "sentences"
    assert second.sentence is not None
    assert second.sentence["fluency"] == 9
    assert len(first.audio()) == RATE


def test_the_folder_form_is_read_with_its_holdout(tmp_path: Path) -> None:
    (tmp_path / "audio").mkdir()
    soundfile.write(tmp_path / "audio" / "1.wav", sound(), RATE, subtype="PCM_16")
    word = {"text": "WE", "phones": ["W", "IY0"], "phone_scores": [2.0, 1.0]}
    row = {"id": "1", "audio": "audio/1.wav", "speaker": "7", "age": 20, "gender": "f", "words": [word]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "holdout.txt").write_text("7\n")
    found = corpus.load(tmp_path)
    assert [u.sentence for u in found] == [None]
    assert corpus.holdout(tmp_path, found) == {"7"}


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither"):
        corpus.load(tmp_path)


@pytest.mark.parametrize("name", ["opus", "telephone", "white", "pink", "reverb", "loss"])
def test_conditions_keep_length_and_time(name: str) -> None:
    x = sound(2.0)
    y = getattr(augment, name)(x, np.random.default_rng(0))
    assert len(y) == len(x)
    assert y.dtype == np.float32
    assert not np.array_equal(x, y)
    shifts = np.correlate(y, x, "full")[len(x) - 200 : len(x) + 199]
    assert abs(int(shifts.argmax()) - 199) <= 2


def test_noise_has_the_level_asked_for() -> None:
    x = sound(2.0)
    noise = augment.white(x, np.random.default_rng(0), 10) - x
    assert 10 * np.log10((x**2).mean() / (noise**2).mean()) == pytest.approx(10, abs=0.3)


def test_drawn_conditions_are_the_same_for_the_same_seed() -> None:
    x = sound(1.0)
    first, second = [augment.draw(x, np.random.default_rng(5), lambda n: [x] * n) for _ in range(2)]
    assert np.array_equal(first, second)


def test_trainings_side_by_side_give_their_results_in_order_and_read_what_was_there() -> None:
    held = np.arange(5)
    found = parallel.each([partial(lambda i: (int(held[i]) ** 2, os.getpid()), i) for i in range(5)])
    assert [square for square, _ in found] == [0, 1, 4, 9, 16]
    assert os.getpid() not in {process for _, process in found}
    with pytest.raises(ZeroDivisionError):
        parallel.each([partial(divmod, 1, 0)])
