"""Children that are tied to their parent."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

PARENT = """
import asyncio, subprocess, sys, time
from kit import processes

async def main():
    child = await asyncio.create_subprocess_exec("sleep", "60", preexec_fn=processes.dies_with_us())
    print(child.pid, flush=True)
    time.sleep(60)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_a_child_ends_with_a_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().strip()
        assert child.exists()
        parent.kill()
    deadline = time.monotonic() + 5
    while child.exists() and "Z" not in (child / "stat").read_text().rsplit(")", 1)[1]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
