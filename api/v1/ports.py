"""What the doors below `/v1` need from their neighbours."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


class Allowance(Protocol):
    """How much of recordings a person may have recognised."""

    @property
    def most_s(self) -> float:
        """Seconds of the longest one."""
        ...

    async def spend(self, user_id: str, seconds: float) -> None:
        """Failure `rate_limited` when that is too much for now."""
        ...


class ModelCard(Protocol):
    """A model as it is listed."""

    @property
    def id(self) -> str: ...
    @property
    def owned_by(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FunctionCall:
    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the request: `calls` are those of an assistant, `call_id` is which call the text of a `tool`
    answers."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    calls: tuple[FunctionCall, ...] = ()
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation whose last message is the user's, or what a function gave. `sampling` are wishes that a language
    model may follow, with the functions that it may call."""

    model: str
    messages: tuple[Message, ...]
    instructions: str | None
    sampling: Mapping[str, object]

    @property
    def functions(self) -> bool:
        """Functions are offered, or the last message is what one gave: only a language model can answer."""
        return "tools" in self.sampling or self.messages[-1].role == "tool"


@dataclass(frozen=True, slots=True)
class Answering:
    """First: the model that answers, again after a fallback."""

    model: str


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """More of the `index`-th function call: `id` and `name` come in its first piece."""

    index: int
    id: str | None
    name: str | None
    arguments: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Last: why it ended, and tokens; words where tokens are not counted."""

    reason: str
    input_tokens: int
    output_tokens: int


Piece = Answering | Said | Called | Ended


class Chat(Protocol):
    """Language models."""

    def stream(self, user_id: str, asked: Asked) -> AsyncGenerator[Piece, None]:
        """Failure `model_not_found`, `tools_unsupported`, `request_refused`, `provider_unavailable`. Closing it cancels
        the request."""
        ...


class Embedder(Protocol):
    """Texts as vectors of length 1."""

    @property
    def name(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Failure `unavailable` when the model cannot be reached."""
        ...
