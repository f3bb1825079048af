"""A node whose tutor is a language model of the test's own, for the OpenAI doors."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from server.config import Settings
from server.setting_types import ProviderSettings
from tests.support.language_model import LanguageModel
from tests.support.node import Parley, running
from tests.support.speech import CLIPS_MODEL
from tests.support.voice_server import voice_server


@asynccontextmanager
async def openai_node(
    settings: Settings,
    database_url: str,
    redis_url: str,
    model: LanguageModel,
    tone: bytes = b"",
    models: tuple[str, ...] = ("llama",),
    **more: Any,
) -> AsyncIterator[Parley]:
    """It speaks `tone` (PCM16 mono at 24 kHz) for each sentence and understands the clips; without a tone it has
    neither voice nor ears of ours. `models` are the provider's, `more` are further settings."""
    # Tests hold its answers open until something has come that may take long on a busy machine.
    patient = {"first_seconds": 300, "stall_seconds": 300, "total_seconds": 600}
    provider = ProviderSettings(id="school", name="School", base_url=model.url, api_key=None, models=models, **patient)
    fields = settings.model_dump(exclude_unset=True)
    async with AsyncExitStack() as stack:
        if tone:
            fields |= await stack.enter_async_context(voice_server(lambda: tone))
            fields |= {"whisper_model": str(CLIPS_MODEL)}
        fields |= {"providers": (provider,), **more}
        yield await stack.enter_async_context(running(Settings(**fields), database_url, redis_url))
