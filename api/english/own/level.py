"""The level of somebody's own text, by its words and the length of its sentences. Pure."""

from collections.abc import Mapping

from api.english.catalog import frame

# The share of the words at or below the level that a text is given, and the words of its mean sentence at most.
_COVERED = 0.95
_LONGEST_MEAN = {"A1": 10.5, "A2": 13.0, "B1": 16.0, "B2": 20.0}


def level_of(name: str) -> frame.Level:
    """A level as it is kept, or as the word list has it: that knows a level above ours, too."""
    return next((one for one in frame.LEVELS if one == name), "C1")


def of_text(by_level: Mapping[str, int], words: int, sentences: int) -> frame.Level:
    """The lowest that covers nearly all of its words and is used to sentences so long. `by_level`: words of each."""
    mean = words / sentences
    known = 0
    for level in frame.LEVELS:
        known += by_level.get(level, 0)
        if known >= _COVERED * words and mean <= _LONGEST_MEAN.get(level, mean):
            return level
    return "C1"
