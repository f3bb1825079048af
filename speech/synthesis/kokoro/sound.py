"""From the network's output for a clause to the final sound: our own pauses, and the place of each word and phone."""

from collections.abc import Iterator
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from speech.synthesis.kokoro.frontend import Clause
from speech.synthesis.kokoro.symbols import LONG, STRESSES, sounding
from speech.synthesis.voices import RATE, Spoken, Timed

_PAUSES = {".": 0.3, "?": 0.3, "!": 0.3, "…": 0.35, ";": 0.22, ":": 0.22, ",": 0.14, "—": 0.18, "": 0.0}
_EDGE = 0.03  # seconds kept around the sound
_QUIET = 0.01  # of the loudest sample
_BLOCK = 120
_EARLY = 0.06
"""Seconds by which a sound comes before its length says: 0.05 by the first loud sample of clauses, 0.075 by our aligner
(`bench voice --parts starts`)."""


def finish(clause: Clause, samples: NDArray[np.float32], seconds: NDArray[np.float32], rate: float) -> Spoken:
    """Without the network's own silence at the edges, with the pause that the stop asks for."""
    first, last = _edges(samples)
    pause = np.zeros(int(_PAUSES[clause.stop] / rate * RATE), np.float32)
    heard = np.concatenate([samples[first:last], pause])
    starts = [0.0, *accumulate(float(one) for one in seconds)]
    shift, end = first / RATE + _EARLY, (last - first) / RATE
    words = tuple(
        (word.text, _within(starts[word.start + 1] - shift, end), _within(starts[word.end + 1] - shift, end))
        for word in clause.words
    )
    phones = tuple(
        (text, _within(start - shift, end), _within(stop - shift, end)) for text, start, stop in _phones(clause, starts)
    )
    return Spoken((np.clip(heard, -1.0, 1.0) * 32767).astype("<i2").tobytes(), words, phones)


def _phones(clause: Clause, starts: list[float]) -> Iterator[Timed]:
    """Each phone as IPA. A stress mark's time is its vowel's, a length mark's that of what it makes long."""
    for word in clause.words:
        at = word.start
        while at < word.end:
            first = at
            while clause.symbols[at] in STRESSES and at + 1 < word.end:
                at += 1
            text = sounding(clause.symbols[at])
            while (at := at + 1) < word.end and clause.symbols[at] == LONG:
                text += LONG
            if text:
                yield text, starts[first + 1], starts[at + 1]


def _within(second: float, end: float) -> float:
    return round(min(max(second, 0.0), end), 3)


def _edges(samples: NDArray[np.float32]) -> tuple[int, int]:
    """The samples [first, last) without silence at the edges."""
    blocks = np.abs(samples[: len(samples) // _BLOCK * _BLOCK]).reshape(-1, _BLOCK).max(1)
    loud = np.flatnonzero(blocks > _QUIET * max(float(blocks.max(initial=0.0)), 1e-4))
    if not len(loud):
        return 0, len(samples)
    edge = int(_EDGE * RATE)
    return max(0, int(loud[0]) * _BLOCK - edge), min(len(samples), (int(loud[-1]) + 1) * _BLOCK + edge)
