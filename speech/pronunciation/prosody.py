"""Melody, loudness and rhythm: pitch, prominence of syllables, boundary tones, pauses, rate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech import assessment
from speech.pronunciation import align, features, phones
from speech.pronunciation.lexicon import stress
from speech.pronunciation.lexicon.plan import PlannedWord

Floats = NDArray[np.float64]
HOP = 80
SIZE = 160
RATE = 4000
LEAST, MOST = 70.0, 450.0
OCTAVE_COST = 0.06
"""Correlation that a pitch one octave lower must gain."""
CLEAR = 0.6
"""Lead in prominence that a syllable needs before its stress is called heard."""
PAUSE = 10
"""Frames of silence that count as a pause (200 ms)."""


@dataclass(frozen=True)
class Melody:
    """Per 20 ms: pitch in octaves above 55 Hz (NaN where unvoiced) and loudness in dB."""

    pitch: Floats
    loudness: Floats


def melody(x: NDArray[np.float32]) -> Melody:
    """Pitch by autocorrelation of 40 ms windows of the signal at 4 kHz."""
    low = x[: len(x) // 4 * 4].reshape(-1, 4).mean(1).astype(np.float64)
    count = max(1, -(-len(x) // 320))
    low = np.pad(low, (SIZE // 2 - HOP // 2, max(0, count * HOP + SIZE - len(low))))
    windows = np.lib.stride_tricks.sliding_window_view(low, SIZE)[::HOP][:count]
    loudness = 10 * np.log10((windows**2).mean(1) + 1e-10)
    shaped = (windows - windows.mean(1, keepdims=True)) * np.hanning(SIZE)
    power = np.abs(np.fft.rfft(shaped, 384)) ** 2
    wave = np.fft.irfft(power)[:, : int(RATE / LEAST) + 2]
    frame = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(SIZE), 384)) ** 2)[: wave.shape[1]]
    wave = wave / (wave[:, :1] + 1e-12) * (frame[0] / frame)
    first = int(RATE / MOST)
    later = OCTAVE_COST * np.log2(np.arange(first, wave.shape[1] - 1) / first)
    peak = (wave[:, first:-1] - later).argmax(1) + first
    rows = np.arange(len(wave))
    left, top, right = wave[rows, peak - 1], wave[rows, peak], wave[rows, peak + 1]
    shift = np.clip(0.5 * (left - right) / np.minimum(left - 2 * top + right, -1e-9), -0.5, 0.5)
    voiced = (top > 0.5) & (loudness > np.percentile(loudness, 95) - 25)
    return Melody(np.where(voiced, np.log2(RATE / (peak + shift) / 55), np.nan), loudness)


def prominence(m: Melody, a: align.Alignment, durations: features.Durations) -> Floats:
    """Per phone: how much a vowel stands out in length, loudness and pitch (0 for consonants)."""
    n = len(m.loudness)
    out = np.zeros(len(a.start))
    voiced = m.pitch[~np.isnan(m.pitch)]
    middle = float(np.median(voiced)) if len(voiced) else 0.0
    top = float(np.percentile(m.loudness, 90))
    for i, p in enumerate(a.chain.phone):
        if phones.PHONES[p] not in phones.VOWELS or a.start[i] >= n:
            continue
        s, e = int(a.start[i]), max(int(a.end[i]), int(a.start[i]) + 1)
        z = (np.log(e - s) - durations.mean[p]) / durations.deviation[p]
        tune = m.pitch[s:e][~np.isnan(m.pitch[s:e])]
        height = (float(tune.max()) - middle) if len(tune) else -0.2
        out[i] = 0.5 * z + 0.18 * (float(m.loudness[s:e].max()) - top) + 1.5 * height
    return out


def heard_stress(word: PlannedWord, variant: int, prominent: Floats) -> tuple[int, int | None] | None:
    """Expected and heard syllable of the main stress of a word (its phones' prominence is given).

    None for words without several syllables; a heard syllable of None means that it cannot be told.
    """
    expected = word.stress(variant)
    if expected is None:
        return None
    p = word.variants[variant]
    peaks = [
        max((prominent[i] for i in range(*span) if phones.bare(p[i]) in phones.VOWELS), default=-9.0)
        for span in stress.syllables(p)
    ]
    order = np.argsort(peaks)
    clear = peaks[order[-1]] - peaks[order[-2]] >= CLEAR
    return expected, int(order[-1]) if clear else None


def tune(m: Melody, a: align.Alignment) -> assessment.Tune:
    """Pitch range in semitones, and how the melody ends: "falling", "rising", "level" or None."""
    span = m.pitch[int(a.start[0]) : int(a.end[-1])]
    voiced = span[~np.isnan(span)]
    if len(voiced) < 8:
        return {"pitch_range_semitones": None, "final_tone": None}
    width = 12 * float(np.percentile(voiced, 95) - np.percentile(voiced, 5))
    tail = span[-25:][~np.isnan(span[-25:])]
    tone: assessment.Tone | None = None
    if len(tail) >= 6:
        third = max(2, len(tail) // 3)
        move = 12 * float(np.median(tail[-third:]) - np.median(tail[:third]))
        tone = "rising" if move > 1.5 else "falling" if move < -1.5 else "level"
    return {"pitch_range_semitones": round(width, 1), "final_tone": tone}


def rhythm(a: align.Alignment, words: list[PlannedWord], syllable_count: int) -> assessment.Rhythm:
    """Rate and pauses, as figures to show: all from the alignment."""
    silent, foreign = features.pauses(a)
    inner = silent[1:-1]
    span = max(1.0, float(a.end[-1] - a.start[0])) * 0.02
    speaking = max(0.1, span - float(inner[inner >= PAUSE].sum()) * 0.02)
    breaks = [w.pause for w in words[:-1]]
    asked = [bool(g >= PAUSE) for g, b in zip(inner, breaks, strict=True) if b]
    return {
        "words_per_minute": round(60 * len(words) / span),
        "syllables_per_second": round(syllable_count / speaking, 2),
        "pauses": int((inner >= PAUSE).sum()),
        "longest_pause_ms": int(inner.max(initial=0)) * 20,
        "pauses_inside_phrases": int(sum(bool(g >= PAUSE) for g, b in zip(inner, breaks, strict=True) if not b)),
        "breaks_kept": round(sum(asked) / len(asked), 2) if asked else 1.0,
        "hesitations": int((foreign > 0).sum()),
    }
