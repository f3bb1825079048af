"""Sounds that are no speech, made from numbers."""

import numpy as np

from speech import pcm


def _noise(seconds: float, seed: int = 1) -> pcm.Samples:
    return np.random.default_rng(seed).standard_normal(int(seconds * pcm.RATE)).astype(np.float32)


def white(seconds: float, decibels: float = -30) -> pcm.Samples:
    return _noise(seconds) * np.float32(10 ** (decibels / 20))


def hum(seconds: float) -> pcm.Samples:
    time = np.arange(int(seconds * pcm.RATE)) / pcm.RATE
    wave = sum(np.sin(2 * np.pi * 50 * k * time) / k for k in (1, 2, 3, 5))
    return (0.05 * wave).astype(np.float32)


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


ALL = {"white": white, "hum": hum, "melody": melody, "breath": breath, "keyboard": keyboard}
