"""The evidence without Whisper: PocketSphinx' English acoustic model, evaluated in numpy, and log-mel energies.

The model files come from the PocketSphinx wheel (BSD-like licence): 42 codebooks of 128 Gaussians over three streams,
5,126 tied states. The decoder hands out scores of its own path only; here every phone's best state is wanted, so the
files are read and evaluated directly, every 20 ms. Around each frame a second of context is stacked for the classifier.
"""

import struct
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import phones
from speech.pronunciation.lexicon.dictionary import wheel_folder

Floats = NDArray[np.float32]
SHIFT, SIZE, FFT, FILTERS, CEPSTRA = 160, 410, 512, 25, 13
MEL = 40
LIKE_AT = (-8, -4, -2, 0, 2, 4, 8)
MEL_AT = (-7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7)
WIDTH = (phones.COUNT + 1) * len(LIKE_AT) + MEL * len(MEL_AT)
SCALE = 0.2
LOUD = 6.9
"""Nats below the loudest frame (30 dB) down to which a frame is taken for speech."""
AROUND = 100
"""Frames of 10 ms before the first and after the last speech whose spectrum still counts for the recording's mean."""
HUSH = 100.0
"""Power in every bin of a frame of digital silence: that of noise in the last bit."""


def frames(x: NDArray[np.float32]) -> Floats:
    """Stacked evidence [T, WIDTH], a row per 20 ms of float32 audio at 16 kHz."""
    power = _power(x)
    count = -(-len(x) // 320)
    mel = np.log(power @ _bank(MEL, 40.0, 7800.0, False).T + 1.0)
    near = _near(power)
    mel = _pairs(mel - mel[near].mean(0), count) / 3
    cepstra = np.log(power @ _bank(FILTERS, 130.0, 6800.0, True).T + 1e-4) @ _cosines().T
    like = acoustic().phones(_streams(cepstra - cepstra[near].mean(0))[::2])
    like = np.pad(like[:count], ((0, max(0, count - len(like))), (0, 0)), mode="edge") * SCALE
    return np.hstack([_context(like, LIKE_AT), _context(mel, MEL_AT)]).astype(np.float32)


def _near(power: NDArray[np.float64]) -> slice:
    """The frames from shortly before the first speech to shortly after the last: waiting must not move the mean."""
    energy = np.log(power.sum(1))
    loud = np.flatnonzero(energy > energy.max() - LOUD)
    return slice(max(0, int(loud[0]) - AROUND), int(loud[-1]) + AROUND + 1)


def _context(x: NDArray[np.floating], at: tuple[int, ...]) -> NDArray[np.floating]:
    rows = np.arange(len(x))
    return np.hstack([x[np.clip(rows + k, 0, len(x) - 1)] for k in at])


def _pairs(x: NDArray[np.floating], count: int) -> NDArray[np.floating]:
    """Means of two rows of 10 ms each."""
    x = np.pad(x, ((0, max(0, 2 * count - len(x))), (0, 0)), mode="edge")[: 2 * count]
    mean: NDArray[np.floating] = (x[::2] + x[1::2]) / 2
    return mean


def _power(x: NDArray[np.float32]) -> NDArray[np.float64]:
    y = x.astype(np.float64) * 32768
    y = np.concatenate([y[:1], y[1:] - 0.97 * y[:-1]])
    n = 1 + max(0, -(-(len(y) - SIZE) // SHIFT))
    y = np.pad(y, (0, max(0, (n - 1) * SHIFT + SIZE - len(y))))
    windows = np.lib.stride_tricks.sliding_window_view(y, SIZE)[::SHIFT][:n] * np.hamming(SIZE)
    result: NDArray[np.float64] = np.abs(np.fft.rfft(windows, FFT)) ** 2
    result[result.sum(1) < HUSH] = HUSH
    return result


@lru_cache
def _bank(count: int, low: float, high: float, rounded: bool) -> NDArray[np.float64]:
    """Triangular mel filters [count, bins]; PocketSphinx rounds their edges to bins and gives them equal area."""
    bottom, top = 2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700)
    edges = 700 * (10 ** (np.linspace(bottom, top, count + 2) / 2595) - 1)
    width = 16000 / FFT
    if rounded:
        edges = np.floor(edges / width + 0.5) * width
    hertz = np.arange(FFT // 2 + 1) * width
    rows = []
    for a, b, c in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        shape = np.clip(np.minimum((hertz - a) / (b - a), (c - hertz) / (c - b)), 0, None)
        rows.append(shape * 2 / (c - a) if rounded else shape)
    return np.array(rows)


@lru_cache
def _cosines() -> NDArray[np.float64]:
    k = np.arange(CEPSTRA)[:, None]
    table = np.cos(np.pi * k * (np.arange(FILTERS) + 0.5) / FILTERS) * np.sqrt(2 / FILTERS)
    table[0] = np.sqrt(1 / FILTERS)
    lifter = 1 + 11 * np.sin(np.arange(CEPSTRA) * np.pi / 22)
    result: NDArray[np.float64] = table * lifter[:, None]
    return result


def _streams(c: NDArray[np.float64]) -> Floats:
    """Cepstra, differences, and differences of those: [T, 3, 13]."""
    p = np.pad(c, ((3, 3), (0, 0)), mode="edge")
    n = len(c)

    def at(k: int) -> NDArray[np.float64]:
        return p[3 + k : 3 + k + n]

    return np.stack([c, at(2) - at(-2), (at(3) - at(-1)) - (at(1) - at(-3))], 1).astype(np.float32)


class Acoustic:
    """The Gaussians and mixture weights of the wheel's model."""

    def __init__(self, folder: Path) -> None:
        mean = _gaussians(folder / "means")
        variance = np.maximum(_gaussians(folder / "variances"), 1e-4)
        self.books = len(mean)
        precision = 1 / variance
        constant = -0.5 * (np.log(2 * np.pi * variance) + mean**2 / variance).sum(-1)
        self._constant = constant.astype(np.float32)
        self._matrix = [
            np.concatenate([(mean * precision)[:, f].reshape(-1, 13), (-0.5 * precision)[:, f].reshape(-1, 13)], 1)
            .T.astype(np.float32)
            .copy()
            for f in range(3)
        ]
        names, book = _states(folder / "mdef")
        weights = _weights(folder / "sendump", len(book))
        order = np.argsort(book, kind="stable")
        cut = np.searchsorted(book[order], np.arange(self.books + 1))
        self._weights = [
            [np.ascontiguousarray(weights[f][:, order[cut[g] : cut[g + 1]]]) for f in range(3)]
            for g in range(self.books)
        ]
        self._columns = [names.index(p) for p in (*phones.PHONES, "SIL")]

    def phones(self, x: Floats) -> Floats:
        """Log-likelihood of each phone's best state, against the frame's best: [T, 40] for streams [T, 3, 13]."""
        density = []
        for f in range(3):
            y = x[:, f]
            both = np.concatenate([y, y * y], 1) @ self._matrix[f]
            density.append(both.reshape(len(x), self.books, -1) + self._constant[None, :, f])
        best = np.empty((len(x), len(self._columns)), np.float32)
        for k, g in enumerate(self._columns):
            total: Floats | float = 0.0
            for f in range(3):
                d = density[f][:, g]
                top = d.max(-1, keepdims=True)
                total = total + np.log(np.exp(d - top) @ self._weights[g][f] + 1e-30) + top
            best[:, k] = np.max(total, 1)
        result: Floats = best - best.max(1, keepdims=True)
        return result

    @cached_property
    def size(self) -> int:
        """Number of Gaussians."""
        return int(self._constant.size)


@lru_cache(maxsize=1)
def acoustic() -> Acoustic:
    """The wheel's model, loaded once. Raises FileNotFoundError when PocketSphinx is not installed."""
    folder = wheel_folder()
    if folder is None:
        raise FileNotFoundError("the pocketsphinx wheel is not installed")
    return Acoustic(folder / "en-us")


def _body(path: Path) -> tuple[bytes, int]:
    data = path.read_bytes()
    return data, data.index(b"endhdr\n") + 11


def _gaussians(path: Path) -> Floats:
    data, at = _body(path)
    books, streams, count = struct.unpack_from("<3i", data, at)
    at += 12 + 4 * streams + 4
    return np.frombuffer(data, "<f4", books * streams * count * 13, at).reshape(books, streams, count, 13)


def _states(path: Path) -> tuple[list[str], NDArray[np.int64]]:
    """Names of the context-independent phones and, for each tied state, the phone whose codebook it uses."""
    data = path.read_bytes()
    (skip,) = struct.unpack_from("<i", data, 8)
    at = 12 + skip
    phone_count, total, emitting, _, states, _, _, _, nodes, _ = struct.unpack_from("<10i", data, at)
    at += 40
    names, end = [], at
    for _ in range(phone_count):
        stop = data.index(b"\0", end)
        names.append(data[end:stop].decode())
        end = stop + 1
    end = at + -(-(end - at) // 4) * 4 + nodes * 8
    layout = np.dtype([("sequence", "<i4"), ("matrix", "<i4"), ("context", "u1", 4)])
    listed = np.frombuffer(data, layout, total, end)
    end += total * 12
    (size,) = struct.unpack_from("<i", data, end)
    sequences = np.frombuffer(data, "<u2", size, end + 4).reshape(-1, emitting)
    book = np.zeros(states, np.int64)
    owner = np.concatenate([np.arange(phone_count), listed["context"][phone_count:, 1]])
    for sequence, phone in zip(sequences[listed["sequence"]], owner, strict=True):
        book[sequence] = phone
    return names, book


def _weights(path: Path, states: int) -> Floats:
    data = path.read_bytes()
    at = 0
    while True:
        (length,) = struct.unpack_from("<i", data, at)
        at += 4
        if length == 0:
            break
        at += length
    rows, _ = struct.unpack_from("<2i", data, at)
    stored = np.frombuffer(data, "u1", 3 * rows * states, at + 8).reshape(3, rows, states)
    result: Floats = np.exp(-stored.astype(np.float32) * 1024 * np.log(1.0001)).astype(np.float32)
    return result
