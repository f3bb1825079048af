"""Opus packets to PCM16, mono, 16 kHz. Loads the codec: import it where it is used.

libopus decodes to 16 kHz by itself, at two fifths of the cost of 48 kHz and a resampler, but libavcodec does not let
it. So the library in PyAV's wheel is called directly; where the wheel has none, libavcodec and a resampler do.
"""

import ctypes
import functools
import importlib.util
from pathlib import Path
from typing import Any

from prometheus_client import Counter

from kit import logs

RATE = 16_000
_LONGEST = RATE * 120 // 1000  # samples of a packet, RFC 6716 section 3.2.5
_PLACES = ("av.libs/libopus*", "av.libs/opus*", "av/.dylibs/libopus*")  # Linux, Windows, macOS

_BROKEN = Counter("parley_opus_packets_broken", "Opus packets that could not be decoded and became silence.")
_log = logs.get(__name__)


class OpusDecoder:
    """One per stream: the codec has state."""

    def __init__(self) -> None:
        library = _library()
        self._codec: _Direct | _ThroughAv = _Direct(library) if library is not None else _ThroughAv()

    def decode(self, packet: bytes, milliseconds: float) -> bytes:
        """Exactly `milliseconds` of PCM16. A packet that is broken becomes silence: the clock goes on."""
        wanted = round(milliseconds * RATE / 1000) * 2
        pcm = self._codec.decode(packet)
        if pcm is None:
            _BROKEN.inc()
            return bytes(wanted)
        return pcm if len(pcm) == wanted else pcm[:wanted].rjust(wanted, b"\0")


@functools.cache
def _library() -> Any:
    """libopus with the types of what is called; None where there is none."""
    spec = importlib.util.find_spec("av")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parents[1]
    for file in (file for place in _PLACES for file in folder.glob(place)):
        try:
            library = ctypes.CDLL(str(file))
            library.opus_decoder_create.argtypes = [ctypes.c_int32, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]
            library.opus_decoder_create.restype = ctypes.c_void_p
            library.opus_decode.argtypes = [
                ctypes.c_void_p,
                ctypes.c_char_p,
                ctypes.c_int32,
                ctypes.c_void_p,
                ctypes.c_int,
                ctypes.c_int,
            ]
            library.opus_decoder_destroy.argtypes = [ctypes.c_void_p]
            library.opus_decoder_destroy.restype = None
        except (OSError, AttributeError) as error:
            _log.warning("libopus_unusable", file=file.name, error=str(error))
        else:
            return library
    return None


class _Direct:
    """https://opus-codec.org/docs/opus_api-1.5/group__opus__decoder.html"""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._sound = ctypes.create_string_buffer(_LONGEST * 2)
        error = ctypes.c_int()
        self._state = library.opus_decoder_create(RATE, 1, ctypes.byref(error))
        if not self._state:
            raise MemoryError(f"libopus made no decoder: error {error.value}")

    def decode(self, packet: bytes) -> bytes | None:
        if not packet:  # libopus would take it for a lost one
            return None
        samples = self._library.opus_decode(self._state, packet, len(packet), self._sound, _LONGEST, 0)
        return ctypes.string_at(self._sound, samples * 2) if samples >= 0 else None

    def __del__(self) -> None:
        if state := getattr(self, "_state", None):
            self._library.opus_decoder_destroy(state)


class _ThroughAv:
    def __init__(self) -> None:
        import av

        self._av = av
        self._codec = av.CodecContext.create("libopus", "r")
        self._codec.layout = "mono"
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)

    def decode(self, packet: bytes) -> bytes | None:
        try:
            frames = self._codec.decode(self._av.Packet(packet))
        except self._av.FFmpegError:
            return None
        for frame in frames:
            frame.pts = None
        parts = [part for frame in frames for part in self._resampler.resample(frame)]
        return b"".join(bytes(part.planes[0])[: part.samples * 2] for part in parts)
