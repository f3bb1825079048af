"""Owns an embedded stack until it is killed: `python owner.py DATA_DIR` prints its URLs and child process ids."""

import json
import signal
import sys
from pathlib import Path

from server.embedded.stack import EmbeddedStack

data_dir = Path(sys.argv[1])
stack = EmbeddedStack(data_dir)
endpoints = stack.start()
record = json.loads((data_dir / "embedded.json").read_text())
print(json.dumps({"database_url": endpoints.database_url, "redis_url": endpoints.redis_url, **record}), flush=True)
signal.pause()
