"""The built-in tutor as a provider: always there."""

import asyncio
from collections.abc import AsyncGenerator

from api.chat.providers.models import Card, Delta, Finished, Piece, Prompt
from language.tutor import tutor
from language.tutor.turns import ChatTurn

CARD = Card(tutor.NAME, "Built-in tutor (offline, rules)", (tutor.MODEL,), tutor.MODEL, offline=True)
_MOST_TURNS, _LONGEST_TURN = 100, 20_000  # its rules take time in proportion to the text


class BuiltinProvider:
    def __init__(self) -> None:
        self._tutor = tutor.Tutor()

    @property
    def card(self) -> Card:
        return CARD

    async def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        quoted = next((one for one in prompt.passages if one.quote), None)
        if quoted is not None:
            place = f", page {quoted.page}" if quoted.page else ""
            yield Delta(f"Your document “{quoted.title}”{place} says: “{quoted.quote}” ")
        turns = [ChatTurn(one.role, one.content[:_LONGEST_TURN]) for one in prompt.turns[-_MOST_TURNS:]]
        # Checking a long message takes tenths of a second, which must not block the loop.
        text = await asyncio.to_thread(self._tutor.answer, turns, prompt.level, prompt.scenario, prompt.language)
        for piece in tutor.pieces(text):
            yield Delta(piece)
        yield Finished(None)
