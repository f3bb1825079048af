"""Requests to a language model, and its answers."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kit.storable import JsonObject
from language.tutor.turns import ChatTurn


@dataclass(frozen=True, slots=True)
class Passage:
    """Text from a learner's document that may help. `quote` is its sentence that answers, if one does."""

    title: str
    text: str
    page: int | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A conversation up to the turn that wants an answer (`turns`, oldest first, the last one the learner's)."""

    turns: tuple[ChatTurn, ...]
    level: str = "A2"
    scenario: str | None = None
    language: str = "en"
    native_language: str | None = None
    passages: tuple[Passage, ...] = ()
    instructions: str | None = None
    """Replaces the tutor's own instructions, for other uses than conversation."""
    notes: str = ""
    """What the client adds to the instructions, its own or the tutor's."""
    frame: str | None = None
    """What the tutor's own instructions add: level, length, scene, what the learner told, our corrections."""
    sampling: Mapping[str, object] = field(default_factory=dict)
    """Members of the request as that API names them, such as `temperature`; the built-in tutor has no use for them."""
    messages: tuple[JsonObject, ...] = ()
    """The conversation as that API writes it, in place of `turns`: where there are calls of functions in it."""

    @property
    def functions(self) -> bool:
        """Functions are offered, or the last message is what one gave: only a language model can answer."""
        return "tools" in self.sampling or (bool(self.messages) and self.messages[-1].get("role") == "tool")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a request cost."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """First of a stream: the provider that answers."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of text."""

    text: str


@dataclass(frozen=True, slots=True)
class CallDelta:
    """More of a function call, the `index`-th of the answer. Its first piece has `id` and `name`; the `arguments` of
    all pieces join to JSON, as the model wrote it."""

    index: int
    id: str | None
    name: str | None
    arguments: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Last of a stream, with the provider's word for why: `length` when it might not write more."""

    usage: Usage | None
    reason: str = "stop"


Piece = Delta | CallDelta | Finished


@dataclass(frozen=True, slots=True)
class Card:
    """What clients are shown of a provider."""

    id: str
    name: str
    models: tuple[str, ...]
    default_model: str
    offline: bool


class Provider(Protocol):
    """A language model."""

    @property
    def card(self) -> Card: ...

    def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        """Pieces of the answer, `Finished` last. ServerTrouble on any trouble; closing it cancels the request."""
        ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server. `key` never leaves the Authorization header."""

    id: str
    name: str
    base_url: str
    models: tuple[str, ...]
    key: str | None = field(default=None, repr=False)
    first_seconds: float = 15.0
    """Until the first piece of an answer."""
    stall_seconds: float = 15.0
    """Between two pieces."""
    total_seconds: float = 120.0
