"""WAV files that FFmpeg does not read, written as those that it does. Pure.

Big-endian ones (RIFX), RF64 and BW64 whose recorder never came back to write the sizes, and files with a chunk of an
odd length that has no byte behind it to make it even.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_NAMES = "fmt ,data,fact,LIST,JUNK,junk,PAD ,FLLR,bext,iXML,axml,chna,cue ,PEAK,smpl,inst,id3 ,ID3 ,ds64,cart"
_KNOWN = frozenset(_NAMES.encode().split(b","))
_ANY_ORDER = (1, 3, 6, 7)  # PCM of whole numbers, of floats, A-law and µ-law: what is turned round by the sample
_EXTENSIBLE = 0xFFFE
_UNSAID = 0xFFFFFFFF


@dataclass(slots=True)
class _Walk:
    """What the chunks before the sound say. `data` is where it begins, 0 where there is none."""

    order: str
    odd: bool
    format: bytes = b""
    data: int = 0
    size: int = 0


def is_odd(head: bytes) -> bool:
    """Whether FFmpeg reads a file that begins so wrongly, or not at all."""
    walk = _walked(head)
    return walk.odd and walk.data > 0 and len(walk.format) >= 16


def readable(content: bytes) -> bytes:
    """An odd file as FFmpeg reads it; unchanged where nothing can be done."""
    walk = _walked(content)
    sound = content[walk.data :] if walk.size in (0, _UNSAID) else content[walk.data : walk.data + walk.size]
    described = walk.format
    if walk.order == ">":
        fields = list(struct.unpack(">HHIIHH", described[:16]))
        if fields[0] == _EXTENSIBLE and len(described) >= 28:
            fields[0] = described[24] or described[27]  # the first field of its GUID, in either order
        if fields[0] not in _ANY_ORDER:
            return content
        described, sound = struct.pack("<HHIIHH", *fields), _turned(sound, (fields[5] + 7) // 8)
    begins = b"WAVEfmt " + struct.pack("<I", len(described)) + described + bytes(len(described) % 2)
    sizes = [min(size, _UNSAID) for size in (len(begins) + 8 + len(sound), len(sound))]
    return b"RIFF" + struct.pack("<I", sizes[0]) + begins + b"data" + struct.pack("<I", sizes[1]) + sound


def _walked(content: bytes) -> _Walk:
    walk = _Walk(">" if content.startswith(b"RIFX") else "<", content.startswith(b"RIFX"))
    at = 12
    while len(content) >= at + 8:
        name, size = struct.unpack(f"{walk.order}4sI", content[at : at + 8])
        if name == b"data":
            walk.data, walk.size = at + 8, size
            break
        if name == b"fmt ":
            walk.format = content[at + 8 : at + 8 + size]
        elif name == b"ds64":
            walk.odd = walk.odd or not any(content[at + 16 : at + 24])
        at += 8 + size
        if size % 2:
            if content[at + 1 : at + 5] not in _KNOWN and content[at : at + 4] in _KNOWN:
                walk.odd = True
            else:
                at += 1
    return walk


def _turned(sound: bytes, width: int) -> bytes:
    """Samples of `width` bytes with the last byte first."""
    whole = len(sound) // max(1, width) * width
    turned = bytearray(whole)
    for at in range(width):
        turned[at::width] = sound[width - 1 - at : whole : width]
    return bytes(turned)
