"""One message of a conversation, as the tutor sees it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_SENTENCES = re.compile(r"[^.!?]+[.!?]*")


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One turn of a conversation."""

    role: Literal["user", "assistant", "system"]
    content: str


def sentences(text: str) -> list[str]:
    """The sentences of a message with their stops and the spaces between them, by punctuation alone."""
    return _SENTENCES.findall(text)


def fresh(lines: Sequence[str], said: Sequence[str]) -> str | None:
    """The first of the lines that the tutor has not `said`; None when there is none left."""
    return next((line for line in lines if not any(line in one for one in said)), None)
