"""Recordings that are too quiet, too loud, too short or full of echo."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import _hard_sound as hard
from benchmarks.transcription import Clip, clips, noisy
from speech.pronunciation import prosody, quality

RATE = 16000


def speechlike(seconds: float = 2.0, level: float = 0.1) -> NDArray[np.float32]:
    """Bursts of a rich tone between silences, with hiss far below."""
    t = np.arange(int(seconds * RATE)) / RATE
    tone = np.sum([np.sin(2 * np.pi * 150 * k * t) for k in range(1, 50)], 0)
    burst = (np.sin(2 * np.pi * 2 * t) > -0.2).astype(float)
    hiss = np.random.default_rng(0).normal(0, 1e-4, len(t))
    return np.asarray(tone / np.abs(tone).max() * burst * level * 3 + hiss, np.float32)


def test_a_clean_recording_has_nothing_to_say() -> None:
    found = quality.measure(speechlike())
    assert found.codes == ()
    assert found.confidence == 1.0


def test_each_fault_is_named() -> None:
    x = speechlike()
    rng = np.random.default_rng(1)
    assert quality.measure(x[:1000]).codes == ("too_short",)
    assert quality.measure(np.float32(1e-5) * x).codes == ("silent",)
    assert "quiet" in quality.measure(np.float32(0.02) * x).codes
    assert "clipping" in quality.measure(np.clip(x * 20, -1, 1)).codes
    assert "very_noisy" in quality.measure(x + rng.normal(0, 0.05, len(x)).astype(np.float32)).codes
    spectrum = np.fft.rfft(x)
    spectrum[np.fft.rfftfreq(len(x), 1 / RATE) > 3400] = 0
    assert "narrow_band" in quality.measure(np.fft.irfft(spectrum, len(x)).astype(np.float32)).codes
    holes = x.copy()
    for start in range(3200, len(x), 3200):
        holes[start : start + 320] = 0
    assert "gaps" in quality.measure(holes).codes


@pytest.mark.parametrize("clip", clips(), ids=lambda clip: str(clip[0]["id"]))
def test_an_echo_is_told_from_a_dry_voice(clip: Clip) -> None:
    line, sound = clip
    assert "echo" not in quality.measure(noisy(sound)).codes, line["id"]
    assert "echo" in quality.measure(noisy(hard.room(sound, 3.0, 0.7))).codes, line["id"]


def test_messages_come_worst_first_and_lower_the_confidence() -> None:
    found = quality.Quality(-50, 5, 0, 8000, 0, 20, ("quiet", "very_noisy"))
    assert [m["code"] for m in found.messages()] == ["very_noisy", "quiet"]
    assert found.confidence < 0.5


def test_pitch_of_a_tone_is_found() -> None:
    t = np.arange(RATE) / RATE
    x = np.sum([np.sin(2 * np.pi * 200 * k * t) / k for k in range(1, 8)], 0).astype(np.float32) * 0.1
    found = prosody.melody(x)
    assert len(found.pitch) == 50
    assert abs(55 * 2 ** np.nanmedian(found.pitch) - 200) < 4


def test_noise_has_no_pitch() -> None:
    x = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    assert np.isnan(prosody.melody(x).pitch).mean() > 0.8
