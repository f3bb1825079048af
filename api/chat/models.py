"""Messages before they are saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.chat.providers.models import Chosen

Role = Literal["user", "assistant", "system"]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that is about to be saved; `status` is "complete" or "partial"."""

    message_id: str
    content: str
    chosen: Chosen
    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message for the end of a conversation. `provider` and `model` are those of an answer."""

    id: str
    role: Role
    content: str
    at: datetime
    provider: str | None = None
    model: str | None = None
    status: str = "complete"
