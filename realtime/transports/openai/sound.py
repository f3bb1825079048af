"""The sound formats of the OpenAI Realtime API, as PCM16 at 16 kHz. Loads numpy: import it where it is used."""

import base64
import binascii

import numpy as np
import soxr
from numpy.typing import NDArray

from kit import errors
from realtime.transports.openai.config import FORMATS
from speech.synthesis.voices import RATE as VOICE_RATE

RATE = 16_000


def _mu_law() -> NDArray[np.int16]:
    """ITU-T G.711, table 2: sign, three bits of exponent, four of mantissa, inverted; 14 bits, here shifted to 16."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    size = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -size, size).astype(np.int16)


def _a_law() -> NDArray[np.int16]:
    """ITU-T G.711, table 1: as above with every other bit inverted; 13 bits, here shifted to 16."""
    code = np.arange(256, dtype=np.int32) ^ 0x55
    exponent, mantissa = (code & 0x70) >> 4, (code & 0x0F) << 4
    size = np.where(exponent == 0, mantissa + 8, (mantissa + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, size, -size).astype(np.int16)


_TABLES = {"audio/pcmu": _mu_law(), "audio/pcma": _a_law()}


class Sound:
    """One stream in one format; the resampler is kept, so that pieces join without a click."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._odd = b""
        self._resampler = self._new_resampler()

    def decode(self, encoded: str) -> bytes:
        """PCM16 at 16 kHz of base64. Failure `invalid_request`."""
        try:
            data = base64.b64decode("".join(encoded.split()), validate=True)  # MIME breaks it into lines
        except (binascii.Error, ValueError) as error:
            raise errors.invalid("audio is base64.", [("/audio", "base64")]) from error
        return self._resampled(self._samples(data), last=False)

    def rest(self) -> bytes:
        """What is still in the resampler; after it the stream starts again."""
        rest = self._resampled(np.zeros(0, np.int16), last=True)
        self._resampler = self._new_resampler()
        self._odd = b""
        return rest

    def _samples(self, data: bytes) -> NDArray[np.int16]:
        if (table := _TABLES.get(self.kind)) is not None:
            return table[np.frombuffer(data, np.uint8)]
        data = self._odd + data
        whole = len(data) // 2 * 2
        self._odd = data[whole:]
        return np.frombuffer(data[:whole], "<i2")

    def _resampled(self, samples: NDArray[np.int16], *, last: bool) -> bytes:
        return bytes(self._resampler.resample_chunk(samples, last=last).astype("<i2").tobytes())

    def _new_resampler(self) -> "soxr.ResampleStream":
        return soxr.ResampleStream(FORMATS[self.kind], RATE, 1, dtype="int16")


class Speech:
    """The tutor's sound, PCM16 mono at 24 kHz, in one of the formats."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        table = _TABLES.get(kind)
        self._resampler = None if table is None else soxr.ResampleStream(VOICE_RATE, FORMATS[kind], 1, dtype="int16")
        if table is not None:
            self._codes = np.argsort(table, kind="stable").astype(np.uint8)
            levels = table[self._codes].astype(np.int32)
            self._borders = (levels[1:] + levels[:-1]) / 2  # between two levels the nearer one is taken

    def encode(self, pcm: bytes) -> str:
        """Base64."""
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(np.frombuffer(pcm, "<i2"), last=False)
            pcm = self._codes[np.searchsorted(self._borders, samples)].tobytes()
        return base64.b64encode(pcm).decode()
