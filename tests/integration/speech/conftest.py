from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.engines import greedy
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


@pytest.fixture(scope="module", autouse=True)
def fast_enough() -> Iterator[None]:
    """Our decoder is used whatever the processor has to do beside it: it measures itself, and a busy one looks slow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(greedy, "_OVERHEAD", 60.0)
        yield
