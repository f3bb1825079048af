"""Voices and manners."""

import numpy as np

from speech.synthesis.kokoro import styles
from speech.synthesis.kokoro.speakers import SPEAKERS


def test_every_speaker_has_a_style_for_every_length() -> None:
    for speaker in SPEAKERS:
        for symbols in (0, 1, 60, 510, 2000):
            style = styles.style(speaker.id, symbols)
            assert style.shape == (1, 256) and style.dtype == np.float32
            assert np.isfinite(style).all() and 1.0 < np.linalg.norm(style) < 20.0


def test_speakers_and_lengths_differ() -> None:
    short = [styles.style(speaker.id, 20) for speaker in SPEAKERS]
    assert min(np.abs(a - b).max() for i, a in enumerate(short) for b in short[:i]) > 0.1
    assert np.abs(styles.style("af_heart", 20) - styles.style("af_heart", 200)).max() > 0.01
