"""`run.py serve --workers N`: several server processes on one port.

Each worker is a node of its own that shares PostgreSQL and Redis with the others and nothing else; the kernel gives
every new connection to one of them. One more process looks after them and the databases.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from kit import logs, scratch
from kit.processes import limits
from server.bootstrap.environment import ROOT
from server.bootstrap.terminal import Stop
from server.cli.servers import Servers
from server.config import Settings

_WATCH_SECONDS = 0.3
_START_SECONDS = 120.0
_STOP_SECONDS = 4.0
_READY = "Parley is ready: "
_log = logs.get(__name__)


class ServerProcess:
    """A server process. `ready` is set when it answers."""

    def __init__(self, number: int, command: list[str], environment: dict[str, str]) -> None:
        self.number = number
        self.ready = threading.Event()
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=limits.tied(signal.SIGKILL)
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith(_READY):
                self.ready.set()


def supervise(settings: Settings, started: Servers, announce: Callable[[], None]) -> int:
    """Run the workers until a signal ends them; one that dies is started again. The exit code."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    command = [sys.executable, str(ROOT / "run.py"), "serve", "--no-browser"]
    environment = _environment(settings, started)
    # The first one brings the database up to date before the others look at it.
    crew = [ServerProcess(0, command, environment)]
    _wait_for(crew, asked)
    crew += [ServerProcess(number, command, environment) for number in range(1, settings.workers)]
    _wait_for(crew, asked)
    if not asked:
        announce()
    while not asked:
        time.sleep(_WATCH_SECONDS)
        _look_after(crew, command, environment, started)
    return _end(crew, asked, settings.drain_seconds)


def _environment(settings: Settings, started: Servers) -> dict[str, str]:
    own = {
        "DATABASE_URL": started.endpoints.database_url,
        "REDIS_URL": started.endpoints.redis_url,
        "PARLEY_HOST": settings.host,
        "PARLEY_PORT": str(settings.port),
        "PARLEY_DATA_DIR": str(settings.data_dir),
        "PARLEY_WORKERS": "1",
        "PARLEY_REUSE_PORT": "true",
        "PARLEY_METRICS_DIR": str(_metrics_folder()),
    }
    if settings.speech_workers is None:
        # Together as many recognisers as one process would have.
        own["PARLEY_SPEECH_WORKERS"] = str(max(1, ((os.cpu_count() or 2) - 1) // settings.workers))
    return os.environ | own


def _metrics_folder() -> Path:
    """Where the workers add up what they count; gone with this process."""
    folder = scratch.folder() / "metrics"
    folder.mkdir(exist_ok=True)
    return folder


def _wait_for(crew: list[ServerProcess], asked: list[int]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    for worker in crew:
        while not worker.ready.wait(0.1) and not asked:
            if worker.process.poll() is not None or time.monotonic() > deadline:
                _end(crew, [signal.SIGKILL], 0)
                raise Stop("A worker did not start: see above.")


def _look_after(crew: list[ServerProcess], command: list[str], environment: dict[str, str], started: Servers) -> None:
    if started.stack is not None:
        for name in started.stack.revive():
            _log.error("embedded_server_restarted", server=name)
        started.stack.trim_logs()
    for place, worker in enumerate(crew):
        if worker.process.poll() is not None:
            try:
                crew[place] = ServerProcess(worker.number, command, environment)
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:  # tried again the next time
                _log.error("worker_not_restarted", worker=worker.number, why=str(error))
            else:
                _log.error("worker_restarted", worker=worker.number, exit_code=worker.process.returncode)


def _end(crew: list[ServerProcess], asked: list[int], drain_seconds: float) -> int:
    """Pass the signal on; SIGTERM leaves time to drain, unless it is sent again."""
    patience = drain_seconds if asked[0] == signal.SIGTERM else 0.0
    for worker in crew:
        worker.process.send_signal(asked[0])
    deadline = time.monotonic() + patience + _STOP_SECONDS
    while any(worker.process.poll() is None for worker in crew) and time.monotonic() < deadline and len(asked) < 2:
        time.sleep(0.05)
    for worker in crew:
        worker.process.kill()
        worker.process.wait()
    return 0
