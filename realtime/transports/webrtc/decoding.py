"""Packets of a track to PCM16, mono, 16 kHz."""

from typing import Any

import av
import numpy as np
from aiortc.codecs import get_decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters

from realtime.node import opus
from realtime.node.opus_decoder import OpusDecoder

RATE = 16_000


class Decoder:
    """Holds the state of the codecs; a change of codec or rate within a track resets it."""

    def __init__(self) -> None:
        self._codec: RTCRtpCodecParameters | None = None
        self._opus = OpusDecoder()
        self._other: Any = None
        self._resampler: av.AudioResampler | None = None

    def decode(self, codec: RTCRtpCodecParameters, payload: bytes) -> bytes:
        """The sound of a packet; none for one that cannot be decoded."""
        if codec is not self._codec:
            self._codec, self._other, self._resampler = codec, None, None
        return self._of_opus(payload) if codec.name.lower() == "opus" else self._of_other(codec, payload)

    def _of_opus(self, payload: bytes) -> bytes:
        try:
            milliseconds = opus.duration_ms(payload)
        except ValueError:
            return b""
        return self._opus.decode(payload, milliseconds)

    def _of_other(self, codec: RTCRtpCodecParameters, payload: bytes) -> bytes:
        if self._other is None:
            self._other = get_decoder(codec)
        try:
            frames = self._other.decode(JitterFrame(payload, 0))
        except av.FFmpegError:
            return b""
        parts = [part for frame in frames for part in self._resampled(frame)]
        return b"".join(bytes(part.planes[0])[: part.samples * 2] for part in parts)

    def _resampled(self, frame: av.AudioFrame) -> list[av.AudioFrame]:
        frame.pts = None
        try:
            return self._through_resampler(frame)
        except ValueError:
            # Another rate or another number of channels: this resampler is bound to the old ones.
            self._resampler = None
            return self._through_resampler(frame)

    def _through_resampler(self, frame: av.AudioFrame) -> list[av.AudioFrame]:
        if self._resampler is None:
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        return list(self._resampler.resample(frame))


def concealed(before: bytes, samples: int) -> bytes:
    """A replacement for lost `samples`: the sound before them, reversed and fading, so that it begins where that sound
    ended and does not click."""
    out = np.zeros(samples, np.float32)
    piece = np.frombuffer(before, "<i2")[::-1][:samples]
    out[: len(piece)] = piece * np.linspace(1.0, 0.0, len(piece), dtype=np.float32)
    return bytes(out.astype("<i2").tobytes())
