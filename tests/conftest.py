"""Real servers for every test that wants one: started once a worker, a fresh database for each test."""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `serve` does
sys.path.insert(0, str(Path(__file__).parent.parent))

pytest_plugins = ["tests.support.servers", "tests.support.node"]
