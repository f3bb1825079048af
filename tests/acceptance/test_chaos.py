"""`run.py chaos` in small. It does not judge how long anything took: that is for a machine that does nothing else."""

import subprocess
import sys
from pathlib import Path

from benchmarks.chaos.trouble import KINDS

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_lost_while_nodes_servers_and_lines_die() -> None:
    command = [sys.executable, str(ROOT / "run.py"), "chaos", "--patient", "--seed", "60"]
    command += ["--seconds", "60", "--learners", "6", "--reading", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "quota_drift_seconds: 0.0" in done.stdout
    assert all(f"{kind} ×" in done.stdout for kind in (*KINDS, "suspend"))
