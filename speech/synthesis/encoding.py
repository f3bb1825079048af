"""Speech in the formats that players take, made piece by piece while the voice speaks. Blocking: call it in a thread.

The length is unknown when the first bytes are sent, so headers leave it open, as for any stream.
"""

import struct
from typing import Any, Literal

from speech.synthesis.voices import RATE

Format = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]

MEDIA_TYPES: dict[Format, str] = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": f"audio/pcm;rate={RATE};channels=1",
}
_CONTAINERS: dict[Format, tuple[str, str, dict[str, str]]] = {
    "mp3": ("mp3", "libmp3lame", {"write_xing": "0"}),
    "opus": ("ogg", "libopus", {"page_duration": "200000"}),
    "aac": ("adts", "aac", {}),
    "flac": ("flac", "flac", {}),
}
_OPEN_LENGTH = 0xFFFF_FFFF
_SLOWEST_STEP = 0.5  # of one tempo filter


class Encoder:
    """PCM16 mono at `RATE` in, a file in pieces out. `speed` from 0.25 to 4 keeps the pitch."""

    def __init__(self, kind: Format, speed: float = 1.0) -> None:
        self._tempo = _Tempo(speed) if speed != 1.0 else None
        self._file = _File(kind) if kind in _CONTAINERS else None
        self._head = _wav_head() if kind == "wav" else b""

    def push(self, pcm: bytes) -> bytes:
        """What can be sent now; often nothing."""
        return self._encode(self._tempo.push(pcm) if self._tempo else pcm)

    def finish(self) -> bytes:
        """The rest. The encoder cannot be used after this."""
        rest = self._encode(self._tempo.finish()) if self._tempo else b""
        return rest + self._file.finish() if self._file else rest

    def _encode(self, pcm: bytes) -> bytes:
        if self._file is not None:
            return self._file.push(pcm)
        head, self._head = self._head, b""
        return head + pcm


def _wav_head() -> bytes:
    rate, width = RATE, 2
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * width, width, 8 * width)
    return struct.pack("<4sI4s", b"RIFF", _OPEN_LENGTH, b"WAVE") + form + struct.pack("<4sI", b"data", _OPEN_LENGTH)


class _Sink:
    """The container's output, which cannot seek."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


class _File:
    def __init__(self, kind: Format) -> None:
        import av

        container, codec, options = _CONTAINERS[kind]
        self._sink = _Sink()
        self._output: Any = av.open(
            self._sink, "w", format=container, options={**options, "flush_packets": "1"}, buffer_size=4096
        )
        self._stream: Any = self._output.add_stream(codec, rate=RATE, layout="mono")
        sample: Any = self._stream.codec_context
        self._resampler = av.AudioResampler(format=sample.format, layout="mono", rate=RATE)

    def push(self, pcm: bytes) -> bytes:
        if pcm:
            for frame in self._resampler.resample(_frame(pcm)):
                self._output.mux(self._stream.encode(frame))
        return self._sink.taken()

    def finish(self) -> bytes:
        self._output.mux(self._stream.encode(None))
        self._output.close()
        return self._sink.taken()


class _Tempo:
    """Faster or slower speech at the same pitch."""

    def __init__(self, speed: float) -> None:
        import av

        graph = av.filter.Graph()
        steps = [graph.add_abuffer(sample_rate=RATE, format="s16", layout="mono")]
        while speed < _SLOWEST_STEP:
            steps.append(graph.add("atempo", str(_SLOWEST_STEP)))
            speed /= _SLOWEST_STEP
        steps += [graph.add("atempo", f"{speed:.6f}"), graph.add("aformat", "sample_fmts=s16:channel_layouts=mono")]
        graph.link_nodes(*steps, graph.add("abuffersink")).configure()
        self._graph: Any = graph

    def push(self, pcm: bytes) -> bytes:
        if not pcm:
            return b""
        self._graph.push(_frame(pcm))
        return self._pull()

    def finish(self) -> bytes:
        self._graph.push(None)
        return self._pull()

    def _pull(self) -> bytes:
        import av

        out = b""
        while True:
            try:
                out += self._graph.pull().to_ndarray().tobytes()
            except (av.BlockingIOError, av.EOFError):
                return out


def _frame(pcm: bytes) -> Any:
    import av
    import numpy as np

    frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2")[None, :], format="s16", layout="mono")
    frame.sample_rate = RATE
    return frame
