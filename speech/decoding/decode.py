"""Recordings of people as PCM16 at 16 kHz, by PyAV (FFmpeg). Blocking; runs in the worker only.

Decodes what the ffmpeg program decodes: bad and empty packets are skipped, tags are ignored, and rate, layout and
format may change within the file.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import av

from speech.audio.pcm import RATE
from speech.decoding import containers, wave_files
from speech.decoding.resampling import Resampler
from speech.decoding.verdict import Unreadable

_HEAD_BYTES = 8 * 1024 * 1024  # tags with pictures stand before the first sound
_RATES = range(1_000, 768_001)
_MOST_CHANNELS = 64
_MOST_SAMPLES_A_SECOND = 8 * 48_000  # over all channels and the longest recording: what a limit in seconds leaves open
_MOST_STREAMS = 32
_MARGIN_S = 0.5  # what encoders put before and behind

_CODECS = frozenset(
    re.findall(
        r"\w+",
        """aac aac_latm ac3 adpcm_g722 adpcm_g726 adpcm_g726le adpcm_ima_qt adpcm_ima_wav adpcm_ms adpcm_yamaha alac
        amrnb amrwb eac3 flac gsm gsm_ms libopencore_amrnb libopencore_amrwb libopus mp1 mp1float mp2 mp2float mp3
        mp3float opus speex vorbis wmalossless wmapro wmav1 wmav2 wmavoice""",
    )
) | {name for name in av.codecs_available if name.startswith("pcm_")}

# FFmpeg's own decoders of AMR refuse the frames that stand for a pause.
_BETTER = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}


def sound(source: BinaryIO, most_s: float) -> Iterator[bytes]:
    """All of the best audio track, a frame at a time.

    Unreadable `unknown` (no format of ours), `silent` (no sound in it), `broken` (none that can be decoded),
    `too_long`, `too_much` (samples for a recording of that length).
    """
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    name, start = containers.opening(head, size)
    if name is None:
        raise Unreadable("unknown")
    source.seek(start)
    whole: BinaryIO = io.BytesIO(source.read()) if start else source
    if name == "wav" and wave_files.is_odd(head[start:]):
        whole = io.BytesIO(wave_files.readable(whole.read()))
    budget = _Budget(most_s)
    verdicts = []
    for link in map(io.BytesIO, containers.chained(whole.read())) if name == "ogg" else [whole]:
        try:
            yield from _link(link, name, budget)
        except MemoryError as error:
            raise Unreadable("too_much") from error
        except Unreadable as verdict:
            if verdict.reason in ("too_long", "too_much"):
                raise
            verdicts.append(verdict)
        except (av.FFmpegError, ValueError, IndexError):
            verdicts.append(Unreadable("broken"))
    if not budget.heard:
        raise verdicts[0] if verdicts else Unreadable("broken")


def _link(source: BinaryIO, name: str, budget: _Budget) -> Iterator[bytes]:
    resampler = Resampler()
    with av.open(
        source, "r", format=name, metadata_errors="replace", options=_options(name), io_open=_nothing_else
    ) as container:
        for frame in _frames(container):
            budget.take(frame)
            yield budget.checked(resampler.push(frame))
        yield budget.checked(resampler.flush())


def _options(name: str) -> dict[str, str]:
    return {
        "format_whitelist": ",".join({name, *av.ContainerFormat(name, "r").name.split(",")}),
        "codec_whitelist": ",".join(_CODECS),
        "protocol_whitelist": "",
        "max_streams": str(_MOST_STREAMS),
    }


def _nothing_else(url: str, flags: int, options: dict[str, str]) -> Any:
    raise PermissionError("a recording is one file")


def _frames(container: Any) -> Iterator[Any]:
    stream, codec = _track(container)
    for packet in _packets(container, stream):
        with contextlib.suppress(av.FFmpegError):
            yield from codec.decode(packet)
    with contextlib.suppress(av.FFmpegError):
        yield from codec.decode(None)


def _track(container: Any) -> tuple[Any, Any]:
    """The track that a player would choose, of those that can be decoded, and its decoder."""
    tracks = container.streams.audio
    if not tracks:
        raise Unreadable("silent")
    best = container.streams.best("audio")
    for stream in sorted(tracks, key=lambda one: one is not best):
        codec = stream.codec_context
        if codec is not None and codec.name in _CODECS:
            if (better := _BETTER.get(codec.name)) in av.codecs_available:
                codec = av.CodecContext.create(better, "r")
            codec.thread_count = 1
            return stream, codec
    raise Unreadable("unknown")


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """Up to where the container can be read. A packet without bytes would tell the decoder that this was the end."""
    with contextlib.suppress(av.FFmpegError, IndexError):
        for packet in container.demux(stream):
            if packet.size:
                yield packet


class _Budget:
    """How much may come out of a recording."""

    def __init__(self, most_s: float) -> None:
        self._most_samples = most_s * _MOST_SAMPLES_A_SECOND
        self._most_bytes = (most_s + _MARGIN_S) * RATE * 2
        self._samples = 0
        self.heard = 0

    def take(self, frame: Any) -> None:
        channels = frame.layout.nb_channels
        if frame.sample_rate not in _RATES or not 0 < channels <= _MOST_CHANNELS:
            raise Unreadable("broken")
        self._samples += frame.samples * channels
        if self._samples > self._most_samples:
            raise Unreadable("too_much")

    def checked(self, piece: bytes) -> bytes:
        self.heard += len(piece)
        if self.heard > self._most_bytes:
            raise Unreadable("too_long")
        return piece
