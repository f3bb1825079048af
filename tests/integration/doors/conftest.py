"""What tests of the OpenAI doors share; some have a model or a node of their own."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

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
