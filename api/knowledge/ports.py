"""What knowledge needs from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from api.knowledge.models import Found


class Embedder(Protocol):
    """Texts as vectors of length 1. `name` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Failure `unavailable` when the model cannot be reached."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    text: str
    provider: str
    model: str


class Writer(Protocol):
    async def write(self, question: str, passages: Sequence[Found]) -> Written | None:
        """An answer from the passages only, with marks like [1]; None when no language model can write it."""
        ...
