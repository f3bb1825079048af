"""Speech of a window for which a recogniser wrote no words; pure.

Whisper sometimes ends a window's text with one speaker's sentence, or begins it with another's, though there is speech
after or before it. Recognized separately, that speech gets its words.
"""

import itertools
from collections.abc import Sequence

from speech.transcription import guards
from speech.transcription import words as text
from speech.transcription.types import HeardWord

Span = tuple[float, float]
"""Seconds from the window's start."""

BEHIND_S = 0.5  # of speech behind the last word; as a rule that ends within 0.1 s of it
BEFORE_S = 1.0  # before the first word: fillers are left out there
_LEAD_IN_S = 0.1
_HURRY = 1.5
_MARGIN_S = 0.2


def stretches(words: Sequence[HeardWord], speech: Sequence[Span], end: float) -> list[tuple[int, Span]]:
    """Where more was said than was written before and behind the words of a window of `end` seconds, each with the
    number of words before it. Between words nothing is sought: fillers stand there, and word times are least sure.

    A window without any word has none: what was dropped there was dropped for a reason.
    """
    if not words:
        return []
    found = []
    for at, first, last, least in ((0, 0.0, words[0].start, BEFORE_S), (len(words), words[-1].end, end, BEHIND_S)):
        inside = within(speech, (first, last))
        if sum(b - a for a, b in inside) >= least:
            span = (first + max(0.0, inside[0][0] - _LEAD_IN_S), min(last, first + inside[-1][1] + _MARGIN_S))
            found.append((at, span))
    return found


def same(written: Sequence[HeardWord], new: Sequence[HeardWord], *, behind: bool) -> bool:
    """Whether a stretch heard by itself says only what is written beside it: then the written words' times were wrong.

    Somebody who says a thing twice takes as long for it both times; words with wrong times are crowded together.
    """
    keys, again = (text.keys(word.text for word in some) for some in (written, new))
    if again != (keys[-len(again) :] if behind else keys[: len(again)]):
        return False
    return _pace(written) > min(guards.WORDS_PER_SECOND, _HURRY * _pace(new))


def _pace(words: Sequence[HeardWord]) -> float:
    """Words per second."""
    return len(words) / max(words[-1].end - words[0].start, 0.01)


def spans(flags: Sequence[bool], frame_s: float) -> tuple[Span, ...]:
    """Runs of frames with speech."""
    found, at = [], 0
    for speaks, run in itertools.groupby(flags):
        count = len(list(run))
        if speaks:
            found.append((at * frame_s, (at + count) * frame_s))
        at += count
    return tuple(found)


def within(speech: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """The speech in a part of the window, in seconds from the part's start."""
    first, last = span
    return tuple((max(a, first) - first, min(b, last) - first) for a, b in speech if min(b, last) > max(a, first))
