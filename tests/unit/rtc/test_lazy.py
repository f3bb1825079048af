"""What a server without WebRTC clients does not pay for."""

import subprocess
import sys
from pathlib import Path


def test_the_server_starts_without_loading_aiortc() -> None:
    program = "import server.app, sys; print([m for m in ('aiortc', 'aioice') if m in sys.modules])"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
