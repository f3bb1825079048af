"""Files that are legal, or nearly, and that few programs write: their voice is heard."""

import io
import struct
from collections.abc import Callable

import numpy as np
import pytest

from speech.decoding import decode
from tests.support import recordings as made

Sound = np.ndarray[tuple[int], np.dtype[np.float64]]
VOICE: Sound = made.samples() / 32768.0


def _chunk(name: bytes, content: bytes, order: str = "<") -> bytes:
    return name + struct.pack(f"{order}I", len(content)) + content + bytes(len(content) % 2)


def _format(tag: int, bits: int, order: str = "<", more: bytes = b"") -> bytes:
    width = bits // 8
    return _chunk(b"fmt ", struct.pack(f"{order}HHIIHH", tag, 1, 16_000, 16_000 * width, width, bits) + more, order)


def _riff(*chunks: bytes, mark: bytes = b"RIFF", order: str = "<") -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return mark + struct.pack(f"{order}I", len(body)) + body


def _pcm() -> bytes:
    return made.samples().astype("<i2").tobytes()


def _big_endian(tag: int, bits: int, more: bytes = b"") -> bytes:
    kinds = {(1, 16): ">i2", (3, 32): ">f4", (3, 64): ">f8", (0xFFFE, 16): ">i2"}
    if (tag, bits) == (1, 24):
        sound = (VOICE * 2**31).astype(">i4").view("u1").reshape(-1, 4)[:, :3].tobytes()
    else:
        sound = (VOICE * (32767 if bits == 16 else 1)).astype(kinds[tag, bits]).tobytes()
    behind = _chunk(b"LIST", b"INFO", ">")
    return _riff(_format(tag, bits, ">", more), _chunk(b"data", sound, ">"), behind, mark=b"RIFX", order=">")


def _unfinished(mark: bytes) -> bytes:
    sizes = _chunk(b"ds64", bytes(28))
    whole = mark + b"\xff\xff\xff\xffWAVE" + sizes + _format(1, 16) + b"data\xff\xff\xff\xff" + _pcm()
    return whole


def _floats(kind: str, every: int, value: float) -> bytes:
    sound = VOICE.copy()
    sound[5::every] = value
    return _riff(_format(3, 8 * np.dtype(kind).itemsize), _chunk(b"data", sound.astype(kind).tobytes()))


def _channels(*weights: float) -> bytes:
    sound = np.outer(VOICE, weights)
    return made.wav((sound * 32767).astype("<i2").reshape(-1), channels=len(weights))


_PCM_GUID = bytes.fromhex("00000001000000108000 00aa00389b71".replace(" ", ""))
ODD: dict[str, Callable[[], bytes]] = {
    "big-endian": lambda: _big_endian(1, 16),
    "big-endian, 24 bits": lambda: _big_endian(1, 24),
    "big-endian floats": lambda: _big_endian(3, 32),
    "big-endian doubles": lambda: _big_endian(3, 64),
    "big-endian, extensible": lambda: _big_endian(0xFFFE, 16, struct.pack(">HHI", 22, 16, 4) + _PCM_GUID),
    "RF64 never finished": lambda: _unfinished(b"RF64"),
    "BW64 never finished": lambda: _unfinished(b"BW64"),
    "an odd chunk before the format": lambda: _riff(
        b"LIST" + struct.pack("<I", 5) + b"INFOa", _format(1, 16), _chunk(b"data", _pcm())
    ),
    "an odd chunk before the sound": lambda: _riff(
        _format(1, 16), b"note" + struct.pack("<I", 3) + b"abc", _chunk(b"data", _pcm())
    ),
    "an odd chunk that is made even": lambda: _riff(_chunk(b"note", b"abc"), _format(1, 16), _chunk(b"data", _pcm())),
    "floats that are no numbers": lambda: _floats("<f4", 1_000, float("nan")),
    "floats without an end": lambda: _floats("<f4", 1_000, float("inf")),
    "doubles without an end": lambda: _floats("<f8", 1_000, float("-inf")),
    "one channel turned round": lambda: _channels(1, -1),
    "one channel turned round, and softer": lambda: _channels(0.8, -1),
    "voice in the place of a subwoofer": lambda: _channels(0, 0, 0, 1, 0, 0),
    "voice at the last of sixteen microphones": lambda: _channels(*[0] * 15, 1),
    "voice at the right": lambda: _channels(0, 1),
    "voice at both": lambda: _channels(1, 1),
}


def _heard(content: bytes) -> bytes:
    return b"".join(decode.sound(io.BytesIO(content), 60))


@pytest.mark.parametrize("name", ODD)
def test_the_voice_is_heard(name: str) -> None:
    heard = np.frombuffer(_heard(ODD[name]()), "<i2") / 32768.0
    assert len(heard) == pytest.approx(len(VOICE), abs=160)
    size = min(len(heard), len(VOICE))
    alike = np.dot(heard[:size], VOICE[:size]) / np.linalg.norm(heard) / np.linalg.norm(VOICE)
    assert abs(alike) > 0.98
    assert np.linalg.norm(heard) > 0.45 * np.linalg.norm(VOICE)


def test_a_hum_of_the_subwoofer_is_not_taken_for_the_voice() -> None:
    hum = 0.9 * np.sin(2 * np.pi * 40 * np.arange(len(VOICE)) / 16_000)
    sound = np.zeros((len(VOICE), 6))
    sound[:, 2], sound[:, 3] = 0.3 * VOICE, hum
    heard = np.frombuffer(_heard(made.wav((sound * 32767).astype("<i2").reshape(-1), channels=6)), "<i2")
    alike = np.dot(heard, VOICE) / np.linalg.norm(heard.astype(float)) / np.linalg.norm(VOICE)
    assert alike > 0.95


def test_nothing_goes_up_and_down_when_one_channel_is_silent_for_a_while() -> None:
    """Two people at a microphone each: neither is ever cancelled, so the mix stays."""
    sound = np.zeros((len(VOICE) * 4, 2))
    for turn in range(4):
        sound[turn * len(VOICE) : (turn + 1) * len(VOICE), turn % 2] = VOICE
    heard = np.frombuffer(_heard(made.wav((sound * 32767).astype("<i2").reshape(-1), channels=2)), "<i2")
    assert np.abs(heard / 32767 - sound.sum(1) / 2).max() < 0.01
