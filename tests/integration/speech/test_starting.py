"""Recognition that cannot be started at first: it is told, and tried until it can be."""

from pathlib import Path

import pytest

from kit.clock import SystemClock
from kit.tasks import Tasks
from server.config import Settings
from server.wiring.recognition import Recognition
from speech.endpointing import vad
from tests.support.waiting import until


async def test_a_start_that_fails_is_tried_again(tmp_path: Path, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    network, tried = vad.Silero, 0

    def load() -> vad.Silero:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise MemoryError
        return network()

    monkeypatch.setattr(vad, "Silero", load)
    settings = Settings(data_dir=tmp_path, secret_key="0" * 32, speech_engine="sphinx", speech_workers=1)
    recognition = Recognition(settings, tasks, SystemClock())
    tasks.persist(recognition.up, name="recognition-start", pause=0.01)
    try:
        await until(lambda: recognition.trouble is not None, seconds=60)
        assert not recognition.is_up and "MemoryError" in (recognition.trouble or "")
        await until(lambda: recognition.is_up, seconds=60)
        await recognition.listening.ready()
        assert recognition.trouble is None and tried == 2
    finally:
        await recognition.close()
