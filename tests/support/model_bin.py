"""Models of CTranslate2 that differ from those of the tests."""

import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.engines.model_bin import _TYPES, ModelFile
from tests.support import speech

Variables = dict[str, NDArray[np.generic]]
_CODES = {np.dtype(kind): code for code, kind in _TYPES.items()}


def changed(folder: Path, change: Callable[[Variables], None], *, spec: str = "WhisperSpec", revision: int = 3) -> Path:
    """A copy of the model of the clips in `folder`, with variables changed in place."""
    model = folder / "changed"
    shutil.copytree(speech.CLIPS_MODEL, model)
    read = ModelFile(model / "model.bin", "")
    variables = dict(read._found)
    change(variables)
    aliases = {alias: name for alias, name in read._names.items() if alias != name}
    parts = [struct.pack("<I", 6), _text(spec), struct.pack("<II", revision, len(variables))]
    for name, value in variables.items():
        parts += [_text(name), struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape)]
        parts += [struct.pack("<BI", _CODES[value.dtype], value.nbytes), value.tobytes()]
    parts.append(struct.pack("<I", len(aliases)))
    parts += [_text(word) for pair in aliases.items() for word in pair]
    (model / "model.bin").unlink()
    (model / "model.bin").write_bytes(b"".join(parts))
    return model


def to_sixteen_bits(variables: Variables) -> None:
    """As CTranslate2 keeps them: one scale for all of a matrix."""
    for name in [name for name in variables if f"{name}_scale" in variables]:
        scale = variables[f"{name}_scale"].astype(np.float32)
        numbers = variables[name].astype(np.float32) / scale.reshape(-1, *[1] * (variables[name].ndim - 1))
        one = np.float32(1023 / np.abs(numbers).max())
        variables[name] = np.rint(numbers * one).astype(np.int16)
        variables[f"{name}_scale"] = np.array(one)


def _text(text: str) -> bytes:
    kept = text.encode() + b"\0"
    return struct.pack("<H", len(kept)) + kept
