"""Sound in the containers that people upload."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import av
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class FileFormat:
    """How sound lies in a file. `coded_rate` where that is another one than its own."""

    container: str
    codec: str
    coded_rate: int | None = None
    layout: str = "mono"
    options: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


def muxed(sound: NDArray[np.int16], rate: int, to: FileFormat) -> bytes:
    """Mono sound at `rate` as a file."""
    coded_rate = to.coded_rate or rate
    target = io.BytesIO()
    with av.open(target, "w", format=to.container, options=dict(to.options)) as writer:
        writer.metadata.update(to.tags)
        stream = writer.add_stream(to.codec, rate=coded_rate, layout=to.layout)
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        size = stream.codec_context.frame_size or 960
        resampler = av.AudioResampler(format=stream.format, layout=to.layout, rate=coded_rate, frame_size=size)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            writer.mux(stream.encode(piece))
        writer.mux(stream.encode(None))
    return target.getvalue()
