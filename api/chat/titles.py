"""A conversation's title, made from its first message."""

import re

_LONGEST = 60
_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|please|so|well|ok|okay)\b[\s,.!]*)+", re.IGNORECASE
)


def from_message(text: str) -> str | None:
    """The first sentence without its greeting, cut at a word; None when nothing is left."""
    words = " ".join(text.split())
    rest = _OPENING.sub("", words) or words
    sentence = re.split(r"(?<=[.!?])\s", rest, maxsplit=1)[0].rstrip(" .,;:")
    if len(sentence) > _LONGEST:
        sentence = sentence[:_LONGEST].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
    return sentence[:1].upper() + sentence[1:] if sentence else None
