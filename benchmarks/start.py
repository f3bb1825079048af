"""How long a start takes: `python3 run.py bench start [ROUNDS]`.

Prints medians: importing the server, from `run.py` to the line “Parley is ready” on an empty data folder and on a used
one, and from Ctrl-C to the end. Beside them what importing aiohttp takes: a yardstick for the machine and its load.
"""

import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from server.bootstrap.environment import ROOT


def main(rest: list[str]) -> int:
    rounds = int(rest[0]) if rest else 5
    print(f"import aiohttp.web        {_median(rounds, lambda: _import('aiohttp.web')):6.2f} s")
    print(f"import server.cli.serve   {_median(rounds, lambda: _import('server.cli.serve')):6.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        first, _ = _start(Path(folder) / "data")
        print(f"first start to ready      {first:6.2f} s")
        starts = [_start(Path(folder) / "data") for _ in range(rounds)]
    print(f"warm start to ready       {statistics.median(start for start, _ in starts):6.2f} s")
    print(f"Ctrl-C to the end         {statistics.median(end for _, end in starts):6.2f} s")
    return 0


def _median(rounds: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(rounds))


def _import(module: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, check=True)
    return time.perf_counter() - began


def _start(data: Path) -> tuple[float, float]:
    """Seconds to ready, seconds to end."""
    began = time.perf_counter()
    line = [sys.executable, str(ROOT / "run.py"), "--no-browser", "--port", "0", "--data", str(data)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        ready = any(said.startswith("Parley is ready") for said in process.stdout)
        took = time.perf_counter() - began
        assert ready, "Parley did not start"
        process.send_signal(signal.SIGINT)
        asked = time.perf_counter()
        process.wait()
    return took, time.perf_counter() - asked
