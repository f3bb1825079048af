"""The level of somebody's own text, by its words and the length of its sentences. Pure."""

import math
from collections.abc import Mapping

from api.english.catalog import frame

# The share of the words at or below the level that a text is given, and the words of a usual mean sentence at most.
_COVERED = 0.95
_LONGEST_MEAN = {"A1": 10.5, "A2": 13.0, "B1": 16.0, "B2": 20.0}


def level_of(name: str) -> frame.Level:
    """A level as it is kept, or as the word list has it: that knows a level above ours, too."""
    return next((one for one in frame.LEVELS if one == name), "C1")


def of_text(by_level: Mapping[str, int], words: int, sentences: int) -> frame.Level:
    """The lowest that covers nearly all of its words; one higher when its sentences are longer than usual there.

    Long sentences of easy words are read more slowly, but they are read: so they never lift it further. `by_level`:
    words of each.
    """
    known = 0
    for place, level in enumerate(frame.LEVELS):
        known += by_level.get(level, 0)
        if known >= _COVERED * words:
            long = words / sentences > _LONGEST_MEAN.get(level, math.inf)
            return frame.LEVELS[place + 1] if long else level
    return "C1"
