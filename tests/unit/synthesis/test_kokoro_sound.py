"""Where the words of a clause stand in its sound."""

import numpy as np
import pytest

from speech.synthesis.kokoro import sound
from speech.synthesis.kokoro.frontend import Clause, ClauseWord
from speech.synthesis.voices import RATE


def test_words_start_where_they_are_loud_not_where_their_lengths_say() -> None:
    clause = Clause("wˈʌn tˈu.", (ClauseWord("one", 0, 4), ClauseWord("two", 5, 8)))
    seconds = np.array([0.36, 0.1, 0.0, 0.1, 0.1, 0.2, 0.1, 0.0, 0.2, 0.3, 0.3], np.float32)
    samples = np.zeros(2 * RATE, np.float32)
    samples[int(0.3 * RATE) : int(0.6 * RATE)] = samples[int(0.8 * RATE) : int(1.1 * RATE)] = 0.5
    spoken = sound.finish(clause, samples, seconds, 1.0)
    (one, start, _), (two, second, end) = spoken.words
    loud = np.flatnonzero(np.frombuffer(spoken.pcm, "<i2")) / RATE
    again = loud[1:][np.diff(loud) > 0.1][0]
    assert (one, two) == ("one", "two")
    assert (start, second) == pytest.approx((loud[0], again), abs=0.03)
    assert second < end <= spoken.seconds
