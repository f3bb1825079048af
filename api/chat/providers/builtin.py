"""The built-in tutor as a provider: always there."""

import asyncio
from collections.abc import AsyncGenerator

from api.chat.providers.models import Card, Delta, Finished, Piece, Prompt

_MODEL = "parley-tutor-1"
CARD = Card("builtin", "Built-in tutor (offline, rules)", (_MODEL,), _MODEL, offline=True)


class BuiltinProvider:
    """The built-in tutor and answers from documents; needs no server."""

    @property
    def card(self) -> Card:
        """What clients read of it."""
        return CARD

    async def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        """The answer in pieces."""
        quoted = next((one for one in prompt.passages if one.quote), None)
        if quoted is not None:
            place = f", page {quoted.page}" if quoted.page else ""
            yield Delta(f"Your document “{quoted.title}”{place} says: “{quoted.quote}” ")
        # Checking a long message takes tenths of a second, which must not block the loop.
        for piece in await asyncio.to_thread(_answered, prompt):
            yield Delta(piece)
        yield Finished(None)


def _answered(prompt: Prompt) -> list[str]:
    from language.tutor import tutor  # its rules take a fifth of a second to load: not when a node starts

    return tutor.pieces(tutor.Tutor().answer(list(prompt.turns), prompt.level, prompt.scenario, prompt.language))
