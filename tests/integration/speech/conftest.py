from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.listening import Listening, ListeningSettings
from tests.support.speech import CLIPS_MODEL


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    tasks = Tasks()
    yield tasks
    await tasks.close()


@pytest.fixture
async def listening(tmp_path: Path, tasks: Tasks) -> AsyncIterator[Listening]:
    """A real worker process with the Whisper that knows the recordings."""
    settings = ListeningSettings(data=tmp_path, model=str(CLIPS_MODEL), workers=1, download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    yield listening
    await listening.close()
