"""The protocol between a node and its media workers: frames over a socket pair.

A frame is the length of its payload (4 bytes), its kind (1), the peer (4) and a number (4), big-endian, then the
payload. The number is 0, or that of a question whose ANSWER or REFUSAL has the same one.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

LARGEST = 16 * 1024 * 1024
"""The largest payload in bytes."""

_HEAD = struct.Struct("!IBII")


class Kind(IntEnum):
    """What a frame between the server and a media worker is."""

    OFFER = 1
    """Down, a question: JSON {sdp, ice_servers, network, voice_rate, channel}; the answer is JSON {sdp}."""
    CANDIDATE = 2
    """Down, a question: JSON, an `RTCIceCandidate`."""
    CLOSE = 3
    """Down."""
    SOUND = 4
    """PCM16 mono. Up the learner's at 16 kHz, down the tutor's at the offer's `voice_rate`."""
    FLUSH = 5
    """Down: what was not played yet of the tutor's sound is dropped. Sound behind it in the stream is a new reply."""
    EVENT = 6
    """JSON {event, data}. Down one for the data channel, up a question: one that the client sent."""
    PLAYS = 7
    """Up: one byte, whether the client is connected and takes the tutor's voice."""
    GONE = 8
    """Up: the peer is closed; one byte, whether its client was lost."""
    PULSE = 9
    """Up, every second: JSON {tracks, lost}, what the worker counts."""
    ANSWER = 10
    REFUSAL = 11
    """JSON {kind, code, message, details, retry_after}."""
    FILLER = 12
    """Up: silence at 16 kHz that the client did not send."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message between the server and a media worker; `peer` says whose."""

    kind: Kind
    peer: int
    payload: bytes = b""
    number: int = 0


def packed(frame: Frame) -> bytes:
    """ValueError for a payload that is too long."""
    if len(frame.payload) > LARGEST:
        raise ValueError(f"a frame of {len(frame.payload)} bytes")
    return _HEAD.pack(len(frame.payload), frame.kind, frame.peer, frame.number) + frame.payload


class Reader:
    """Frames out of pieces of any length."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """All frames that are complete now. ValueError for an invalid frame."""
        self._buffer += data
        start = 0
        try:
            while len(self._buffer) - start >= _HEAD.size:
                length, kind, peer, number = _HEAD.unpack_from(self._buffer, start)
                if length > LARGEST:
                    raise ValueError(f"a frame of {length} bytes")
                if len(self._buffer) - start - _HEAD.size < length:
                    break
                start += _HEAD.size
                payload = bytes(self._buffer[start : start + length])
                start += length
                yield Frame(Kind(kind), peer, payload, number)
        finally:
            del self._buffer[:start]
