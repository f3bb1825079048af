"""What tests of the OpenAI doors share; some have a model or a node of their own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from realtime.transports.openai.relay import Relay
from tests.support.language_model import LanguageModel, language_model
from tests.support.node import Parley
from tests.support.openai_node import openai_node
from tests.support.voice_server import TONE


@pytest.fixture
async def model() -> AsyncIterator[LanguageModel]:
    async with language_model() as model:
        model.answer = "It is good to hear you."
        yield model


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    """With that language model, and a voice that hums for a second."""
    async with openai_node(settings, database_url, redis_url, model, tone=TONE[: 24_000 * 2]) as parley:
        yield parley


@pytest.fixture
def relays(monkeypatch: pytest.MonkeyPatch) -> list[Relay]:
    """Of the nodes, in their order."""
    made: list[Relay] = []
    begin = Relay.__init__

    def begins(self: Relay, *given: Any) -> None:
        begin(self, *given)
        made.append(self)

    monkeypatch.setattr(Relay, "__init__", begins)
    return made


@pytest.fixture
async def nodes(
    settings: Any, database_url: str, redis_url: str, model: LanguageModel, relays: list[Relay]
) -> AsyncIterator[tuple[Parley, Parley]]:
    async with AsyncExitStack() as stack:
        made = [
            await stack.enter_async_context(openai_node(settings, database_url, redis_url, model, tone=TONE[:24_000]))
            for _ in range(2)
        ]
        yield made[0], made[1]
