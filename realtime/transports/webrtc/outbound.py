"""The tutor's voice as a track: Opus packets of 20 ms in real time, and few while the tutor is silent."""

import asyncio
import contextlib
import math
from fractions import Fraction
from typing import Any

import av
import numpy as np
import soxr
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from kit.clock import Clock

RATE = 48_000
_FRAME_SAMPLES = RATE // 50
_FRAME_BYTES = _FRAME_SAMPLES * 2
_FRAME_SECONDS = 0.02
_MOST_BUFFERED = RATE * 2 * 5  # bytes: five seconds, far more than a paced reply runs ahead
_BIT_RATE = 32_000  # what browsers choose for speech
_SILENT = b"\xf8\xff\xfe"  # RFC 6716, 3.1: 20 ms of the full band, and nothing in it
_TAIL = 10  # silent packets behind a sound: the receiver fades into silence rather than into a guess
_REST_SECONDS = 0.4  # as long as Opus' own discontinuous transmission rests


class Outbound(MediaStreamTrack):
    """`say` adds sound, `flush` drops what was not sent.

    Time stamps follow the clock, so sound behind a rest is played at once. Fifty silent packets a second and session
    would cost more than the learner's own sound does, and the battery of a phone.
    """

    kind = "audio"

    def __init__(self, clock: Clock, source_rate: int) -> None:
        super().__init__()
        self._clock = clock
        self._source_rate = source_rate
        self._buffer = bytearray()
        self._more = asyncio.Event()
        self._resampler = self._new_resampler()
        self._encoder: av.AudioCodecContext | None = None
        self._began: float | None = None
        self._sent = 0
        self._silent = 0

    def say(self, pcm: bytes) -> None:
        """PCM16 mono at the rate given to the constructor. Sound beyond five seconds ahead is dropped."""
        self._buffer += self._resampler.resample_chunk(np.frombuffer(pcm, np.int16)).tobytes()
        del self._buffer[_MOST_BUFFERED:]
        self._more.set()

    def flush(self) -> None:
        """Play nothing of what waits."""
        self._buffer.clear()
        self._resampler = self._new_resampler()

    def stop(self) -> None:
        """End the track."""
        super().stop()
        # It has threads, and aiortc's parts hold each other until the garbage collector finds them.
        self._encoder = None

    async def recv(self) -> "av.Packet[Any]":
        """The next packet, at its time; aiortc calls it."""
        if self.readyState != "live":
            raise MediaStreamError
        if self._began is None:
            self._began = self._clock.monotonic()
        if self._silent >= _TAIL:
            if not self._buffer:
                await self._rest()
            self._sent = max(self._sent, math.ceil((self._clock.monotonic() - self._began) / _FRAME_SECONDS))
        due = self._began + self._sent * _FRAME_SECONDS
        if (wait := due - self._clock.monotonic()) > 0:
            await asyncio.sleep(wait)
        packet = av.Packet(await self._next())
        packet.pts, packet.time_base = self._sent * _FRAME_SAMPLES, Fraction(1, RATE)
        self._sent += 1
        return packet

    async def _rest(self) -> None:
        """Wait until there is sound, or time for a keep-alive packet."""
        self._more.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_REST_SECONDS):
                await self._more.wait()

    async def _next(self) -> bytes:
        if not self._buffer:
            self._silent += 1
            return _SILENT
        self._silent = 0
        pcm = bytes(self._buffer[:_FRAME_BYTES]).ljust(_FRAME_BYTES, b"\0")
        del self._buffer[:_FRAME_BYTES]
        if self._encoder is None:
            self._encoder = _encoder()
        return await asyncio.get_running_loop().run_in_executor(None, _encoded, self._encoder, pcm)

    def _new_resampler(self) -> soxr.ResampleStream:
        # FFmpeg's would start threads of its own, which stay until the garbage collector finds them.
        return soxr.ResampleStream(self._source_rate, RATE, 1, dtype="int16", quality="MQ")


def _encoder() -> av.AudioCodecContext:
    made = av.AudioCodecContext.create("libopus", "w")
    made.sample_rate, made.layout, made.format, made.bit_rate = RATE, "mono", "s16", _BIT_RATE
    made.options = {"application": "voip"}
    return made


def _encoded(encoder: av.AudioCodecContext, pcm: bytes) -> bytes:
    frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, np.int16).reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = RATE
    return b"".join(bytes(packet) for packet in encoder.encode(frame)) or _SILENT
