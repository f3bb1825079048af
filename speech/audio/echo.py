"""Removes the tutor's voice, played by a loudspeaker, from the microphone's sound.

The sound sent to the client is aligned with the microphone's clock. When the microphone picks up sound while the tutor
speaks, a short piece of it is whitened and searched in the sent sound: another voice does not correlate, an echo does,
and shows its delay. From then on an adaptive filter subtracts the echo, and what is left is let through only when it is
more than the filter's own error. Filter: partitioned-block frequency-domain Kalman filter (Enzner and Vary 2006; Kuech,
Mabande and Enzner 2014), 16 ms a block, 256 ms long.

A client with headphones, or with its own echo cancelling, never correlates: its sound passes unchanged, to the bit.
"""

from typing import Any

import numpy as np
import soxr

from speech.audio import pcm

_BLOCK = 256
_FFT = 2 * _BLOCK
_PARTS = 16
_AHEAD = 64  # samples by which the filter begins before the echo, because the delay is known only roughly
_LONGEST_DELAY = pcm.samples(1200)
_EARLIEST = pcm.samples(64)  # by which the microphone's samples may be ahead of the clock that they set
_TAIL = _LONGEST_DELAY + _PARTS * _BLOCK
_QUIET = 10 ** (-50 / 20)
_ONSET = 6  # blocks that are withheld until the voice is identified
_WINDOWS = (6, 12, 24, 32)  # blocks of sound in which an echo is looked for, again and again
_SURE = 0.5  # correlation from which 100 ms are an echo; chance reaches 0.4
_SAME = 0.28  # the same for longer pieces; chance stays below 0.2
_LEAK = 0.08  # of the echo's power, -11 dB, is never taken for the learner
_CLEAR = 60  # blocks in which the tutor was loud and the microphone silent: headphones, nothing is withheld
_LESSONS = 24  # blocks of the first echo that the filter trains on at once, several times if it is short
_OPENS = 2  # blocks in a row that are more than echo open the gate
_HANG = 20  # blocks for which the gate stays open
_PROOF = 6  # blocks in which the filter took most of the sound away: the path is real
_LOST = 40  # blocks of echo that the filter does not reduce: the delay has changed

Floats = Any


class EchoGuard:
    """The canceller of one session. `played` and `flushed` follow the sound sent to the client, `clean` filters its
    sound."""

    def __init__(self, played_rate: int) -> None:
        self._resample = soxr.ResampleStream(played_rate, pcm.RATE, 1, dtype="float32")
        self._sent = np.zeros(0, np.float32)  # from the sample `_sent_from` of the microphone's clock
        self._sent_from = 0
        self._sent_to = 0  # where the sound that was sent ends
        self._position = 0
        self._rest = np.zeros(0, np.float32)
        self._recent: list[Floats] = []  # blocks with sound since the onset
        self._withheld: list[Floats] = []
        self._delay: int | None = None
        self._filter = _Filter()
        self._gate = 0
        self._clear = 0
        self._lost = 0
        self._proven = 0
        self._over = 0

    @property
    def echoes(self) -> bool:
        """Whether the tutor was heard in the microphone in this session."""
        return self._delay is not None and self._proven >= _PROOF

    def played(self, sound: bytes) -> None:
        """PCM16 that the client plays next, after what it still has to play."""
        samples = self._resample.resample_chunk(np.frombuffer(sound, "<i2").astype(np.float32) / 32768)
        start = max(self._sent_to, self._position)
        self._forget()
        gap = start - self._sent_from - len(self._sent)
        if gap > 0:
            self._sent = np.concatenate([self._sent, np.zeros(gap, np.float32)])
        self._sent = np.concatenate([self._sent[: start - self._sent_from], samples])
        self._sent_to = start + len(samples)

    def flushed(self) -> None:
        """The client drops what it has not played."""
        kept = max(0, self._position + pcm.samples(300) - self._sent_from)
        self._sent = self._sent[:kept]
        self._sent_to = min(self._sent_to, self._position)

    def clean(self, sound: bytes) -> bytes:
        """The microphone's PCM16 without the tutor. Up to 100 ms may be given back with a later call."""
        if not self._active():
            self._position += len(sound) // 2
            return self.rest() + sound if len(self._rest) or self._withheld else sound
        samples = np.concatenate([self._rest, np.frombuffer(sound, "<i2").astype(np.float32) / 32768])
        whole = len(samples) // _BLOCK * _BLOCK
        self._position += len(sound) // 2
        base = self._position - len(samples)
        self._rest = samples[whole:]
        return b"".join(self._block(samples[at : at + _BLOCK], base + at) for at in range(0, whole, _BLOCK))

    def rest(self) -> bytes:
        """The withheld sound, when no more follows for now."""
        left = [*self._withheld, self._rest]
        self._withheld, self._recent = [], []
        self._rest = np.zeros(0, np.float32)
        return b"".join(_bytes(part) for part in left)

    # ----

    def _active(self) -> bool:
        return self._sent_to > 0 and self._position - len(self._rest) < self._sent_to + _TAIL

    def _forget(self) -> None:
        old = self._position - _TAIL - pcm.RATE - self._sent_from
        if old > pcm.RATE:
            self._sent, self._sent_from = self._sent[old:], self._sent_from + old

    def _played(self, start: int, size: int) -> Floats:
        """What was sent from `start` on, on the microphone's clock; silence where nothing was."""
        out = np.zeros(size, np.float32)
        first, last = max(start, self._sent_from), min(start + size, self._sent_from + len(self._sent))
        if last > first:
            out[first - start : last - start] = self._sent[first - self._sent_from : last - self._sent_from]
        return out

    def _block(self, block: Floats, at: int) -> bytes:
        loud = _rms(block) > _QUIET
        if self._delay is not None:
            return self._reduced(block, at, loud)
        if not loud and not self._recent:
            self._clear += _rms(self._played(at - 2 * _BLOCK, _BLOCK)) > _QUIET
            return _bytes(block)
        self._recent = [*self._recent, block][-_WINDOWS[-1] :]
        self._withheld.append(block)
        unsure = len(self._recent) < _ONSET
        if len(self._recent) in _WINDOWS:
            peak, delay = self._look_for_echo(at + _BLOCK)
            unsure = len(self._recent) == _ONSET and _SAME / 2 + 0.1 < peak < _SURE
            if peak >= (_SURE if len(self._recent) == _ONSET else _SAME):
                self._delay = delay
                return self._learn(at)
        elif _ONSET < len(self._recent) < _WINDOWS[1]:
            unsure = len(self._withheld) > 1
        if not unsure or self._clear >= _CLEAR:
            passed, self._withheld = self._withheld, []
            if len(self._recent) == _WINDOWS[-1]:
                self._recent = []
            return b"".join(_bytes(part) for part in passed)
        return b""

    def _learn(self, at: int) -> bytes:
        """The first echo: train the filter on it several times, so that it adapts at once."""
        self._filter, self._proven, self._clear = _Filter(), 0, 0
        recent, self._recent = self._recent, []
        first = at - (len(recent) - 1) * _BLOCK
        for _ in range(max(1, _LESSONS // len(recent))):
            self._filter.forget_input()
            for number, block in enumerate(recent):
                self._filter.run(block, self._reference(first + number * _BLOCK))
        withheld, self._withheld = self._withheld, []
        start = at - (len(withheld) - 1) * _BLOCK
        return b"".join(self._reduced(block, start + n * _BLOCK, True) for n, block in enumerate(withheld))

    def _reference(self, at: int) -> Floats:
        assert self._delay is not None
        return self._played(at - self._delay + _AHEAD, _BLOCK)

    def _reduced(self, block: Floats, at: int, loud: bool) -> bytes:
        reference = self._reference(at)
        left, echo, error = self._filter.run(block, reference)
        before, after = float(np.dot(block, block)), float(np.dot(left, left))
        if after > before:
            left, after = block, before
        self._over = self._over + 1 if after > max(4 * error, _LEAK * echo) and loud else 0
        self._proven += loud and after < before / 4
        if self._over >= _OPENS:
            self._gate = _HANG
        elif self._gate:
            self._gate -= 1
        self._watch(block, at, echo, before, after, loud)
        return _bytes(left if self._gate or echo + error < 1e-7 else np.zeros_like(left))

    def _watch(self, block: Floats, at: int, echo: float, before: float, after: float, loud: bool) -> None:
        """When loud sound is sent and hardly any is removed for long, search for the delay again."""
        self._recent = [*self._recent, block][-_WINDOWS[-2] :]
        playing = _rms(self._played(at - _LONGEST_DELAY, _LONGEST_DELAY)) > _QUIET
        self._lost = self._lost + 1 if loud and playing and after > before / 2 else max(0, self._lost - 2)
        if self._lost < _LOST or len(self._recent) < _WINDOWS[-2]:
            return
        self._lost = 0
        peak, found = self._look_for_echo(at + _BLOCK)
        if peak >= _SAME and self._delay is not None and abs(found - self._delay) > _AHEAD // 2:
            self._delay, self._filter, self._proven = found, _Filter(), 0
        elif peak < _SAME and self._proven < _PROOF:
            self._delay, self._recent = None, []

    def _look_for_echo(self, end: int) -> tuple[float, int]:
        """The confidence that the latest blocks contain an echo, and its delay in samples."""
        heard = np.concatenate(self._recent)
        sent = self._played(end - len(heard) - _LONGEST_DELAY, len(heard) + _LONGEST_DELAY + _EARLIEST)
        peak, lag = _correlation(heard, sent)
        return peak, lag - _EARLIEST


class _Filter:
    def __init__(self) -> None:
        self._weights = np.zeros((_PARTS, _BLOCK + 1), np.complex64)
        self._doubt = np.full((_PARTS, _BLOCK + 1), 1.0, np.float32)
        self._noise = np.full(_BLOCK + 1, 1e-3, np.float32)
        self.forget_input()

    def forget_input(self) -> None:
        self._inputs = np.zeros((_PARTS, _BLOCK + 1), np.complex64)
        self._before = np.zeros(_BLOCK, np.float32)

    def run(self, block: Floats, reference: Floats) -> tuple[Floats, float, float]:
        """The block without its echo, the power of that echo, and the power by which it may be wrong."""
        self._inputs[1:] = self._inputs[:-1]
        self._inputs[0] = np.fft.rfft(np.concatenate([self._before, reference]))
        self._before = reference
        echo = np.fft.irfft((self._inputs * self._weights).sum(axis=0))[_BLOCK:]
        left = (block - echo).astype(np.float32)
        spectrum = np.fft.rfft(np.concatenate([np.zeros(_BLOCK, np.float32), left]))
        power = np.abs(self._inputs) ** 2
        doubt = (self._doubt * power).sum(axis=0)
        self._noise = 0.8 * self._noise + 0.2 * np.abs(spectrum).astype(np.float32) ** 2
        gain = self._doubt / (doubt + 2 * self._noise + 1e-6)
        step = gain * np.conj(self._inputs) * spectrum
        limited = np.fft.irfft(step, axis=1)
        limited[:, _BLOCK:] = 0
        self._weights += np.fft.rfft(limited, axis=1)
        self._doubt = 0.9998 * (1 - 0.5 * gain * power) * self._doubt + 0.0002 * np.abs(self._weights) ** 2
        return left, float(np.dot(echo, echo)), float(doubt.sum()) / _FFT / 2


def rehearse(rate: int) -> bool:
    """Find an echo in noise, so that the tables of every transform are built before they are needed on an event loop.
    Whether it was found."""
    sound = 0.1 * np.random.default_rng(0).standard_normal(rate).astype(np.float32)
    echo = np.concatenate([np.zeros(pcm.samples(150), np.float32), soxr.resample(sound, rate, pcm.RATE)])
    guard = EchoGuard(rate)
    guard.played(_bytes(sound))
    for at in range(0, len(echo), _BLOCK):
        guard.clean(_bytes(echo[at : at + _BLOCK]))
    return guard.echoes


def _correlation(heard: Floats, sent: Floats) -> tuple[float, int]:
    """The highest normalised correlation of `heard` with a part of `sent` after whitening, and the delay it stands for.

    Both are filtered so that `heard` has a flat spectrum: pitch and formants of two voices then no longer look alike.
    """
    long = len(heard)
    size = _fast(len(sent) + 2 * long)
    own = np.abs(np.fft.rfft(heard, 2 * long))
    floor = 0.1 * float(np.sqrt(np.mean(own**2))) + 1e-9
    whitening = np.fft.rfft(np.fft.fftshift(np.fft.irfft(1 / (own + floor))), size)  # delays by `long`
    flat = np.fft.rfft(heard, size) * whitening
    other = np.fft.rfft(sent, size) * whitening
    cross = np.fft.irfft(other * np.conj(flat), size)[: len(sent) - long + 1]
    energy = np.concatenate([[0.0], np.cumsum(np.fft.irfft(other, size)[long : long + len(sent)] ** 2)])
    local = energy[long:] - energy[:-long]
    least = 1e-2 * float(local.max()) + 1e-9
    norm = float(np.sqrt(2 * np.vdot(flat, flat).real / size)) + 1e-9  # Parseval's theorem
    score = cross / (np.sqrt(np.maximum(local, least)) * norm)
    best = int(np.argmax(np.abs(score)))
    return float(abs(score[best])), len(sent) - long - best


def _fast(least: int) -> int:
    """The next size that is quick to transform: even, and without a prime factor above 5."""
    whole = 1 << (least - 1).bit_length()
    return next(size for size in (whole // 16 * part for part in (9, 10, 12, 15, 16)) if size >= least)


def _rms(samples: Floats) -> float:
    return float(np.sqrt(np.dot(samples, samples) / len(samples)))


def _bytes(samples: Floats) -> bytes:
    return bytes(np.clip(np.round(samples * 32768), -32768, 32767).astype("<i2").tobytes())
