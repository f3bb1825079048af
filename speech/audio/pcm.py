"""PCM16 mono at 16 kHz, the only audio that the speech part works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 16_000

Samples: TypeAlias = "NDArray[np.float32]"


def to_float(pcm: bytes | bytearray | memoryview) -> Samples:
    """Little-endian PCM16 bytes as float32 in [-1, 1); an odd last byte is left out."""
    import numpy as np

    whole = memoryview(pcm)[: len(pcm) // 2 * 2]
    return np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(32768.0)


def to_bytes(samples: Samples) -> bytes:
    """float32 in [-1, 1] as little-endian PCM16 bytes, clipped."""
    import numpy as np

    return (np.clip(samples, -1.0, 32767 / 32768) * 32768.0).astype("<i2").tobytes()


def ms(samples: int) -> int:
    """Samples as whole milliseconds."""
    return samples * 1000 // RATE


def samples(milliseconds: float) -> int:
    """Milliseconds as samples."""
    return int(milliseconds * RATE / 1000)
