"""Frames of any format as PCM16 at 16 kHz, one channel. By FFmpeg's filters, and without NumPy, whose import would cost
each recording more than this does."""

from __future__ import annotations

import array
import contextlib
import math
from typing import Any

import av

from speech.audio.pcm import RATE

_BLOCK = 2 * RATE
_EVERY = 16  # samples that the energy is taken from: one of so many
_CANCELLED = 0.03  # of a channel's energy: what is left of the mix of a voice that is turned round in one of two
_NOT_CANCELLED = 0.2  # one channel of two, with nothing in the other, leaves a quarter


class Resampler:
    """Converts to 16 kHz mono PCM16, from the beginning whenever the format changes."""

    def __init__(self) -> None:
        self._path: _Mono | _Mixed | None = None
        self._kind: tuple[str, str, int] | None = None

    def push(self, frame: av.AudioFrame) -> bytes:
        """What is ready: of several channels in blocks of two seconds."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        before = b""
        if kind != self._kind:
            before = self.flush()
            channels = frame.layout.nb_channels
            self._path = _Mono(kind, channels) if channels == 1 else _Mixed(kind, channels)
            self._kind = kind
        frame.pts = None
        assert self._path is not None
        return before + self._path.through(_finite(frame))

    def flush(self) -> bytes:
        """The rest."""
        return b"" if self._path is None else self._path.through(None)


class _Mono:
    """FFmpeg's own mix of the channels."""

    def __init__(self, kind: tuple[str, str, int], channels: int) -> None:
        try:
            self._graph = _graph(*kind, f"aformat=sample_rates={RATE}:sample_fmts=s16:channel_layouts=mono")
        except (av.FFmpegError, ValueError):  # channels without a known position: all have the same weight
            share = "+".join(f"{1 / channels:.6f}*c{number}" for number in range(channels))
            self._graph = _graph(*kind, f"pan=mono|c0={share}", f"aformat=sample_rates={RATE}:sample_fmts=s16")

    def through(self, frame: Any) -> bytes:
        return _through(self._graph, frame, 2)


class _Mixed:
    """The mix, or one channel where the mix cancels what is said or leaves it out: a microphone that is connected the
    wrong way round, a recorder whose fourth track has the place of a subwoofer.

    Chosen for each block. Between the two limits, and in silence, the choice of the block before holds, so that nothing
    goes up and down while somebody speaks."""

    def __init__(self, kind: tuple[str, str, int], channels: int) -> None:
        self._mono = _Mono(kind, channels)
        self._graph = _graph(*kind, f"aformat=sample_rates={RATE}:sample_fmts=s16")
        self._channels = channels
        self._mix, self._all = bytearray(), bytearray()
        self._chosen: int | None = None

    def through(self, frame: Any) -> bytes:
        self._mix += self._mono.through(frame)
        self._all += _through(self._graph, frame, 2 * self._channels)
        out = bytearray()
        while len(self._mix) >= 2 * _BLOCK and len(self._all) >= 2 * _BLOCK * self._channels:
            out += self._block(_BLOCK)
        if frame is None:
            out += self._block(min(len(self._mix), len(self._all) // self._channels) // 2)
        return bytes(out)

    def _block(self, samples: int) -> bytes:
        mix, every = bytes(self._mix[: 2 * samples]), bytes(self._all[: 2 * samples * self._channels])
        del self._mix[: 2 * samples], self._all[: 2 * samples * self._channels]
        channels = [memoryview(every).cast("h")[number :: self._channels] for number in range(self._channels)]
        energies = [_energy(channel) for channel in channels]
        loudest, left = max(energies), _energy(memoryview(mix).cast("h"))
        if left > _NOT_CANCELLED * loudest:
            self._chosen = None
        elif left < _CANCELLED * loudest and (self._chosen is None or energies[self._chosen] < _CANCELLED * loudest):
            self._chosen = energies.index(loudest)
        return mix if self._chosen is None else channels[self._chosen].tobytes()


def _energy(samples: memoryview[int]) -> int:
    """Of the differences between neighbours, where a voice weighs more than a subwoofer's hum."""
    pairs = zip(samples[::_EVERY], samples[1::_EVERY], strict=False)
    return sum((one - next_) ** 2 for one, next_ in pairs)


def _finite(frame: Any) -> Any:
    """Programs that write floats write infinity, too, and what is no number. Those samples would spoil what follows
    them in a filter; they become 0."""
    if frame.format.name in ("flt", "dbl"):
        (plane,) = frame.planes
        samples = memoryview(plane).cast("B").cast("f" if frame.format.name == "flt" else "d")
        if not math.isfinite(sum(samples)):
            finite = [one if math.isfinite(one) else 0.0 for one in samples]
            plane.update(array.array(samples.format, finite))
    return frame


def _through(graph: av.filter.Graph, frame: Any, width: int) -> bytes:
    """`width` bytes for each sample of what comes out."""
    graph.push(frame)
    out = bytearray()
    with contextlib.suppress(av.BlockingIOError, av.EOFError):
        while True:
            got: Any = graph.pull()
            out += memoryview(got.planes[0])[: got.samples * width]
    return bytes(out)


def _graph(sample_format: str, layout: str, rate: int, *filters: str) -> av.filter.Graph:
    graph = av.filter.Graph()
    graph.threads = 1
    last = graph.add("abuffer", sample_rate=str(rate), sample_fmt=sample_format, channel_layout=layout)
    for described in (*filters, "abuffersink"):
        name, _, arguments = described.partition("=")
        following = graph.add(name, arguments or None)
        last.link_to(following)
        last = following
    graph.configure()
    return graph
