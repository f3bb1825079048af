"""The network in ONNX Runtime: symbols to sound, and how long each symbol lasts.

The release gives the sound only. The durations are a value inside the graph; it is made an output by adding a few bytes
to the file: where a message of a protocol buffer holds the same part twice, readers merge the two, so a second `graph`
with nothing but one more `output` is enough.
"""

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from speech import inference
from speech.synthesis.kokoro import styles, symbols
from speech.synthesis.voices import RATE

FRAME = 600
"""Samples that a unit of duration stands for."""
DURATIONS = "/encoder/Clip_output_0"
_GRAPH, _OUTPUT, _NAME, _TYPE, _TENSOR, _ELEMENT, _FLOAT = 7, 12, 1, 2, 1, 1, 1


class Network:
    """One thread. Memory goes back to the system after each clause."""

    def __init__(self, model: Path) -> None:
        settings = inference.options()
        settings.enable_mem_pattern = False  # lengths differ from clause to clause
        self._session = inference.opened(model.read_bytes() + one_more_output(DURATIONS), settings)

    def speak(
        self, text: str, speaker: str, rate: float, run: onnxruntime.RunOptions
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Samples at 24 kHz, and seconds for each symbol, with one of silence at either end.

        Raises onnxruntime's Fail when `run` is terminated.
        """
        ids = symbols.encode(text)
        run.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        sound, lengths = self._session.run(
            ["audio", DURATIONS],
            {
                "tokens": np.array([ids], np.int64),
                "style": styles.style(speaker, len(ids) - 2),
                "speed": np.array([rate], np.float32),
            },
            run,
        )
        return np.ravel(sound), np.ravel(lengths).astype(np.float32) * np.float32(FRAME / RATE)


def one_more_output(name: str) -> bytes:
    """What to put behind an ONNX model so that the float value `name` is an output, too."""
    kind = _field(_TYPE, _field(_TENSOR, bytes([_ELEMENT << 3, _FLOAT])))
    return _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode()) + kind))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
