"""How good a recording is for judging pronunciation: level, clipping, noise, bandwidth, lost packets, echo."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from speech import assessment

Samples = NDArray[np.float32]
FRAME = 320
TELEPHONE = -32.0
CLIPPED = 0.985
LEAST_FALL = 13.0
"""Decibels that the level falls within FALL_FRAMES where loud stretches end most abruptly. Less is an echo: 13 clips
fall by 18 to 37 dB and 19 in 20 of 60 learners' recordings by more than 13, but in a synthesized room 3 m away, with an
echo of 0.7 s, the clips fall by 7 to 13."""
FALL_FRAMES = 4
_MESSAGES: dict[assessment.QualityCode, str] = {
    "too_short": "The recording is too short to judge.",
    "silent": "Nothing was heard. Is the right microphone on?",
    "quiet": "The recording is very quiet. Speak up or come closer to the microphone.",
    "clipping": "The recording is too loud and distorted. Turn the microphone down or step back a little.",
    "noise": "There is a lot of noise. Scores are less sure; a quieter room helps.",
    "very_noisy": "There is too much noise to judge pronunciation fairly. Try again in a quieter place.",
    "narrow_band": "The sound has telephone quality, so sounds such as s, f and th are hard to judge.",
    "gaps": "Parts of the sound were lost on the way. Scores may be too low.",
    "echo": "The room echoes, or the microphone is far away. Come closer to it.",
    "unclear": "Many words were hard to understand, so the text may be wrong. Come closer to the microphone, away from "
    "echo and other voices, and speak clearly.",
}
_WEIGHTS: dict[assessment.QualityCode, float] = {
    "too_short": 0.0,
    "silent": 0.0,
    "quiet": 0.8,
    "clipping": 0.6,
    "noise": 0.75,
    "very_noisy": 0.4,
    "narrow_band": 0.65,
    "gaps": 0.75,
    "echo": 0.75,
    "unclear": 1.0,  # the words' own certainty lowers the confidence
}


@dataclass(frozen=True)
class Quality:
    """Measured figures, what they mean for the learner, and the confidence 0 to 1 that remains for the scores."""

    level_db: float
    snr_db: float
    clipped: float
    treble_db: float
    lost: float
    fall_db: float
    codes: tuple[assessment.QualityCode, ...] = field(default=())

    @property
    def confidence(self) -> float:
        """How far the recording can be trusted, 0 to 1."""
        return float(np.prod([_WEIGHTS[c] for c in self.codes])) if self.codes else 1.0

    def with_unclear_words(self) -> "Quality":
        """The same, of speech that was hard to understand: other voices have no figure of their own."""
        return replace(self, codes=(*self.codes, "unclear"))

    def messages(self) -> list[assessment.QualityNote]:
        """Worst first."""
        ordered = sorted(self.codes, key=lambda c: _WEIGHTS[c])
        return [{"code": c, "message": _MESSAGES[c]} for c in ordered]


def measure(x: Samples) -> Quality:
    """Quality of mono audio at 16 kHz."""
    n = len(x) // FRAME
    if n < 10:
        return Quality(-90, 0, 0, 0, 0, 0, ("too_short",))
    frames = x[: n * FRAME].reshape(n, FRAME)
    db = 10 * np.log10((frames.astype(np.float64) ** 2).mean(1) + 1e-10)
    level, floor = float(np.percentile(db, 95)), float(np.percentile(db, 8))
    clipped = float((np.abs(x) > CLIPPED).mean())
    loud = np.flatnonzero(db > level - 22)
    treble = _treble(frames[loud[:: max(1, len(loud) // 200)]])
    lost = _lost(frames, db, level)
    fall = _fall(db, level)
    codes = _codes(level, level - floor, clipped, treble, lost)
    if fall < LEAST_FALL and not {"silent", "noise", "very_noisy"} & set(codes):  # noise hides how the sound falls
        codes.append("echo")
    return Quality(level, level - floor, clipped, treble, lost, fall, tuple(codes))


def _codes(level: float, snr: float, clipped: float, treble: float, lost: float) -> list[assessment.QualityCode]:
    if level < -62:
        return ["silent"]
    codes: list[assessment.QualityCode] = []
    if level < -45:
        codes.append("quiet")
    if clipped > 0.002:
        codes.append("clipping")
    if snr < 11:
        codes.append("very_noisy")
    elif snr < 23:
        codes.append("noise")
    if treble < TELEPHONE:
        codes.append("narrow_band")
    if lost > 0.015:
        codes.append("gaps")
    return codes


def _fall(db: NDArray[np.float64], level: float) -> float:
    """How far the loud frames' level falls within FALL_FRAMES, in dB: the largest hundredth of the falls."""
    loud = np.flatnonzero(db[:-FALL_FRAMES] > level - 12)
    return float(np.percentile(db[loud] - db[loud + FALL_FRAMES], 99)) if len(loud) else 0.0


def _treble(frames: Samples) -> float:
    """How loud the band over 4 kHz gets against the speech below it, in dB: sharp sounds reach -15 and more."""
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME).astype(np.float32), axis=1)) ** 2
    high, low = power[:, 84:150].sum(1), power[:, 6:68].sum(1)
    return float(np.percentile(10 * np.log10((high + 1e-9) / (low + 1e-9)), 97))


def _lost(frames: Samples, db: NDArray[np.float64], level: float) -> float:
    """Share of frames that are digitally silent although speech surrounds them."""
    silent = np.abs(frames[:, 40:280]).max(1) < 3e-5
    near = np.convolve(db > level - 25, np.ones(7), "same") >= 4
    return float((silent & near).sum() / max(1, int((db > level - 25).sum())))
