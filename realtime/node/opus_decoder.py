"""Opus packets to PCM16, mono, 16 kHz. Loads the codec: import it where it is used."""

import av
import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray
from prometheus_client import Counter

RATE = 16_000
_CODEC_RATE = 48_000
_TAPS = 144
_BLOCK = 20
"""Outputs; the shortest packet, 2.5 ms, has two blocks."""

_BROKEN = Counter("parley_opus_packets_broken", "Opus packets that could not be decoded and became silence.")


def _low_pass() -> NDArray[np.float32]:
    """Passes what 16 kHz can hold: a sinc cut at 7.4 kHz of 48, in a Kaiser window (-58 dB at 8 kHz)."""
    at = np.arange(_TAPS) - (_TAPS - 1) / 2
    taps = np.sinc(at * 2 * 7_400 / _CODEC_RATE) * np.kaiser(_TAPS, 5.65)
    return np.asarray(taps / taps.sum(), np.float32)


def _thirds(taps: NDArray[np.float32]) -> NDArray[np.float32]:
    """The filter for a block of outputs at once: column i holds it three samples below column i - 1.

    One product of matrices for all blocks of a packet takes a seventh of the time of one for all outputs, whose windows
    overlap so much that they would have to be copied.
    """
    matrix = np.zeros((3 * (_BLOCK - 1) + len(taps), _BLOCK), np.float32)
    for column in range(_BLOCK):
        matrix[3 * column : 3 * column + len(taps), column] = taps
    return matrix


_THIRDS = _thirds(_low_pass())


class OpusDecoder:
    """One a stream: the codec remembers what came before. It decodes to 48 kHz, of which we keep a third.

    A packet's length is a multiple of three samples, so each gives exactly its length at 16 kHz, and filtering with
    what came before is all that a resampler would do.
    """

    def __init__(self) -> None:
        self._codec = av.CodecContext.create("libopus", "r")
        self._codec.layout = "mono"
        self._before = np.zeros(_TAPS - 1, np.float32)

    def decode(self, packet: bytes, milliseconds: float) -> bytes:
        """Exactly `milliseconds` of PCM16. A packet that is broken becomes silence: the clock goes on."""
        wanted = round(milliseconds * RATE / 1000) * 2
        try:
            frames = self._codec.decode(av.Packet(packet))
        except av.FFmpegError:
            _BROKEN.inc()
            return bytes(wanted)
        pcm = b"".join(self._third(frame) for frame in frames)
        return pcm[:wanted].rjust(wanted, b"\0")

    def _third(self, frame: av.AudioFrame) -> bytes:
        """Every third sample behind the low-pass. libopus gives packed 16 bit samples of one channel."""
        new = np.frombuffer(memoryview(frame.planes[0]), np.int16, frame.samples)
        sound = np.concatenate((self._before, new), dtype=np.float32)
        self._before = sound[-(_TAPS - 1) :]
        step = sound.itemsize
        shape = (frame.samples // (3 * _BLOCK), len(_THIRDS))
        blocks = as_strided(sound, shape, (3 * _BLOCK * step, step), writeable=False)
        return bytes(np.rint(blocks @ _THIRDS).clip(-32768, 32767).astype("<i2").tobytes())
