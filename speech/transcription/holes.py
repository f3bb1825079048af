"""Sentences that a pass leaves out, though the pass before wrote them; pure.

Where one sentence follows another without a pause, Whisper sometimes leaves a whole one out, in one pass and not in the
next. The times of the words around it show the hole, or these words are stretched over it.
"""

import difflib
from collections.abc import Sequence

from speech.transcription import guards
from speech.transcription import words as text
from speech.transcription.types import HeardWord

LEAST = 5  # words: fewer are a mistake that the newer pass does not make
SPARSE = 4  # times as many words as the newer pass wrote in their place
_ALIKE = 0.5


def filled(heard: Sequence[HeardWord], before: Sequence[HeardWord]) -> list[HeardWord]:
    """`heard`, the words of a pass, with those of `before`, an earlier pass over the same window, that it left out in
    the middle. What it has less at its end may be the better reading of the end. Words that are said again beside the
    hole had wrong times before, and are not taken; nor are words that outran their sound, which nobody said."""
    keys, old = text.keys(one.text for one in heard), text.keys(one.text for one in before)
    made: list[HeardWord] = []
    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, old, keys, autojunk=False).get_opcodes():
        if tag in ("delete", "replace") and j < len(heard) and _left_out(before[i:i_end], heard[j:j_end]):
            sides = keys[max(0, j - (i_end - i)) : j], keys[j : j + (i_end - i)]
            if not any(_alike(old[i:i_end], side) for side in sides):
                made += before[i:i_end]
        made += heard[j:j_end]
    return made


def remembered(heard: Sequence[HeardWord], before: Sequence[HeardWord]) -> list[HeardWord]:
    """What a later pass may have left out: `heard`, and the words of `before` behind them."""
    end = max((word.end for word in heard), default=0.0)
    return [*heard, *(one for one in before if (one.start + one.end) / 2 > end)]


def _left_out(old: Sequence[HeardWord], new: Sequence[HeardWord]) -> bool:
    """Whether the newer pass wrote next to nothing in the time of so many words."""
    if len(old) < LEAST or guards.outran(old):
        return False
    first, last = old[0].start, old[-1].end
    inside = sum(first <= (word.start + word.end) / 2 <= last for word in new)
    return inside * SPARSE <= len(old)


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    return difflib.SequenceMatcher(None, some, others, autojunk=False).ratio() >= _ALIKE
