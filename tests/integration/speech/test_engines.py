import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech import events
from speech.listening import ListenerOptions, Listening, ListeningSettings
from speech.pool.lanes import ProcessLane
from tests.support import sounds
from tests.support import speech as support
from tests.support.waiting import until


def words(text: str) -> list[str]:
    return re.sub(r"[^\w' ]", "", text.lower()).split()


@pytest.fixture
async def sphinx(tmp_path: Path, tasks: Tasks) -> AsyncIterator[Listening]:
    listening = Listening(ListeningSettings(data=tmp_path, engine="sphinx", workers=1), tasks, SystemClock())
    await listening.start()
    await listening.ready()
    yield listening
    await listening.close()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


def worker(listening: Listening) -> ProcessLane:
    lane = listening._workers.lanes[0]
    assert isinstance(lane, ProcessLane)
    return lane


async def test_what_is_no_speech_has_no_words(listening: Listening, sphinx: Listening) -> None:
    for engine in (listening, sphinx):
        for name, sound in sounds.ALL.items():
            heard = await support.hear(engine, np.concatenate([sound(6), support.silence(1)]), scored=False)
            assert heard.text == "", (name, heard.text)


async def test_pocketsphinx_hears_and_says_that_it_is_a_stopgap(sphinx: Listening) -> None:
    heard = await support.hear(sphinx, support.clip("LJ001-0008"), scored=False)
    final = heard.of(events.Final)[-1]
    assert final.engine["name"] == "pocketsphinx" and final.text
    assert min(word.confidence for word in final.words) < 0.99
    assert heard.broken_promises() == []
    assert "stopgap" in sphinx.status()["notice"]


async def test_a_killed_worker_costs_no_word(listening: Listening) -> None:
    clip = support.manifest()[7]
    sound = support.clip(clip["id"])
    heard = support.Heard()
    listener = listening.listener(ListenerOptions("test", scored=False), heard)
    await support.play(listener, sound[: len(sound) // 2], pause_s=0.02)
    pid = worker(listening).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await support.play(listener, sound[len(sound) // 2 :], pause_s=0.02)
    await listener.finish()
    await listener.close()
    assert words(heard.text) == words(clip["text"])
    assert heard.broken_promises() == []
    assert worker(listening).pid not in (None, pid)


async def test_sessions_go_on_when_the_model_is_deleted(
    tmp_path: Path, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the model hears again when it is back."""
    monkeypatch.setattr("speech.engines.choice.REVIVE_SECONDS", 0.1)
    model = tmp_path / "model"
    shutil.copytree(support.CLIPS_MODEL, model)
    settings = ListeningSettings(data=tmp_path, model=str(model), workers=1, download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    try:
        model.rename(tmp_path / "gone")
        heard = await support.hear(listening, support.clip("LJ001-0008"), scored=False)
        assert words(heard.text) == ["has", "never", "been", "surpassed"]
        pid = worker(listening).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        heard = support.Heard()
        listener = listening.listener(ListenerOptions("test", scored=False), heard)
        await support.play(listener, support.clip("LJ001-0008"))
        await heard.wait_for(events.Final, 60)
        await listener.close()
        assert heard.of(events.Final)[-1].engine["name"] == "pocketsphinx"
        assert "engine_lost" in {problem["code"] for problem in listening.status()["problems"]}
        shutil.copytree(support.CLIPS_MODEL, model)
        await until(lambda: listening.status()["engine"]["name"] == "faster-whisper", seconds=60)
        heard = await support.hear(listening, support.clip("LJ001-0008"), scored=False)
        assert words(heard.text) == ["has", "never", "been", "surpassed"]
        assert [lane.engine.name for lane in listening._workers.lanes] == ["faster-whisper"]
    finally:
        await listening.close()


async def test_a_worker_for_which_there_is_no_memory_comes_when_there_is(
    tmp_path: Path, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.engines.choice.REVIVE_SECONDS", 0.05)
    monkeypatch.setattr("speech.pool.lane_set._RESTART_S", (0.0, 0.0))
    settings = ListeningSettings(data=tmp_path, model=str(support.CLIPS_MODEL), workers=1, download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    refused: list[int] = []

    def no_memory(*_: object, **__: object) -> None:
        refused.append(1)
        raise OSError(12, "Cannot allocate memory")

    try:
        pid = worker(listening).pid
        assert pid is not None
        with monkeypatch.context() as short:
            short.setattr("kit.processes.process.subprocess.Popen", no_memory)
            open_before = descriptors()
            os.kill(pid, signal.SIGKILL)
            heard = support.Heard()
            listener = listening.listener(ListenerOptions("test", scored=False), heard)
            await support.play(listener, support.clip("LJ001-0008"))
            await until(lambda: len(refused) >= 5, seconds=60)
            assert descriptors() <= open_before
        await heard.wait_for(events.Final, 60)
        await listener.close()
        assert words(heard.text) == ["has", "never", "been", "surpassed"]
    finally:
        await listening.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_a_worker_knows_no_secret_and_what_its_libraries_are_set_to(
    tmp_path: Path, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PARLEY_SECRET_KEY", "DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "CT2_SETTING"):
        monkeypatch.setenv(name, f"value of {name}")
    listening = Listening(ListeningSettings(data=tmp_path, engine="sphinx", workers=1), tasks, SystemClock())
    await listening.start()
    await listening.ready()
    try:
        variables = await asyncio.to_thread(Path(f"/proc/{worker(listening).pid}/environ").read_text)
        assert re.findall("value of ([A-Z0-9_]+)", variables) == ["CT2_SETTING"]
    finally:
        await listening.close()


async def test_a_gpu_that_is_not_there_is_named_and_the_processor_hears(tmp_path: Path, tasks: Tasks) -> None:
    settings = ListeningSettings(data=tmp_path, model=str(support.CLIPS_MODEL), device="cuda", download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    try:
        status = listening.status()
        assert status["engine"]["name"] == "faster-whisper" and len(status["workers"]) == 1
        assert [problem["code"] for problem in status["problems"]] == ["engine_broken"]
    finally:
        await listening.close()


@pytest.mark.parametrize("damage", ["truncated", "missing", "not a model"])
async def test_a_broken_model_is_named_and_the_next_engine_hears(tmp_path: Path, tasks: Tasks, damage: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(support.CLIPS_MODEL, model)
    if damage == "truncated":
        os.truncate(model / "model.bin", 1000)
    elif damage == "missing":
        (model / "tokenizer.json").unlink()
    else:
        (model / "model.bin").write_text("nothing")
    listening = Listening(ListeningSettings(data=tmp_path, model=str(model), workers=1), tasks, SystemClock())
    await listening.start()
    try:
        await listening.ready()
        status = listening.status()
        assert status["engine"]["name"] == "pocketsphinx"
        assert {problem["code"] for problem in status["problems"]} <= {"model_broken", "engine_broken"}
        assert status["problems"]
    finally:
        await listening.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_workers_die_with_the_server(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from kit.clock import SystemClock\n"
        "from kit.tasks import Tasks\n"
        "from speech.listening import Listening, ListeningSettings\n"
        "async def main():\n"
        "    settings = ListeningSettings(data=Path(sys.argv[1]), model=sys.argv[2], workers=1)\n"
        "    listening = Listening(settings, Tasks(), SystemClock())\n"
        "    await listening.start(); await listening.ready()\n"
        "    print('pid', listening._workers.lanes[0].pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(tmp_path), str(support.CLIPS_MODEL), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    pid = None
    async for line in process.stdout:
        if line.startswith(b"pid"):
            pid = int(line.split()[1])
            break
    assert pid is not None
    process.kill()
    await process.wait()
    for _ in range(600):
        if not alive(pid):
            return
        await asyncio.sleep(0.1)
    pytest.fail("the worker outlived its server")
