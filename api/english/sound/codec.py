"""Compressed sound: decodes recordings of learners and encodes what is stored."""

from __future__ import annotations

import io
from dataclasses import dataclass

from kit import errors, fair
from speech.decoding import recording
from speech.decoding.verdict import Unreadable

RATE = 16_000
MOST_SECONDS = 300
_OPUS_RATE = 48_000
_OPUS_BITS = 24_000


@dataclass(frozen=True)
class Clip:
    """PCM16 mono 16 kHz."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        """Length of the clip."""
        return len(self.pcm) / 2 / RATE


async def decode(content: bytes, place: fair.Place | None = None) -> Clip:
    """A recording, decoded in a process of its own, by turns at `place`.

    Failure `unsupported_media_type` for anything that is no recording, `too_large` over 5 minutes, `invalid_request`
    for one without sound in it.
    """
    try:
        clip = Clip(await recording.whole(content, MOST_SECONDS, place))
    except Unreadable as verdict:
        if verdict.reason in ("too_long", "too_much"):
            raise errors.too_large(f"A recording has at most {MOST_SECONDS // 60} minutes.") from verdict
        raise errors.unsupported(
            "The recording cannot be read. Send WAV, Ogg/Opus, WebM, MP3, M4A or FLAC."
        ) from verdict
    if clip.seconds < 0.2:
        raise errors.invalid("The recording is empty.", [("/audio", "has less than 0.2 seconds of sound")])
    return clip


def encode(pcm: bytes, rate: int) -> bytes:
    """Ogg Opus, mono, 24 kb/s, from PCM16 mono at `rate`. Blocks."""
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
