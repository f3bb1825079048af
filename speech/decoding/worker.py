"""The process that opens a recording, which is its input; started by `recording`.

A hostile file cannot harm the server: memory and processor time are limited before the file is opened, and no file, no
socket and no other process can be opened. It prints one line of JSON, `{"seconds"}` or `{"error"}`, and then the sound
as PCM16 at 16 kHz: pieces behind their length as four bytes, the last one empty.
"""

import importlib
import io
import pkgutil
import struct
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, BinaryIO

import av
import orjson

from kit.processes import limits
from speech.decoding import decode
from speech.decoding.verdict import Unreadable

_PIECE = 5 * 16_000 * 2
_HELD = 10 * 60 * 16_000 * 2  # longer sound is decoded a second time instead of being kept


def main(longest: str) -> None:
    """Recordings of at most `longest` seconds."""
    av.logging.set_level(av.logging.PANIC)
    _import_all_of(av)
    limits.seal()
    try:
        source = _source()
        heard, held = 0, bytearray()
        for piece in decode.sound(source, float(longest)):
            heard += len(piece)
            held += piece if heard <= _HELD else b""
        _say({"seconds": heard / 2 / 16_000})
        for piece in _grouped(iter([bytes(held)]) if heard <= _HELD else decode.sound(source, float(longest))):
            sys.stdout.buffer.write(struct.pack("<I", len(piece)) + piece)
        sys.stdout.buffer.write(struct.pack("<I", 0))
        sys.stdout.buffer.flush()
    except Unreadable as verdict:
        _say({"error": verdict.reason})
    except MemoryError:
        _say({"error": "too_much"})


def _import_all_of(package: ModuleType) -> None:
    """PyAV imports parts of itself when it meets the first stream of their kind, and then it would be too late."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith(("__main__", ".datasets")):
            importlib.import_module(module.name)


def _source() -> BinaryIO:
    """The file itself if standard input is one, otherwise the content of the pipe."""
    raw = sys.stdin.buffer
    return raw if raw.seekable() else io.BytesIO(raw.read())


def _grouped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= _PIECE:
            yield bytes(held[:_PIECE])
            del held[:_PIECE]
    if held:
        yield bytes(held)


def _say(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()
