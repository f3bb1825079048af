"""Chooses the demuxer of a recording by its bytes. Pure.

FFmpeg's own probing is not used: some of its formats are lists of other files and addresses (HLS, DASH, concat, SDP,
image patterns). Formats that are not listed here are not opened.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# How far into a file its first frame is looked for, where a container has no mark of its own.
_SEARCHED = 512 * 1024
_CHAIN = 3

_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"fLaC", "flac"),
    (0, b"#!AMR", "amr"),
    (0, b"caff", "caf"),
    (0, b".snd", "au"),
    (0, bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), "asf"),
    (0, bytes.fromhex("726966662e91cf11a5d628db04c10000"), "w64"),
    (0, b"\x00\x00\x01\xba", "mpeg"),
    *((4, atom, "mov") for atom in (b"ftyp", b"moov", b"mdat", b"moof", b"styp", b"sidx", b"wide", b"free", b"skip")),
)
_INSIDE = re.compile(rb"fLaC\x00\x00\x00\x22|OggS\x00\x02|RIFF....WAVE", re.DOTALL)
_TAG_HEAD = 10
_RIFF = re.compile(rb"(?:RIFF|RIFX|RF64|BW64)....WAVE|FORM....AIF[FC]", re.DOTALL)


def opening(content: bytes, size: int) -> tuple[str | None, int]:
    """The name of an FFmpeg demuxer for a file of `size` bytes that begins with `content`, None for what is no
    recording; and where in the file the recording begins.

    If a tag claims to contain the whole sound, its length is wrong and the recording is searched inside it.
    """
    start = _behind_tags(content)
    name = _named(content, start) if start < len(content) else None
    if name is None and start:
        name, inside = _inside_tag(content)
        if name is not None:
            return name, inside
        return ("mp3", start) if start < size else (None, 0)
    return name, start


def _named(content: bytes, start: int) -> str | None:
    head = content[start : start + 64]
    for offset, mark, name in _MARKS:
        if head[offset:].startswith(mark):
            return name
    if _RIFF.match(head):
        return "aiff" if head.startswith(b"FORM") else "wav"
    if _transport_stream(content):
        return "mpegts"
    return _by_frames(content, start)[0]


def _inside_tag(content: bytes) -> tuple[str | None, int]:
    """What begins first, by its mark or by frames that follow each other."""
    marked = _INSIDE.search(content, _TAG_HEAD, _TAG_HEAD + _SEARCHED)
    name, at = _by_frames(content, _TAG_HEAD)
    if marked is not None and (name is None or marked.start() <= at):
        return _named(content, marked.start()), marked.start()
    return name, at


def _behind_tags(content: bytes) -> int:
    """Where ID3v2 tags end by what they say: they may stand in front of any format, several if several programs
    wrote."""
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) > at + _TAG_HEAD:
        flags, size = content[at + 5], content[at + 6 : at + 10]
        if any(byte & 0x80 for byte in size):
            break
        at += _TAG_HEAD + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) + (10 if flags & 0x10 else 0)
    return at


def _transport_stream(content: bytes) -> bool:
    packets = content[: 5 * 188 : 188]
    return len(packets) >= _CHAIN and set(packets) == {0x47}


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame's length in bytes, and what its neighbours have in common with it."""

    size: int
    kind: tuple[int, ...]


def _by_frames(content: bytes, start: int) -> tuple[str | None, int]:
    """Streams of bare frames: the first place where some follow each other, for recorders begin in the middle of one,
    and damage at the start hides the first."""
    readers: tuple[tuple[str, Callable[[bytes, int], _Frame | None]], ...]
    readers = (("mp3", _mpeg_audio), ("aac", _adts), ("loas", _loas))
    for at in _places(content, start):
        for name, read in readers:
            if _chained(content, at, read):
                return name, at
        if _flac(content[at : at + 16]):
            return "flac", at  # cut off at the front, without its header
    return None, 0


def _places(content: bytes, start: int) -> Iterator[int]:
    for found in re.compile(rb"[\xff\x56]").finditer(content, start, start + _SEARCHED):
        yield found.start()


def _chained(content: bytes, at: int, read: Callable[[bytes, int], _Frame | None]) -> bool:
    first = frame = read(content, at)
    count = 0
    while frame is not None and first is not None and frame.kind == first.kind:
        count += 1
        at += frame.size
        if count == _CHAIN or (at >= len(content) and count > 1):
            return True
        frame = read(content, at)
    return False


_BITRATES = {  # kbit/s by (is it MPEG-1, layer); ISO/IEC 11172-3 and 13818-3
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44100, 48000, 32000)


def _mpeg_audio(content: bytes, at: int) -> _Frame | None:
    """MPEG audio, layers 1 to 3."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    bitrate, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer == 4 or bitrate in (0, 15) or rate == 3:
        return None
    first = version == 3
    hertz = _RATES[rate] >> (0 if first else 1 if version == 2 else 2)
    bits = _BITRATES[first, layer][bitrate] * 1000
    if layer == 1:
        size = (12 * bits // hertz + padding) * 4
    else:
        size = (144 if layer == 2 or first else 72) * bits // hertz + padding
    return _Frame(size, (version, layer, rate))


def _adts(content: bytes, at: int) -> _Frame | None:
    """AAC with ADTS headers."""
    head = content[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or (rate := head[2] >> 2 & 15) > 12:
        return None
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return _Frame(size, (head[1], rate)) if size > 7 else None


def _loas(content: bytes, at: int) -> _Frame | None:
    """AAC in LATM."""
    head = content[at : at + 3]
    if len(head) < 3 or head[0] != 0x56 or head[1] & 0xE0 != 0xE0:
        return None
    return _Frame(((head[1] & 0x1F) << 8 | head[2]) + 3, ())


def _flac(head: bytes) -> bool:
    """A frame of FLAC, whose header has a checksum of its own (RFC 9639, section 9.1)."""
    if len(head) < 16 or head[0] != 0xFF or head[1] & 0xFE != 0xF8 or head[2] < 0x10 or head[2] & 15 == 15:
        return False
    more = max(0, 7 - (head[4] ^ 0xFF).bit_length())  # bytes of a number that is written as UTF-8 writes one
    size = 5 + more + {6: 1, 7: 2}.get(head[2] >> 4, 0) + {12: 1, 13: 2, 14: 2}.get(head[2] & 15, 0)
    checksum = 0
    for byte in head[:size]:
        checksum ^= byte
        for _ in range(8):
            checksum = (checksum << 1 ^ 0x07) & 0xFF if checksum & 0x80 else checksum << 1
    return checksum == head[size]


def chained(content: bytes) -> Iterator[bytes]:
    """The links of an Ogg file: a recorder that was stopped and started again writes one behind the other, and the next
    may have another codec. A link begins where a stream begins behind pages that do not begin one."""
    starts, at, beginning = [0], 0, True
    while (at := content.find(b"OggS", at)) >= 0:
        begins = len(content) > at + 5 and bool(content[at + 5] & 2)
        if begins and not beginning:
            starts.append(at)
        beginning = begins
        at += 27
    for start, end in itertools.pairwise([*starts, len(content)]):
        yield content[start:end]
