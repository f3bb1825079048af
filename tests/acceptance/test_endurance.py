"""The drill and the churn in small: what `run.py chaos` and `run.py bench session_churn` show at length.

Neither judges how long anything took: that is for a machine that does nothing else.
"""

import subprocess
import sys
from pathlib import Path

from benchmarks.chaos.trouble import KINDS

ROOT = Path(__file__).resolve().parents[2]


def parley(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)


def test_nothing_is_lost_while_nodes_servers_and_lines_die() -> None:
    done = parley("chaos", "--seconds", "60", "--learners", "6", "--reading", "1", "--seed", "60", "--patient")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "quota_drift_seconds: 0.0" in done.stdout
    assert all(f"{kind} ×" in done.stdout for kind in (*KINDS, "suspend"))


def test_sessions_leave_nothing_behind() -> None:
    done = parley("bench", "session_churn", "--sessions", "300", "--no-wait")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing grew and nothing was left" in done.stdout
