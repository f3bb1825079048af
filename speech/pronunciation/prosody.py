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
"""Lead from which another syllable than the right one is called stressed: of 389 words of native readers 2 % had it."""
LEAD = {
    "length": 0.52,
    "loudness": 0.27,
    "highest": 0.43,
    "usual": 0.9,
    "other ends": -2.3,
    "right ends": -2.1,
    "later": -1.2,
    "offset": -1.0,
}
"""A logistic regression on words of native readers and of good learners, and words that the neural voice spoke with
the stress moved."""
DRAWN_OUT = 5
"""Frames of silence before which a last syllable is longer."""
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
    """Per phone, what makes a vowel stand out (0 for consonants): length in deviations, loudness in dB against the loud
    parts, pitch in octaves against the voice's middle, at its highest and on average; and 1 for the last vowel before a
    pause, where all are drawn out. [phones, 5]"""
    n = len(m.loudness)
    out = np.zeros((len(a.start), 5))
    voiced = m.pitch[~np.isnan(m.pitch)]
    middle = float(np.median(voiced)) if len(voiced) else 0.0
    top = float(np.percentile(m.loudness, 90))
    silent = features.pauses(a)[0]
    vowel = np.array([phones.PHONES[p] in phones.VOWELS for p in a.chain.phone])
    for i in np.flatnonzero(vowel & (a.start < n)):
        s, e = int(a.start[i]), max(int(a.end[i]), int(a.start[i]) + 1)
        p, word = a.chain.phone[i], a.chain.word[i]
        z = (np.log(e - s) - durations.mean[p]) / durations.deviation[p]
        tune = m.pitch[s:e][~np.isnan(m.pitch[s:e])]
        high, usual = (float(tune.max()) - middle, float(tune.mean()) - middle) if len(tune) else (-0.2, -0.2)
        is_last = not (vowel & (a.chain.word == word))[i + 1 :].any()
        ends = is_last and (silent[word + 1] >= DRAWN_OUT or word == a.chain.word[-1])
        out[i] = z, float(m.loudness[s:e].max()) - top, high, usual, float(ends)
    return out


@dataclass(frozen=True)
class HeardStress:
    """Expected and heard syllable of the main stress; a heard one of None means that it cannot be told."""

    expected: int
    heard: int | None

    @property
    def is_wrong(self) -> bool:
        """Another syllable than the right one clearly carries the stress."""
        return self.heard is not None and self.heard != self.expected


def heard_stress(word: PlannedWord, variant: int, prominent: Floats) -> HeardStress | None:
    """Of a word (its phones' prominence is given); None for words without several syllables."""
    expected = word.stress(variant)
    if expected is None:
        return None
    p = word.variants[variant]
    vowels = [
        next((i for i in range(*span) if phones.bare(p[i]) in phones.VOWELS), span[0]) for span in stress.syllables(p)
    ]
    right = prominent[vowels[expected]]
    leads = [-9.0 if k == expected else _lead(prominent[i], right, k > expected) for k, i in enumerate(vowels)]
    other = int(np.argmax(leads))
    return HeardStress(expected, other if leads[other] > CLEAR else expected if leads[other] < -CLEAR else None)


def _lead(other: Floats, right: Floats, is_later: bool) -> float:
    """How much more stress another syllable seems to carry than the right one."""
    d = other - right
    return float(
        LEAD["length"] * np.clip(d[0], -2, 2)
        + LEAD["loudness"] * np.clip(d[1], -8, 8)
        + LEAD["highest"] * np.clip(d[2], -0.6, 0.6)
        + LEAD["usual"] * np.clip(d[3], -0.6, 0.6)
        + LEAD["other ends"] * other[4]
        + LEAD["right ends"] * right[4]
        + LEAD["later"] * is_later
        + LEAD["offset"]
    )


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
