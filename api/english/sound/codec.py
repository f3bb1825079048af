"""Compressed sound in and out by PyAV (FFmpeg), with limits: what learners upload is not to be trusted.

Both functions block and belong in a thread.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit import errors

if TYPE_CHECKING:
    import av

RATE = 16_000
MOST_SECONDS = 300
_MOST_DECODING_SECONDS = 30.0
# Demuxers for the six container families of the contract; playlists and network protocols are not among them.
_CONTAINERS = {"wav", "ogg", "matroska", "webm", "mp3", "mov", "mp4", "m4a", "flac", "w64", "aac"}
_OPUS_RATE = 48_000
_OPUS_BITS = 24_000


@dataclass(frozen=True)
class Clip:
    """PCM16 mono 16 kHz."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / RATE


def decode(content: bytes) -> Clip:
    """The first audio track of a file.

    Failure `unsupported_media_type` for anything that is not one of the accepted formats, `too_large` over 5 minutes
    (or when decoding it takes longer than 30 s), `invalid_request` for a file without sound in it.
    """
    import av

    deadline = time.monotonic() + _MOST_DECODING_SECONDS
    pieces: list[bytes] = []
    samples = 0
    try:
        with av.open(io.BytesIO(content), mode="r", metadata_errors="ignore") as container:
            if not _CONTAINERS & set(container.format.name.split(",")) or not container.streams.audio:
                raise errors.unsupported("Send the recording as WAV, Ogg/Opus, WebM, MP3, M4A or FLAC.")
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in container.decode(container.streams.audio[0]):
                for piece in resampler.resample(frame):
                    samples += piece.samples
                    pieces.append(_bytes(piece))
                if samples > MOST_SECONDS * RATE or time.monotonic() > deadline:
                    raise errors.too_large(f"A recording has at most {MOST_SECONDS // 60} minutes.")
            pieces += [_bytes(piece) for piece in resampler.resample(None)]
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise errors.unsupported("The recording cannot be read. Send WAV, Ogg/Opus, WebM, MP3, M4A or FLAC.") from error
    clip = Clip(b"".join(pieces))
    if clip.seconds < 0.2:
        raise errors.invalid("The recording is empty.", [("/audio", "has less than 0.2 seconds of sound")])
    return clip


def encode(pcm: bytes, rate: int) -> bytes:
    """Ogg Opus, mono, 24 kb/s, from PCM16 mono at `rate`."""
    import av
    import numpy as np

    target = io.BytesIO()
    with av.open(target, mode="w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=_OPUS_RATE, layout="mono")
        stream.bit_rate = _OPUS_BITS
        resampler = av.AudioResampler(format="s16", layout="mono", rate=_OPUS_RATE, frame_size=960)
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, dtype="<i2").reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return target.getvalue()


def _bytes(frame: av.AudioFrame) -> bytes:
    return bytes(frame.to_ndarray().tobytes())
