"""Several processes behind one port answer /metrics as one."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kit import metrics

PROGRAM = """
import asyncio, sys
from pathlib import Path
from prometheus_client import Counter, Gauge, Histogram
from kit import metrics

async def main(folder, number):
    Counter("t_requests", "Requests.", ["route"]).labels("/a").inc(number)
    Gauge("t_sessions", "Sessions.").set(number)
    Gauge("t_busy_share", "Share.").set(number / 10)
    times = Histogram("t_seconds", "Seconds.", buckets=(1, 5))
    times.observe(number)
    shared = metrics.Shared(Path(folder))
    await shared.start()
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@pytest.fixture
async def processes(tmp_path: Path) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Three, that count 1, 2 and 4."""
    made = []
    for number in (1, 2, 4):
        made.append(
            await asyncio.create_subprocess_exec(
                sys.executable, "-c", PROGRAM, str(tmp_path), str(number), stdout=asyncio.subprocess.PIPE
            )
        )
    for one in made:
        assert one.stdout is not None
        assert await one.stdout.readline() == b"ready\n"
    yield made
    for one in made:
        if one.returncode is None:
            one.kill()
        await one.communicate()


def values(text: bytes) -> dict[str, float]:
    lines = [line for line in text.decode().splitlines() if line.startswith("t_") and "_created" not in line]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_counters_are_added_up_and_stay_when_a_process_dies(
    tmp_path: Path, processes: list[asyncio.subprocess.Process]
) -> None:
    asked, second = metrics.Shared(tmp_path), metrics.Shared(tmp_path)
    text = await asked.render()
    whole = {
        't_requests_total{route="/a"}': 7.0,
        "t_sessions": 7.0,
        "t_busy_share": pytest.approx(0.7 / 3),
        't_seconds_bucket{le="1.0"}': 1.0,
        't_seconds_bucket{le="5.0"}': 3.0,
        't_seconds_bucket{le="+Inf"}': 3.0,
        "t_seconds_count": 3.0,
        "t_seconds_sum": 7.0,
    }
    assert values(text) == whole
    assert b"# TYPE t_requests_total counter" in text and b"# TYPE t_seconds histogram" in text
    assert b"# TYPE t_sessions gauge" in text and text.count(b"# TYPE process_cpu_seconds_total") == 1
    for one in processes[1:]:
        one.kill()
        await one.wait()
    for place in (asked, second, asked):
        left = values(await place.render())
        assert left == whole | {"t_sessions": 1.0, "t_busy_share": 0.1}, "what was counted is not forgotten"
    assert sum(name.endswith(".sock") for name in await asyncio.to_thread(os.listdir, tmp_path)) == 1


async def test_a_process_that_hangs_is_not_waited_for(
    tmp_path: Path, processes: list[asyncio.subprocess.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = metrics.Shared(tmp_path)
    before = values(await asked.render())
    monkeypatch.setattr(metrics, "_PATIENCE_SECONDS", 0.3)

    processes[0].send_signal(signal.SIGSTOP)
    assert values(await asked.render()) == before, "it told that last"
    processes[0].send_signal(signal.SIGCONT)
    monkeypatch.undo()
    assert values(await asked.render()) == before


async def test_a_process_that_starts_is_seen_when_it_listens_and_not_taken_for_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, starting = metrics.Shared(tmp_path), metrics.Shared(tmp_path)
    listen, seen = socket.socket.listen, []

    def listens(one: socket.socket, *backlog: int) -> None:
        seen.append([*tmp_path.glob("*.sock")])
        listen(one, *backlog)

    monkeypatch.setattr(socket.socket, "listen", listens)
    await starting.start()
    assert seen and not any(seen), "one that refuses counts as dead"
    try:
        text = (await asked.render()).decode()
        assert "parley_processes 2.0" in text and "parley_processes_ended_total 0.0" in text
    finally:
        await starting.stop()


async def test_damaged_files_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    (tmp_path / "gone.json").write_text("{")
    (tmp_path / "1-x.sock").touch()
    (tmp_path / "1-x.json").write_bytes(b"\xff")
    assert b"python_info" in await metrics.Shared(tmp_path).render()


async def test_without_a_folder_to_write_to_a_process_answers_for_itself(tmp_path: Path) -> None:
    shared = metrics.Shared(tmp_path / "missing")
    await shared.start()
    assert b"python_info" in await shared.render()
