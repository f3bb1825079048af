"""Writes ONNX graphs, as far as a decoder needs them: nodes, numbers, inputs and outputs, in protocol buffers' wire
format. ONNX Runtime reads it; the package that usually writes it is far larger than what is used here."""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Attribute = int | float | Sequence[int]

_IR_VERSION = 8
_OPSETS = (("", 17), ("com.microsoft", 1))
_TYPES = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7}


class Graph:
    """A graph under construction. Tensors are known by their names."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._count = 0

    def name(self) -> str:
        """A name that nothing has yet."""
        self._count += 1
        return f"t{self._count}"

    def constant(self, value: NDArray[np.generic]) -> str:
        """Numbers that belong to the graph: float32, uint8, int32 or int64 of any shape."""
        name = self.name()
        dims = b"".join(_number(1, size) for size in value.shape)
        kind = _number(2, _TYPES[value.dtype.name])
        self._parts.append(_bytes(5, dims + kind + _text(8, name) + _bytes(9, np.ascontiguousarray(value).tobytes())))
        return name

    def input(self, name: str, kind: str, shape: Sequence[int | str]) -> str:
        """What is given in each run; a size with a name is known only then."""
        self._parts.append(_bytes(11, _declared(name, kind, shape)))
        return name

    def output(self, name: str, kind: str, shape: Sequence[int | str]) -> str:
        """What comes out of each run."""
        self._parts.append(_bytes(12, _declared(name, kind, shape)))
        return name

    def node(self, operator: str, *inputs: str, out: str = "", domain: str = "", **attributes: Attribute) -> str:
        """The result of an operator."""
        out = out or self.name()
        body = b"".join(_text(1, name) for name in inputs) + _text(2, out) + _text(4, operator)
        body += b"".join(_bytes(5, _attribute(key, value)) for key, value in attributes.items())
        self._parts.append(_bytes(1, body + _text(7, domain)))
        return out

    def model(self) -> bytes:
        """The whole graph, to be loaded."""
        opsets = b"".join(_bytes(8, _text(1, domain) + _number(2, version)) for domain, version in _OPSETS)
        return _number(1, _IR_VERSION) + opsets + _bytes(7, _text(2, "graph") + b"".join(self._parts))


def _declared(name: str, kind: str, shape: Sequence[int | str]) -> bytes:
    sizes = [_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape]
    dims = b"".join(_bytes(1, size) for size in sizes)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, _TYPES[kind]) + _bytes(2, dims)))


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + b"".join(_number(8, item) for item in value) + _number(20, 7)


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())
