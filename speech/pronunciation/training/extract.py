"""Whisper encoder frames of every utterance under several views (recording condition and window), kept as float16.

A view is two files: `<view>.f16` (frames x 512) and `<view>.n` (frames of each utterance, as text).
"""

import time
import zlib
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from speech.pronunciation import sphinx
from speech.pronunciation.training import augment, corpus

WHISPER = 512
STEP = 320
CONDITIONS = ("opus", "telephone", "white", "babble", "reverb", "loss")


class Encoder:
    """Whisper's encoder alone, int8, one thread."""

    def __init__(self, model: Path) -> None:
        self._model = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1, num_workers=1)

    def frames(self, x: augment.Samples, window: float, in_audio: bool = True) -> NDArray[np.float16]:
        """Last layer, a row per 20 ms, for a window of `window` seconds filled up with silence or with mel zeros."""
        rows = -(-len(x) // STEP)
        size = max(int(window * 16000), len(x) + STEP)
        if in_audio:
            mel = self._model.feature_extractor(np.pad(x, (0, size - len(x))), padding=160)
        else:
            mel = self._model.feature_extractor(x, padding=160)
            mel = np.pad(mel, ((0, 0), (0, max(0, size // 160 - mel.shape[1]))))
        mel = np.ascontiguousarray(mel[None, :, : mel.shape[1] // 2 * 2], np.float32)
        out = self._model.model.encode(ctranslate2.StorageView.from_array(mel), to_cpu=True)
        return np.array(out)[0, :rows].astype(np.float16)

    def view(self, utterance: corpus.Utterance, name: str, talkers: list[corpus.Utterance]) -> NDArray[np.float16]:
        """Frames of an utterance under the view `name`."""
        return self.frames(*condition(utterance.audio(), name, _seed(utterance, name), talkers))

    def plain(self, x: augment.Samples) -> NDArray[np.float16]:
        """Frames of audio in a window half a second longer."""
        return self.frames(x, len(x) / 16000 + 0.5)


def sphinx_view(utterance: corpus.Utterance, name: str, talkers: list[corpus.Utterance]) -> NDArray[np.float16]:
    """The fallback's frames of an utterance under the view `name`."""
    return sphinx_plain(condition(utterance.audio(), name, _seed(utterance, name), talkers)[0])


def sphinx_plain(x: augment.Samples) -> NDArray[np.float16]:
    """The fallback's frames of audio."""
    return sphinx.frames(x).astype(np.float16)


def _seed(utterance: corpus.Utterance, name: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(f"{name}/{utterance.id}".encode()))


def condition(
    x: augment.Samples, name: str, rng: np.random.Generator, talkers: list[corpus.Utterance]
) -> tuple[augment.Samples, float, bool]:
    """The samples, the window in seconds and how it is filled, of one utterance under the view `name`."""
    seconds = len(x) / 16000
    short = seconds + 0.5

    def others(n: int) -> list[augment.Samples]:
        return [talkers[i].audio() for i in rng.choice(len(talkers), n, replace=False)]

    if name == "clean":
        return x, short, True
    if name == "window":
        return x, max(10.0, seconds + 1), bool(rng.random() < 0.5)
    if name.startswith("mixed"):
        heard = augment.draw(x, rng, others)
        long = rng.random() < 0.25
        return heard, max(10.0, seconds + 1) if long else seconds + rng.uniform(0.1, 1.2), bool(rng.random() < 0.6)
    if name == "babble":
        return augment.babble(x, rng, others(5), 10), short, True
    make = {
        "opus": augment.opus,
        "telephone": augment.telephone,
        "white": augment.white,
        "reverb": augment.reverb,
        "loss": augment.loss,
    }[name]
    return make(x, rng), short, True


Maker = Callable[[corpus.Utterance, str, list[corpus.Utterance]], NDArray[np.float16]]


def run(make: Maker, utterances: list[corpus.Utterance], name: str, out: Path) -> None:
    """Write the view `name` of all utterances; continues where it stopped."""
    out.mkdir(parents=True, exist_ok=True)
    counts, data = out / f"{name}.n", out / f"{name}.f16"
    lengths = [int(n) for n in counts.read_text().split()] if counts.exists() else []
    if len(lengths) >= len(utterances):
        return
    talkers = [u for u in utterances if u.part == "train"]
    began = time.process_time()
    with data.open("r+b" if data.exists() else "wb") as frames, counts.open("a") as total:
        width = 0
        for index, utterance in enumerate(utterances[len(lengths) :], len(lengths)):
            rows = make(utterance, name, talkers)
            if not width:
                width = rows.shape[1]
                frames.seek(sum(lengths) * width * 2)
            frames.write(rows.tobytes())
            frames.flush()
            total.write(f"{len(rows)}\n")
            total.flush()
            if index % 200 == 0:
                print(name, index, f"cpu {time.process_time() - began:.0f} s", flush=True)


def read(out: Path, name: str, width: int = WHISPER) -> tuple[NDArray[np.float16], NDArray[np.int64]]:
    """All frames of a view (memory-mapped) and the offset of each utterance in them."""
    lengths = np.array((out / f"{name}.n").read_text().split(), np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return np.memmap(out / f"{name}.f16", np.float16, "r", shape=(int(offsets[-1]), width)), offsets
