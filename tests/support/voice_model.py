"""A network with the inputs and outputs of Kokoro that hums: every symbol lasts 125 ms. Written byte by byte, since no
package that writes such files is needed for anything else."""

import struct
from pathlib import Path

import pytest

from speech.synthesis.kokoro.network import DURATIONS, FRAME, _field, _varint
from speech.weights import store
from speech.weights.known import KNOWN, Known

FRAMES_A_SYMBOL = 5
_FLOAT, _INT64 = 1, 7


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`kokoro.onnx` where a fetched model of the data folder would be, and known as the right one."""
    model = write(folder / "models" / "kokoro")
    monkeypatch.setitem(KNOWN, "kokoro", Known("", "r1", {}, model.stat().st_size))
    monkeypatch.setattr(store, "broken", lambda _folder, _sums: None)
    return model


def write(folder: Path) -> Path:
    """`kokoro.onnx` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = FRAMES_A_SYMBOL * FRAME
    nodes = [
        _node("Cast", ["tokens"], "numbers", _attribute("to", _FLOAT)),
        _node("Mul", ["numbers", "zero"], "nothing"),
        _node("Add", ["nothing", "frames"], DURATIONS),
        _node("Unsqueeze", [DURATIONS, "last"], "column"),
        _node("Tile", ["column", "times"], "table"),
        _node("Reshape", ["table", "flat"], "line"),
        _node("Mul", ["line", "loudness"], "audio"),
    ]
    constants = [
        _floats("zero", 0.0), _floats("frames", float(FRAMES_A_SYMBOL)), _floats("loudness", 0.05),
        _integers("last", 2), _integers("times", 1, 1, samples), _integers("flat", -1),
    ]  # fmt: skip
    graph = b"".join(
        [
            *(_field(1, node) for node in nodes),
            _field(2, b"hum"),
            *(_field(5, constant) for constant in constants),
            _field(11, _value("tokens", _INT64, 1, None)),
            _field(11, _value("style", _FLOAT, 1, 256)),
            _field(11, _value("speed", _FLOAT, 1)),
            _field(12, _value("audio", _FLOAT, None)),
        ]
    )
    model = _number(1, 9) + _field(7, graph) + _field(8, _field(1, b"") + _number(2, 17))
    (folder / "kokoro.onnx").write_bytes(model)
    return folder / "kokoro.onnx"


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _attribute(name: str, value: int) -> bytes:
    return _field(1, name.encode()) + _number(3, value) + _number(20, 2)


def _node(kind: str, inputs: list[str], output: str, *attributes: bytes) -> bytes:
    named = b"".join(_field(1, name.encode()) for name in inputs) + _field(2, output.encode())
    return named + _field(4, kind.encode()) + b"".join(_field(5, one) for one in attributes)


def _floats(name: str, value: float) -> bytes:
    return _number(2, _FLOAT) + _field(8, name.encode()) + _field(9, struct.pack("<f", value))


def _integers(name: str, *values: int) -> bytes:
    shape = _number(1, len(values)) + _number(2, _INT64)
    return shape + _field(8, name.encode()) + _field(9, struct.pack(f"<{len(values)}q", *values))


def _value(name: str, kind: int, *shape: int | None) -> bytes:
    sizes = b"".join(_field(1, _field(2, b"n") if size is None else _number(1, size)) for size in shape)
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, kind) + _field(2, sizes)))
