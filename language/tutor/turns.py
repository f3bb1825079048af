"""One message of a conversation, as the tutor sees it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One turn of a conversation."""

    role: Literal["user", "assistant", "system"]
    content: str
