"""How long a start takes: `python3 run.py bench start [ROUNDS] [--no-cold]`.

Prints medians: importing the server's application, from `run.py` to the line “Parley is ready” on an empty data folder
and on a used one, and from Ctrl-C to the end. Beside them what importing aiohttp takes: a yardstick for the machine and
its load. The cold start is one of a copy of the project without environment and without uv's cache: everything is
fetched again.
"""

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from server.bootstrap.environment import ROOT

_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules")


def main(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench start", description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--no-cold", action="store_true", help="leave out the start that sets everything up")
    options = parser.parse_args(rest)
    with tempfile.TemporaryDirectory() as folder:
        _report("import aiohttp.web", _median(options.rounds, lambda: _import("aiohttp.web")))
        _report("import time (server.app)", _median(options.rounds, lambda: _import("server.app")))
        first, _ = _start(sys.executable, ROOT, Path(folder) / "data")
        _report("first start, empty data", first)
        starts = [_start(sys.executable, ROOT, Path(folder) / "data") for _ in range(options.rounds)]
        _report("warm start", statistics.median(start for start, _ in starts))
        _report("Ctrl-C to the end", statistics.median(end for _, end in starts))
        if not options.no_cold:
            _report("cold start, with set-up", _cold(Path(folder)))
    return 0


def _report(name: str, seconds: float) -> None:
    print(f"{name:<26}{seconds:6.2f} s", flush=True)


def _median(rounds: int, measure: Callable[[], float]) -> float:
    measure()  # compiles what is new
    return statistics.median(measure() for _ in range(rounds))


def _import(module: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, check=True)
    return time.perf_counter() - began


def _cold(folder: Path) -> float:
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    python = getattr(sys, "_base_executable", None) or sys.executable
    return _start(python, copy, folder / "cold data", UV_CACHE_DIR=str(folder / "uv"))[0]


def _start(python: str, root: Path, data: Path, **variables: str) -> tuple[float, float]:
    """Seconds to ready, seconds to end."""
    line = [python, str(root / "run.py"), "--no-browser", "--port", "0", "--data", str(data)]
    environment = os.environ | variables
    began = time.perf_counter()
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        ready = any(said.startswith("Parley is ready") for said in process.stdout)
        took = time.perf_counter() - began
        assert ready, "Parley did not start"
        process.send_signal(signal.SIGINT)
        asked = time.perf_counter()
        process.wait()
    return took, time.perf_counter() - asked
