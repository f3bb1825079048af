"""The tutor's voice as a track: frames of 20 ms in real time, silence when there is nothing to say."""

import asyncio
from fractions import Fraction

import av
import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from server.kit.clock import Clock

RATE = 48_000
_FRAME_SAMPLES = RATE // 50
_FRAME_SECONDS = 0.02
_MOST_BUFFERED = RATE * 2 * 5  # bytes: five seconds, far more than a paced reply runs ahead


class Outbound(MediaStreamTrack):
    """`say` adds sound, `flush` drops what was not sent."""

    kind = "audio"

    def __init__(self, clock: Clock, source_rate: int) -> None:
        super().__init__()
        self._clock = clock
        self._source_rate = source_rate
        self._buffer = bytearray()
        self._resampler = self._new_resampler()
        self._began: float | None = None
        self._sent = 0

    def say(self, pcm: bytes) -> None:
        """PCM16 mono at the rate given to the constructor. Sound beyond five seconds ahead is dropped."""
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = self._source_rate
        for part in self._resampler.resample(frame):
            self._buffer += bytes(part.planes[0])[: part.samples * 2]
        del self._buffer[_MOST_BUFFERED:]

    def flush(self) -> None:
        self._buffer.clear()
        self._resampler = self._new_resampler()

    async def recv(self) -> av.AudioFrame:
        if self.readyState != "live":
            raise MediaStreamError
        if self._began is None:
            self._began = self._clock.monotonic()
        due = self._began + self._sent * _FRAME_SECONDS
        if (wait := due - self._clock.monotonic()) > 0:
            await asyncio.sleep(wait)
        size = _FRAME_SAMPLES * 2
        pcm = bytes(self._buffer[:size]).ljust(size, b"\0")
        del self._buffer[:size]
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        frame.pts = self._sent * _FRAME_SAMPLES
        frame.time_base = Fraction(1, RATE)
        self._sent += 1
        return frame

    def _new_resampler(self) -> av.AudioResampler:
        return av.AudioResampler(format="s16", layout="mono", rate=RATE)
