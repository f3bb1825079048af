"""Real servers for every test that wants one: started once a worker, a fresh database for each test."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

pytest_plugins = ["tests.support.servers", "tests.support.node"]
