"""Makes sound harder to hear: rooms, music, a second talker, the telephone, speech without pauses. Seeds are fixed.

All sound is float32 mono at 16 kHz. Nothing is read from disk: what is mixed in is synthesized or handed in.
"""

from typing import Any, TypeAlias

import numpy as np
import soxr
from numpy.typing import NDArray

from realtime.transports.openai.sound import Sound, Speech
from speech.audio import pcm
from speech.synthesis.voices import RATE as VOICE_RATE

Floats: TypeAlias = NDArray[np.floating[Any]]

NEAR_M = 0.3  # the distance at which the clips were recorded, as far as anybody knows
ROOM_M3 = 60.0  # a living room
FRAME = 320
ACTIVE_DB = -35.0  # against the loudest frame: frames above it count for the level
PAUSE_DB = -27.0  # against the loudest frame: frames below it are a pause; nine clips of 42 s keep 34 s of speech
LONGEST_PAUSE_MS = 60
FADE_MS = 5
CHORDS = ((60, 64, 67), (57, 60, 64), (53, 57, 60), (55, 59, 62))  # C, A minor, F, G as MIDI notes
CHORD_S, BEAT_S = 1.6, 0.4


def loudness_db(sound: Floats) -> float:
    """The level of what is not a pause, in dB of full scale."""
    power = _power(sound)
    active = power[power > power.max() * 10 ** (ACTIVE_DB / 10)]
    return float(10 * np.log10(active.mean() + 1e-12))


def at_ratio(sound: pcm.Samples, other: pcm.Samples, ratio_db: float) -> pcm.Samples:
    """Both at once, as long as `sound`: `other`, from its start again where it is shorter, is `ratio_db` quieter."""
    beside = np.resize(other, len(sound))
    gain = 10 ** ((loudness_db(sound) - ratio_db - loudness_db(other)) / 20)
    return _whole(sound + beside * gain)


def music(seconds: float, seed: int = 0) -> pcm.Samples:
    """A band without a singer: chords with harmonics, a tune over them and a brush on every beat."""
    random = np.random.default_rng(seed)
    out = np.zeros(int(seconds * pcm.RATE) + int(CHORD_S * pcm.RATE))
    for number in range(int(np.ceil(seconds / CHORD_S))):
        chord = CHORDS[number % len(CHORDS)]
        at = int(number * CHORD_S * pcm.RATE)
        for note in (*chord, chord[0] - 12):
            _add(out, at, _note(note, CHORD_S))
        for beat in range(int(CHORD_S / BEAT_S)):
            start = at + int(beat * BEAT_S * pcm.RATE)
            _add(out, start, 1.5 * _note(int(random.choice(chord)) + 12, BEAT_S))
            _add(out, start, 0.3 * random.standard_normal(1600) * np.exp(-np.arange(1600) / 400))
    cut = out[: int(seconds * pcm.RATE)]
    return _whole(cut / np.abs(cut).max() * 0.5)


def room(sound: pcm.Samples, distance_m: float, decay_s: float, seed: int = 0) -> pcm.Samples:
    """Heard by a microphone so far away in a room whose echo falls by 60 dB in `decay_s`.

    The echo is noise that decays. Direct sound falls with the distance and echo does not; they are equally loud at the
    critical distance, 0.057 sqrt(volume / decay) in meters.
    """
    critical = 0.057 * np.sqrt(ROOM_M3 / decay_s)
    length = int(decay_s * pcm.RATE)
    echo = np.random.default_rng(seed).standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    echo[: pcm.samples(FADE_MS)] = 0  # the first wall is 0.9 m behind the speaker
    echo *= NEAR_M / critical / np.sqrt((echo**2).sum())
    echo[0] = NEAR_M / distance_m
    size = len(sound) + length
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echo, size), size)
    return _whole(heard[: len(sound) + length // 2])


def telephone(sound: pcm.Samples) -> pcm.Samples:
    """300 to 3400 Hz, G.711 mu-law at 8 kHz, and back through the decoder that telephones reach here."""
    whole = np.concatenate([sound, np.zeros(pcm.RATE // 5, np.float32)])
    spectrum = np.fft.rfft(whole)
    hertz = np.fft.rfftfreq(len(whole), 1 / pcm.RATE)
    spectrum *= 1 / (1 + (300 / np.maximum(hertz, 1)) ** 8) / (1 + (hertz / 3400) ** 24)
    banded = np.fft.irfft(spectrum, len(whole))
    line = Sound("audio/pcmu")
    sent = Speech("audio/pcmu").encode(pcm.to_bytes(soxr.resample(banded, pcm.RATE, VOICE_RATE)))
    return pcm.to_float(line.decode(sent) + line.rest())[: len(sound)]


def unbroken(sounds: list[pcm.Samples]) -> pcm.Samples:
    """One after the other, equally loud, without their pauses: none is longer than `LONGEST_PAUSE_MS`."""
    spoken = [_spoken(sound) for sound in sounds]
    return _whole(np.concatenate([sound * 10 ** ((-23 - loudness_db(sound)) / 20) for sound in spoken]))


def _spoken(sound: Floats) -> Floats:
    return np.concatenate([_faded(run) for run in _runs(sound)])


def _runs(sound: Floats) -> list[Floats]:
    """The stretches between pauses, each with half a pause on either side."""
    power = _power(sound)
    active = np.flatnonzero(power > power.max() * 10 ** (PAUSE_DB / 10))
    most = pcm.samples(LONGEST_PAUSE_MS) // FRAME
    breaks = np.flatnonzero(np.diff(active) > most + 1)
    firsts = [active[0], *active[breaks + 1]]
    lasts = [*active[breaks], active[-1]]
    half = FRAME * (most // 2)
    return [
        sound[max(0, first * FRAME - half) : (last + 1) * FRAME + half]
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _power(sound: Floats) -> Floats:
    whole = len(sound) // FRAME * FRAME
    power: Floats = (sound[:whole].reshape(-1, FRAME).astype(np.float64) ** 2).mean(1)
    return power


def _faded(piece: Floats) -> Floats:
    fade = pcm.samples(FADE_MS)
    slope = np.minimum(1, np.arange(len(piece)) / fade)
    return piece * slope * slope[::-1]


def _note(midi: int, seconds: float) -> Floats:
    time = np.arange(int(seconds * pcm.RATE)) / pcm.RATE
    hertz = 440 * 2 ** ((midi - 69) / 12)
    tone: Floats = sum(np.sin(2 * np.pi * hertz * h * time) / h for h in range(1, 7)) + 0 * time
    return tone * np.minimum(1, time / 0.01) * np.exp(-1.5 * time / seconds)


def _add(out: Floats, at: int, sound: Floats) -> None:
    end = min(len(out), at + len(sound))
    out[at:end] += sound[: end - at]


def _whole(sound: Floats) -> pcm.Samples:
    """As a recording of 16 bits: nothing beyond full scale."""
    return pcm.to_float(pcm.to_bytes(sound))
