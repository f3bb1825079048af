"""Sounds that are no speech, made from numbers."""

import numpy as np

from speech.audio import pcm


def _noise(seconds: float, seed: int = 1) -> pcm.Samples:
    return np.random.default_rng(seed).standard_normal(int(seconds * pcm.RATE)).astype(np.float32)


def white(seconds: float, decibels: float = -30) -> pcm.Samples:
    return _noise(seconds) * np.float32(10 ** (decibels / 20))


def hum(seconds: float) -> pcm.Samples:
    time = np.arange(int(seconds * pcm.RATE)) / pcm.RATE
    wave = np.sum([np.sin(2 * np.pi * 50 * k * time) / k for k in (1, 2, 3, 5)], axis=0)
    return np.asarray(0.05 * wave, np.float32)


def melody(seconds: float) -> pcm.Samples:
    """Notes with overtones that swell and fade, half a second each."""
    time = np.arange(int(seconds * pcm.RATE)) / pcm.RATE
    notes = np.array([262, 330, 392, 523, 440, 349])[(time * 2).astype(int) % 6]
    phase = 2 * np.pi * np.cumsum(notes) / pcm.RATE
    swell = np.abs(np.sin(2 * np.pi * time))
    return (0.12 * swell * (np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.25 * np.sin(3 * phase))).astype(np.float32)


def breath(seconds: float) -> pcm.Samples:
    """Low-passed noise that comes and goes every three seconds."""
    noise = np.convolve(_noise(seconds), np.ones(12) / 12, mode="same")
    time = np.arange(len(noise)) / pcm.RATE
    return (0.05 * np.clip(np.sin(2 * np.pi * time / 3), 0, 1) * noise).astype(np.float32)


def keyboard(seconds: float) -> pcm.Samples:
    """Clicks of 6 ms, five a second, at uneven times."""
    sound = np.zeros(int(seconds * pcm.RATE), np.float32)
    chance = np.random.default_rng(2)
    for at in np.sort(chance.uniform(0, seconds - 0.1, int(seconds * 5))):
        first = int(at * pcm.RATE)
        click = chance.standard_normal(96) * np.exp(-np.arange(96) / 20) * chance.uniform(0.05, 0.4)
        sound[first : first + 96] += click.astype(np.float32)
    return sound


def cough() -> pcm.Samples:
    """A burst, a rush of air and a hoarse end, through the resonances of a throat. Voice activity detection takes the
    end for speech, if too short for a word."""
    chance = np.random.default_rng(2)
    size = pcm.samples(110)
    pulses = np.diff(np.floor(np.cumsum(170 - 300 * np.arange(size) / pcm.RATE) / pcm.RATE), prepend=0) > 0
    burst = chance.standard_normal(800) * np.exp(-np.arange(800) / 192)
    rush = 0.35 * chance.standard_normal(1920) * np.hanning(3840)[1920:]
    hoarse = (12 * pulses + 0.12 * chance.standard_normal(size)) * np.hanning(size)
    return _throat(np.concatenate([burst, rush, hoarse]))


def _throat(sound: pcm.Samples) -> pcm.Samples:
    time = np.arange(pcm.samples(60)) / pcm.RATE
    shape = np.sum(
        [
            gain * np.exp(-np.pi * width * time) * np.sin(2 * np.pi * hertz * time)
            for hertz, width, gain in ((650, 120, 1.0), (1250, 160, 0.7), (2600, 300, 0.5), (3600, 500, 0.3))
        ],
        axis=0,
    )
    out = np.convolve(sound, shape)[: len(sound)]
    return np.asarray(0.5 * out / np.abs(out).max(), np.float32)


ALL = {"white": white, "hum": hum, "melody": melody, "breath": breath, "keyboard": keyboard}
