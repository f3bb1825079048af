"""What looks after other processes outlives a moment without memory."""

import subprocess
from types import SimpleNamespace

import pytest

from server.cli import workers
from server.cli.servers import Servers
from server.embedded.stack import Endpoints


class Ended:
    number = 1
    process = SimpleNamespace(returncode=-9, poll=lambda: -9)


@pytest.mark.parametrize("trouble", [OSError(12, "no memory"), RuntimeError("no thread"), subprocess.SubprocessError()])
def test_a_worker_that_cannot_be_started_now_is_started_the_next_time(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    made: list[int] = []

    def worker(number: int, *_: object) -> object:
        made.append(number)
        if len(made) == 1:
            raise trouble
        return SimpleNamespace(number=number, process=SimpleNamespace(poll=lambda: None))

    monkeypatch.setattr(workers, "ServerProcess", worker)
    crew: list[workers.ServerProcess] = [Ended()]  # type: ignore[list-item]
    started = Servers(Endpoints("", ""), None)
    for _ in range(3):
        workers._look_after(crew, [], {}, started)
    assert made == [1, 1] and crew[0].process.poll() is None
