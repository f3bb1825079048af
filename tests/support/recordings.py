"""Recordings as people have them, made here: whole ones, damaged ones, and some that are none."""

import io
import re
import struct
import wave
from typing import Any

import numpy as np
import soundfile

from tests.support.containers import FileFormat, muxed
from tests.support.english import clip

CLIP = "so762-008110159.flac"


def samples(seconds: float | None = None, rate: int = 16_000) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    """The clip of 3.65 s, repeated up to so many seconds."""
    sound, own = soundfile.read(io.BytesIO(clip(CLIP)), dtype="int16")
    if rate != own:
        sound = np.interp(np.arange(len(sound) * rate // own) * own / rate, np.arange(len(sound)), sound).astype("<i2")
    return sound if seconds is None else np.resize(sound, int(seconds * rate))


def encoded(
    container: str,
    codec: str,
    *,
    rate: int = 16_000,
    seconds: float | None = None,
    **more: Any,
) -> bytes:
    """The clip as a file of that format; `more` as there."""
    return muxed(samples(seconds, rate), rate, FileFormat(container, codec, **more))


def damaged(content: bytes, start: float = 0.3, every: int = 900, width: int = 12, seed: int = 1) -> bytes:
    """Bytes turned into others from a share of the file on, some at a time."""
    chance = np.random.default_rng(seed)
    hurt = bytearray(content)
    for at in range(int(len(content) * start), len(content) - width, every):
        hurt[at : at + width] = chance.bytes(width)
    return bytes(hurt)


def wav(sound: "np.ndarray[tuple[int], np.dtype[np.int16]]", rate: int = 16_000, channels: int = 1) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as out:
        out.setparams((channels, 2, rate, 0, "NONE", ""))
        out.writeframes(sound.astype("<i2").tobytes())
    return target.getvalue()


def with_sizes(content: bytes, riff: int, data: int) -> bytes:
    """A WAV file whose header says other sizes: that of a recorder which never came back to write them."""
    at = content.index(b"data")
    return content[:4] + struct.pack("<I", riff) + content[8 : at + 4] + struct.pack("<I", data) + content[at + 8 :]


def amr_frames(content: bytes) -> list[bytes]:
    """Of AMR narrow band."""
    sizes = (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0)
    frames, at = [], len(b"#!AMR\n")
    while at < len(content):
        size = 1 + sizes[content[at] >> 3 & 15]
        frames.append(content[at : at + size])
        at += size
    return frames


def amr_with_pauses() -> bytes:
    """Narrow band AMR in which a phone sends a pause as one description of the silence and then nothing."""
    frames = amr_frames(encoded("amr", "libopencore_amrnb", rate=8000))
    silence, nothing = bytes([8 << 3 | 4]) + bytes.fromhex("f7e0a04c00"), bytes([15 << 3 | 4])
    pause = [silence, *[nothing] * 7] * 6
    middle = len(frames) // 2
    return b"#!AMR\n" + b"".join([*frames[:middle], *pause, *frames[middle:]])


def id3(frames: bytes) -> bytes:
    size = len(frames)
    return b"ID3\x03\x00\x00" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127]) + frames


def id3_text(name: bytes, text: bytes) -> bytes:
    """`text` is said to be Latin-1, and is what the writer's machine had."""
    return name + struct.pack(">I", len(text) + 1) + b"\x00\x00\x00" + text


def serial(ogg: bytes, number: int) -> bytes:
    """The same Ogg pages as another logical stream, their checksums made anew."""
    out, at = bytearray(ogg), 0
    while at < len(out):
        segments = out[at + 26]
        size = 27 + segments + sum(out[at + 27 : at + 27 + segments])
        out[at + 14 : at + 18] = struct.pack("<I", number)
        out[at + 22 : at + 26] = bytes(4)
        out[at + 22 : at + 26] = struct.pack("<I", _ogg_checksum(bytes(out[at : at + size])))
        at += size
    return bytes(out)


def _ogg_checksum(page: bytes) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _CHECKSUMS[(value >> 24) ^ byte]
    return value


def _checksum_of(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


_CHECKSUMS = [_checksum_of(byte) for byte in range(256)]


def without_duration(webm: bytes) -> bytes:
    """As browsers record: the segment's and clusters' sizes unknown, no duration, no index."""
    return re.sub(b"\x44\x89\x88.{8}", b"\xec\x89" + bytes(9), webm, count=1, flags=re.DOTALL)
