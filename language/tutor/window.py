"""How much of a conversation the tutor reads: the newest part, so that an answer takes the same time after any history.

A message of 2,000 characters is about 350 words, more than two minutes of speech. The rules of the tutor search what
they are given again and again, and Python runs nothing else during one search: the bounds belong here, not in a rule.
"""

import re
from dataclasses import replace

from language.tutor.turns import ChatTurn

MOST_TURNS = 100
LAST_CHARACTERS = 2_000
EARLIER_CHARACTERS = 1_000
ALL_CHARACTERS = 24_000
_SENTENCE_BEGINS = re.compile(r"[.!?…][\"”’)]*\s+")
_WORD_BEGINS = re.compile(r"\s+")


def newest(history: list[ChatTurn]) -> list[ChatTurn]:
    """The newest turns, at most 100 with 24,000 characters together, oldest first.

    Of the last one its last 2,000 characters, of each earlier one its last 1,000; a cut is at the beginning of a
    sentence, else of a word.
    """
    kept: list[ChatTurn] = []
    left = ALL_CHARACTERS
    for turn in reversed(history[-MOST_TURNS:]):
        read = _end(turn.content, EARLIER_CHARACTERS if kept else LAST_CHARACTERS)
        left -= len(read)
        if left < 0:
            break
        kept.append(turn if read == turn.content else replace(turn, content=read))
    return kept[::-1]


def _end(text: str, most: int) -> str:
    """The end of a text. A cut takes at most half of `most` away to begin with a sentence or a word."""
    if len(text) <= most:
        return text
    end = text[-most:]
    begins = _SENTENCE_BEGINS.search(end, 0, most // 2) or _WORD_BEGINS.search(end, 0, most // 2)
    return end[begins.end() :] if begins is not None else end
