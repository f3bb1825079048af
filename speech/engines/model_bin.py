"""Reads the numbers of a CTranslate2 model from its `model.bin`."""

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_VERSION = 6
_TYPES: dict[int, type[np.generic]] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


class ModelFile:
    """The variables of a model by their names."""

    def __init__(self, file: Path, wanted: str) -> None:
        """Look up where those whose names begin with `wanted` lie. Raises ValueError for a file of another kind."""
        self._numbers: NDArray[np.uint8] = np.memmap(file, np.uint8, "r")
        self._at = 0
        self._found: dict[str, NDArray[np.generic]] = {}
        if self._integer("<I") != _VERSION:
            raise ValueError(f"{file} is no model of version {_VERSION}")
        self.kind = self._text(), self._integer("<I")
        """What the variables are those of, and the revision of their names: ("WhisperSpec", 3)."""
        for _ in range(self._integer("<I")):
            name, value = self._text(), self._variable()
            if value is not None and name.startswith(wanted):
                self._found[name] = value
        self._names = {name: name for name in self._found}
        for _ in range(self._integer("<I")):
            alias, name = self._text(), self._text()
            if name in self._found:
                self._names[alias] = name

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def shape(self, name: str) -> tuple[int, ...]:
        """The sizes of a variable. Raises KeyError."""
        return self._found[self._names[name]].shape

    def floats(self, name: str, rows: Sequence[int] | None = None) -> Floats:
        """A variable, or some rows of it, as float32, also of one that is kept in eight or sixteen bits.

        Raises KeyError, and ValueError for integers that have no scale.
        """
        name = self._names[name]
        kept = self._found[name]
        some = ... if rows is None else rows
        value = kept[some].astype(np.float32)
        scale = self._found.get(f"{name}_scale")
        if scale is not None:  # of each row, or one of all
            value /= scale.astype(np.float32) if scale.size == 1 else scale[some].astype(np.float32).reshape(-1, 1)
        elif kept.ndim and np.issubdtype(kept.dtype, np.integer):
            raise ValueError(f"{name} is kept as {kept.dtype} without a scale")
        return value

    def _integer(self, kind: str) -> int:
        size = struct.calcsize(kind)
        (value,) = struct.unpack(kind, self._take(size).tobytes())
        return int(value)

    def _text(self) -> str:
        return self._take(self._integer("<H")).tobytes().rstrip(b"\0").decode()

    def _variable(self) -> NDArray[np.generic] | None:
        shape = [self._integer("<I") for _ in range(self._integer("<B"))]
        kind = _TYPES.get(self._integer("<B"))
        raw = self._take(self._integer("<I"))
        return None if kind is None else raw.view(kind).reshape(shape)

    def _take(self, size: int) -> NDArray[np.uint8]:
        if self._at + size > len(self._numbers):
            raise ValueError("the model ends too early")
        self._at += size
        return self._numbers[self._at - size : self._at]
