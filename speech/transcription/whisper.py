"""Whisper through CTranslate2, one window at a time, in a worker process.

faster-whisper gives the features and the tokenizer; the decoding is driven from here, because the window that the
encoder sees, the words that were promised already and the checks afterwards are decided by Parley. Loading the
libraries takes half a second, so only workers load an engine.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech import pcm
from speech.transcription.types import EngineName

Frames = NDArray[np.float32]

FULL_WINDOW = 30.0
LEAST_WINDOW = 10.0  # stock weights repeat themselves in shorter ones
TOKENS_PER_SECOND = 8
MOST_PROMPT_TOKENS = 100
MEL_PER_SECOND = 100


@dataclass(frozen=True, slots=True)
class Encoded:
    """The encoder's output for one window: rows of 20 ms, on the model's device."""

    storage: Any
    seconds: float
    window: float


class WhisperEngine:
    """A loaded model. Not thread-safe: one worker owns it."""

    def __init__(self, model: Any, tokenizer: Any, features: Any, name: EngineName) -> None:
        self._model = model
        self._text = tokenizer
        self._features = features
        self.name = name
        self._language_tokens: dict[str, list[int]] = {}

    @classmethod
    def load(cls, folder: Path, *, device: str = "cpu", compute: str = "int8", threads: int = 1) -> "WhisperEngine":
        """Read a CTranslate2 Whisper folder. Raises OSError, RuntimeError or ValueError for a broken one."""
        import ctranslate2
        import tokenizers
        from faster_whisper.feature_extractor import FeatureExtractor

        for needed in ("model.bin", "config.json", "tokenizer.json"):
            if not (folder / needed).is_file():
                raise FileNotFoundError(f"{folder} has no {needed}")
        model = ctranslate2.models.Whisper(str(folder), device=device, compute_type=compute, intra_threads=threads)
        name = EngineName("faster-whisper", folder.name, ctranslate2.__version__)
        features = FeatureExtractor(feature_size=model.n_mels)
        return cls(model, tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")), features, name)

    # ---- encoder

    def encode(self, samples: pcm.Samples, window_s: float) -> Frames:
        """The encoder's raw last layer, float32 [T, width]: one row per 20 ms, rows past the audio cut.

        `samples` is float32 at 16 kHz; silence is added up to `window_s` seconds (at most 30).
        """
        encoded = self._encoded(samples, window_s)
        rows: Frames = np.asarray(encoded.storage, dtype=np.float32)[0]
        return rows[: math.ceil(len(samples) / (pcm.RATE / 50))]

    def _encoded(self, samples: pcm.Samples, window_s: float) -> Encoded:
        import ctranslate2

        samples = samples[: int(FULL_WINDOW * pcm.RATE)]
        seconds = len(samples) / pcm.RATE
        window = min(FULL_WINDOW, max(window_s, seconds))
        rows = math.ceil(window * MEL_PER_SECOND / 2) * 2
        padded = np.pad(samples, (0, max(0, rows * pcm.RATE // MEL_PER_SECOND - len(samples))))
        mel = np.ascontiguousarray(self._features(padded, padding=160)[None, :, :rows], dtype=np.float32)
        storage = self._model.encode(ctranslate2.StorageView.from_array(mel), to_cpu=True)
        return Encoded(storage, seconds, window)
