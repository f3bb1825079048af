"""What a reply needs from outside."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from kit.errors import Failure
from kit.storable import JsonObject


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A turn of the conversation so far."""

    role: Literal["user", "ai"]
    text: str
    turn_id: str = ""


@dataclass(frozen=True, slots=True)
class CallPiece:
    """More of a function call of a reply, the `index`-th. Its first piece has `id` and `name`; the `arguments` of all
    pieces join to JSON, as the model wrote it."""

    index: int
    id: str | None
    name: str | None
    arguments: str


@dataclass(frozen=True, slots=True)
class ProviderNotice:
    """The answer comes from another provider than configured; clients are notified."""

    message: str
    built_in: bool = False
    """It comes from the built-in tutor, which follows no instructions."""


@dataclass(frozen=True, slots=True)
class CutShort:
    """Last of a reply that ends before its end: the model might not write more (`length`), what it writes is filtered
    (`content_filter`), or it broke off (`broken`). What it said before is spoken."""

    reason: Literal["length", "content_filter", "broken"]


Piece = str | CallPiece | ProviderNotice | CutShort


class Functions(Protocol):
    """Functions of the client that a language model may call in its replies."""

    @property
    def members(self) -> Mapping[str, object]:
        """Of a chat completion: `tools` and how to choose among them. Empty when none is offered."""
        ...

    def behind(self, turn_id: str) -> list[JsonObject]:
        """Messages of a chat completion: the calls that were made behind a turn, with what they gave."""
        ...


class Recalled(Functions, Protocol):
    """A conversation as it is answered now."""

    @property
    def lines(self) -> list[ConversationTurn]: ...

    @property
    def notes(self) -> str:
        """What is to be known beside the instructions."""
        ...


class Memory(Protocol):
    """A conversation as its client wants it answered, in place of the turns that are stored."""

    def recall(self) -> Recalled:
        """A reply begins: what it answers."""
        ...

    def called(self, turn_id: str, piece: CallPiece | None) -> None:
        """More of a call of this reply; None when the reply calls no more."""
        ...

    def cut_short(self, turn_id: str, why: CutShort | Failure) -> None:
        """This reply ends before its end. `done` of the stage follows."""
        ...


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
    notes: str = ""
    """What the language model is to know beside the instructions."""
    functions: Functions | None = None
    aloud: bool = True
    """Whether replies are heard; otherwise they are only read."""


class Tutor(Protocol):
    """Who answers."""

    @property
    def calls_functions(self) -> bool:
        """Whether a language model may answer, which can call functions."""
        ...

    def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[Piece, None]:
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
