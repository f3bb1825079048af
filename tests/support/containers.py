"""Sound in the containers that people upload."""

import io

import av
import numpy as np
from numpy.typing import NDArray


def muxed(
    sound: NDArray[np.int16],
    rate: int,
    container: str,
    codec: str,
    *,
    coded_rate: int | None = None,
    layout: str = "mono",
    options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> bytes:
    """Mono sound at `rate` as a file, coded at `coded_rate` if that is another one."""
    coded_rate = coded_rate or rate
    target = io.BytesIO()
    with av.open(target, "w", format=container, options=options or {}) as writer:
        writer.metadata.update(tags or {})
        stream = writer.add_stream(codec, rate=coded_rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        size = stream.codec_context.frame_size or 960
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=coded_rate, frame_size=size)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            writer.mux(stream.encode(piece))
        writer.mux(stream.encode(None))
    return target.getvalue()
