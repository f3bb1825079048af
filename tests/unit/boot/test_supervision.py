"""What looks after other processes outlives a moment without memory."""

import sys
from collections.abc import Iterator

import psutil
import pytest

from kit.processes.announced import Announced
from kit.processes.process import NotStarted, Program
from server.bootstrap.terminal import Stop
from server.cli import workers
from server.cli.servers import Servers
from server.embedded.stack import Endpoints
from tests.support.waiting import until

READY = "import time; print('Parley is ready: http://127.0.0.1:1', flush=True); time.sleep(60)"


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    before = set(psutil.Process().children())
    yield
    assert set(psutil.Process().children()) - before == set()


@pytest.mark.parametrize("trouble", [OSError(12, "no memory"), NotStarted("no thread", RuntimeError("no thread"))])
async def test_a_worker_that_cannot_be_started_now_is_started_later(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    monkeypatch.setattr(workers, "_command", lambda: [sys.executable, "-c", READY])
    made: list[int] = []

    def one(program: Program, words: str) -> Announced:
        made.append(1)
        if len(made) == 2:
            raise trouble
        return Announced(program, words)

    monkeypatch.setattr(workers, "Announced", one)
    kept, started = workers._kept(1, {}), Servers(Endpoints("", ""), None)
    workers._start([kept], [])
    assert kept.child is not None and kept.child.said == "http://127.0.0.1:1"
    kept.child.process.kill()

    def is_back() -> bool:
        workers._look_after([kept], started)
        return len(made) == 3 and not kept.has_ended

    await until(is_back, 30)
    assert workers._end([kept], [15], 0) == 0


def test_a_worker_that_does_not_start_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = iter([READY, "raise SystemExit(3)"])
    monkeypatch.setattr(workers, "_command", lambda: [sys.executable, "-c", next(programs)])
    crew = [workers._kept(number, {}) for number in range(2)]
    with pytest.raises(Stop, match="did not start"):
        workers._start_all(crew, [])
