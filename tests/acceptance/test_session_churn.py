"""`run.py bench session_churn` in small: what sessions in sequence leave behind."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_sessions_that_ended_leave_nothing() -> None:
    command = [sys.executable, str(ROOT / "run.py"), "bench", "session_churn", "--sessions", "80", "--no-wait"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing grew and nothing was left" in done.stdout
