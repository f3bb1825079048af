"""`run.py serve --workers N`: several server processes on one port.

Each worker is a node of its own that shares PostgreSQL and Redis with the others and nothing else; the kernel gives
every new connection to one of them. One more process looks after them and the databases.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

from kit import logs, scratch
from kit.processes import environment
from kit.processes.announced import Announced
from kit.processes.keeping import Kept, Restarts
from kit.processes.process import NotStarted, Program
from server.bootstrap.environment import ROOT
from server.bootstrap.terminal import Stop
from server.cli.servers import Servers
from server.config import Settings

_WATCH_SECONDS = 0.3
_START_SECONDS = 120.0
_STOP_SECONDS = 4.0
_READY = "Parley is ready: "
_log = logs.get(__name__)


def supervise(settings: Settings, started: Servers, announce: Callable[[], None]) -> int:
    """Run the workers until a signal ends them; one that dies is started again. The exit code."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    workers = [_kept(number, _environment(settings, started)) for number in range(settings.workers)]
    _start_all(workers, asked)
    if not asked:
        announce()
    while not asked:
        time.sleep(_WATCH_SECONDS)
        _look_after(workers, started)
    return _end(workers, asked, settings.drain_seconds)


def _kept(number: int, variables: Mapping[str, str]) -> Kept[Announced]:
    """Worker `number`, not started yet. It ends with this process."""
    program = Program("worker", _command(), variables, tie=signal.SIGKILL)
    return Kept(f"worker {number}", lambda: Announced(program, _READY), Restarts("worker"))


def _command() -> list[str]:
    return [sys.executable, str(ROOT / "run.py"), "serve", "--no-browser"]


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
    return environment.whole() | own


def _metrics_folder() -> Path:
    """Where the workers add up what they count; gone with this process."""
    folder = scratch.folder() / "metrics"
    folder.mkdir(exist_ok=True)
    return folder


def _start_all(workers: list[Kept[Announced]], asked: list[int]) -> None:
    """The first worker migrates the database before the others connect."""
    try:
        for some in (workers[:1], workers[1:]):
            _start(some, asked)
    except Stop:
        _end(workers, [signal.SIGKILL], 0)
        raise


def _start(workers: list[Kept[Announced]], asked: list[int]) -> None:
    """Start them at once and wait until they answer. Stop if one does not."""
    try:
        for worker in workers:
            worker.start()
        deadline = time.monotonic() + _START_SECONDS
        for child in _children(workers):
            while not child.ready(0.1) and not asked:
                if child.status is not None or time.monotonic() > deadline:
                    raise Stop("A worker did not start: see above.")
    except NotStarted as error:
        raise Stop(f"A worker cannot be started: {error}.") from error


def _children(workers: list[Kept[Announced]]) -> list[Announced]:
    return [worker.child for worker in workers if worker.child is not None]


def _look_after(workers: list[Kept[Announced]], started: Servers) -> None:
    if started.stack is not None:
        for name in started.stack.revive():
            _log.error("embedded_server_restarted", server=name)
        started.stack.trim_logs()
    for worker in workers:
        before = worker.child
        if worker.look():
            _log.error("worker_restarted", worker=worker.name, exit_code=before.status if before else None)


def _end(workers: list[Kept[Announced]], asked: list[int], drain_seconds: float) -> int:
    """Pass the signal on; SIGTERM leaves time to drain, unless it is sent again."""
    patience = drain_seconds if asked[0] == signal.SIGTERM else 0.0
    children = _children(workers)
    for child in children:
        child.process.ask(signal.Signals(asked[0]))
    deadline = time.monotonic() + patience + _STOP_SECONDS
    while any(child.status is None for child in children) and time.monotonic() < deadline and len(asked) < 2:
        time.sleep(0.05)
    for child in children:
        child.process.end()
        child.close()
    return 0
