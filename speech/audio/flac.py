"""Lossless compression of PCM16, mono, 16 kHz: about half the bytes. Both take milliseconds per second of sound. The
libraries are loaded with the first recording, not at the start."""

import io

from speech.audio.pcm import RATE


def encode(pcm: bytes) -> bytes:
    """PCM16 at 16 kHz as FLAC."""
    import numpy as np
    import soundfile

    written = io.BytesIO()
    soundfile.write(written, np.frombuffer(pcm, "<i2"), RATE, format="FLAC", subtype="PCM_16")
    return written.getvalue()


def decode(flac: bytes) -> bytes:
    """FLAC as PCM16."""
    import soundfile

    samples, _ = soundfile.read(io.BytesIO(flac), dtype="int16")
    return bytes(samples.astype("<i2").tobytes())
