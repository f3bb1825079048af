"""What the tutor says to the learner, as the learner would say it: “you like your job” is “I like my job”."""

import re

from language import tokens

_MINE = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself"}
_VERBS = {"are": "am", "were": "was"}
_WITH_VERB = re.compile(r"\byou (are|were)\b|\b(are|were) you\b", re.I)
_AFTER = re.compile(r"\b(for|to|with|about|at|of|from|by) you\b", re.I)


def to_me(text: str) -> str:
    """A statement or question about “you” as one about “me”."""
    text = _AFTER.sub(r"\1 me", text)
    return tokens.changed(_WITH_VERB.sub(_with_verb, text), lambda word: _MINE.get(word.lower, word.text))


def _with_verb(match: re.Match[str]) -> str:
    after, before = match.groups()
    verb = _VERBS[(after or before).lower()]
    return f"I {verb}" if after else f"{verb.capitalize() if before[0].isupper() else verb} I"
