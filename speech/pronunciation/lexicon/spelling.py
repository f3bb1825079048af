"""Words in no dictionary: a small network that reads letters (trained here on the CMU dictionary).

The network says for every letter which phones it stands for: none, one or a few.
"""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

from speech import inference

ALPHABET = "_abcdefghijklmnopqrstuvwxyz'"


class Speller:
    """Letters to phones. The same word always gives the same phones."""

    def __init__(self, session: onnxruntime.InferenceSession, chunks: list[str]) -> None:
        self._session = session
        self._chunks = [tuple(c.split()) for c in chunks]
        self.read = lru_cache(maxsize=5000)(self._read)

    @classmethod
    def load(cls, folder: Path) -> "Speller":
        """From `spelling.onnx` and `spelling.json`."""
        session = inference.opened(str(folder / "spelling.onnx"), inference.steady())
        return cls(session, json.loads((folder / "spelling.json").read_text()))

    def _read(self, word: str) -> tuple[str, ...]:
        codes = [ALPHABET.index(c) for c in word.lower() if c in ALPHABET]
        if not codes:
            return ()
        (scores,) = self._session.run(None, {"letters": np.array([codes], np.int64)})
        picked = [p for k in scores[0].argmax(-1) for p in self._chunks[int(k)]]
        return tuple(p for i, p in enumerate(picked) if not i or p != picked[i - 1])
