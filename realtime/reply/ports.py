"""What a reply needs from outside."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A turn of the conversation so far."""

    role: Literal["user", "ai"]
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """For whom the tutor speaks."""

    session_id: str
    user_id: str
    scenario: str | None
    language: str
    avatar: bool = False
    instructions: str | None = None
    """Replaces the tutor's own, where a language model answers."""


@dataclass(frozen=True, slots=True)
class ProviderNotice:
    """The answer comes from another provider than configured; clients are notified."""

    message: str


class Tutor(Protocol):
    """Who answers."""

    def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[str | ProviderNotice, None]:
        """The answer to the last line, in pieces that join to the whole. Failure `provider_unavailable`.

        Closing the generator cancels the call behind it.
        """
        ...


class Stage(Protocol):
    """The output of a reply: the session."""

    async def delta(self, turn_id: str, text: str) -> None:
        """More text of the reply."""

    async def sound(self, turn_id: str, epoch: int, number: int, pcm: bytes) -> None:
        """PCM16 mono at `speech.synthesis.voices.RATE`."""
        ...

    async def shape(self, turn_id: str, epoch: int, seconds_ahead: float, shape: int) -> None:
        """The mouth's shape (`speech.synthesis.visemes`) in so many seconds."""
        ...

    async def done(self, turn_id: str, text: str, *, complete: bool, silent: bool = False) -> None:
        """The reply's last word. With `complete` False it was cut off and `text` is what was heard. `silent`: the
        client speaks it."""
        ...

    async def flush(self, epoch: int) -> None:
        """Sound of earlier epochs must not be played any more."""
        ...

    async def resumed(self, epoch: int, text: str) -> None:
        """The reply goes on after a flush that was for nothing; `text` is what was not heard yet."""
        ...

    async def degraded(self, what: str, part: str | None = None) -> None:
        """A part works less well, in a sentence for the learner."""
