"""Recording conditions, made from clean audio: codecs, telephone band, noise, rooms, lost packets.

Every function takes float32 samples at 16 kHz and returns as many on the same time axis, so labels stay where they are.
"""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import io
from collections.abc import Callable

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
RATE = 16000
PACKET = 320


def opus(x: Samples, rng: np.random.Generator, kbits: int = 16) -> Samples:
    """Through an Opus encoder at `kbits` and back; the codec's delay is taken out again."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=RATE, layout="mono", options={"application": "voip"})
        stream.bit_rate = kbits * 1000
        pcm = np.clip(x * 32767, -32768, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)
    buffer.seek(0)
    sampler = av.AudioResampler("s16", "mono", RATE)
    with av.open(buffer, "r") as source:
        frames = [f for packet in source.decode(audio=0) for f in sampler.resample(packet)]
    whole = np.concatenate([f.to_ndarray()[0] for f in [*frames, *sampler.resample(None)]])
    return _like((whole / 32768).astype(np.float32), x)


def telephone(x: Samples, rng: np.random.Generator) -> Samples:
    """300 to 3400 Hz with 8-bit mu-law."""
    spectrum = np.fft.rfft(x)
    hertz = np.fft.rfftfreq(len(x), 1 / RATE)
    edge = np.clip((hertz - 250) / 100, 0, 1) * np.clip((3550 - hertz) / 300, 0, 1)
    narrow = np.fft.irfft(spectrum * edge, len(x))
    peak = np.abs(narrow).max() + 1e-9
    law = np.sign(narrow) * np.log1p(255 * np.abs(narrow) / peak) / np.log(256)
    law = np.round(law * 127) / 127
    return (np.sign(law) * (256 ** np.abs(law) - 1) / 255 * peak).astype(np.float32)


def white(x: Samples, rng: np.random.Generator, snr: float = 10.0) -> Samples:
    """White noise at `snr` dB under the speech."""
    return _under(x, rng.normal(0, 1, len(x)), snr)


def pink(x: Samples, rng: np.random.Generator, snr: float = 10.0) -> Samples:
    """Noise that falls by 3 dB an octave, as fans and streets do."""
    spectrum = np.fft.rfft(rng.normal(0, 1, len(x)))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    return _under(x, np.fft.irfft(spectrum, len(x)), snr)


def babble(x: Samples, rng: np.random.Generator, talkers: list[Samples], snr: float = 10.0) -> Samples:
    """Other people's speech, all at once, at `snr` dB under the speech."""
    mixed = np.zeros(len(x))
    for talker in talkers:
        mixed += np.roll(np.resize(talker / (np.sqrt(np.mean(talker**2)) + 1e-9), len(x)), rng.integers(len(x)))
    return _under(x, mixed, snr)


def reverb(x: Samples, rng: np.random.Generator, seconds: float = 0.5, direct_db: float = 0.0) -> Samples:
    """A room whose sound decays by 60 dB in `seconds`; the direct sound is `direct_db` over all reflections."""
    n = int(RATE * seconds)
    tail = rng.normal(0, 1, n) * 10 ** (-3 * np.arange(n) / n)
    tail[: int(0.003 * RATE)] = 0
    room = tail / np.sqrt((tail**2).sum()) * 10 ** (-direct_db / 20)
    room[0] = 1
    size = len(x) + n
    wet = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(room, size), size)[: len(x)]
    return (wet * np.sqrt(np.mean(x**2) / (np.mean(wet**2) + 1e-12))).astype(np.float32)


def loss(x: Samples, rng: np.random.Generator, share: float = 0.05, conceal: bool = False) -> Samples:
    """20 ms packets lost at random: silence, or the last packet again with half its level."""
    out = x.copy()
    for start in range(PACKET, len(x), PACKET):
        if rng.random() < share:
            end = min(start + PACKET, len(x))
            out[start:end] = 0.5 * out[start - PACKET : start][: end - start] if conceal else 0
    return out


def draw(x: Samples, rng: np.random.Generator, talkers: Callable[[int], list[Samples]]) -> Samples:
    """One random condition, sometimes two, with a random level: what the training views are made of."""
    kind = rng.choice(
        ["opus", "telephone", "white", "pink", "babble", "reverb", "loss", "room+noise"],
        p=[0.12, 0.18, 0.14, 0.08, 0.2, 0.14, 0.06, 0.08],
    )
    if kind in ("reverb", "room+noise"):
        x = reverb(x, rng, rng.uniform(0.2, 0.9), rng.uniform(-4, 8))
    if kind in ("white", "room+noise"):
        x = white(x, rng, rng.uniform(6, 25))
    if kind == "pink":
        x = pink(x, rng, rng.uniform(4, 20))
    if kind == "babble":
        x = babble(x, rng, talkers(int(rng.integers(3, 7))), rng.uniform(6, 20))
    if kind == "telephone":
        x = telephone(x, rng)
    if kind == "opus" or rng.random() < 0.15:
        x = opus(x, rng, int(rng.choice([12, 16, 24])))
    if kind == "loss" or rng.random() < 0.1:
        x = loss(x, rng, rng.uniform(0.02, 0.1), bool(rng.random() < 0.5))
    return np.clip(x * 10 ** (rng.uniform(-14, 4) / 20), -1, 1).astype(np.float32)


def _under(x: Samples, noise: NDArray[np.float64], snr: float) -> Samples:
    level = np.sqrt(np.mean(x.astype(np.float64) ** 2)) * 10 ** (-snr / 20)
    return (x + noise / (np.sqrt(np.mean(noise**2)) + 1e-12) * level).astype(np.float32)


def _like(y: Samples, x: Samples) -> Samples:
    return y[: len(x)] if len(y) >= len(x) else np.pad(y, (0, len(x) - len(y)))
