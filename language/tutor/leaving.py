"""Leaving a scene: what the same message tells or asks besides is taken up."""

import re

from language.tutor import stage, turns
from language.tutor.turns import ChatTurn

_LEAST_WORDS, _SHORT = 4, 12
_ABOUT = re.compile(
    r"\b(?:want|like|love|rather|prefer|let['’]?s|can we)(?: to)? (?:talk|speak|chat|discuss) (?:with you )?about (.+)",
    re.I,
)
_OF_SCENE = re.compile(
    r"\b(?:don['’]?t|not|no|never)\b.*|\b(?:suitcase|flight|hotel|shopping|buy|appointment|phone|room|order|doctor)\b|\bgame\b",
    re.I,
)
_FREE = "What would you like to talk about?"


def subject(text: str) -> str | None:
    """What the learner wants to talk about, or a question for it when all is about the scene; else None."""
    match = _ABOUT.search(text)
    if match is not None:
        named = match.group(1)
        return (
            _FREE
            if re.match(r"\W*(?:an?other|other|something)\b[^:.]*\W*$", named, re.I)
            else named.split(": ", 1)[-1].rstrip(" ?")
        )
    return _FREE if _OF_SCENE.search(text) and len(text.split()) <= _SHORT else None


def rest(history: list[ChatTurn]) -> list[ChatTurn]:
    """The history with what the last message says besides the wish to leave; empty when it says nothing else."""
    sentences = [one.strip() for one in turns.sentences(history[-1].content)]
    kept = " ".join(
        one
        for one in sentences
        if (not stage.wants_to_leave(one) or _ABOUT.search(one)) and len(one.split()) >= _LEAST_WORDS
    )
    return [*history[:-1], ChatTurn("user", kept)] if kept else []
