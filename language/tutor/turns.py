"""One message of a conversation, as the tutor sees it."""

import re
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
