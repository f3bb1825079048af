"""What is counted of the log that nodes leave after a chaos run."""

from pathlib import Path

from benchmarks.chaos.aftermath import logged

_TRACE = """{"event": "ready"}
{"event": "database_unavailable", "error": "FileNotFoundError"}
Traceback (most recent call last):
  File "database.py", line 1, in open
FileNotFoundError: [Errno 2] No such file or directory

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "node.py", line 1, in main
kit.errors.Failure: unavailable
Traceback (most recent call last):
  File "node.py", line 2, in main
KeyError: 'x'
"""


def test_a_trace_counts_once_by_what_was_raised_last(tmp_path: Path) -> None:
    log = tmp_path / "nodes.log"
    log.write_text(_TRACE)
    assert logged(log) == {"ready": 1, "database_unavailable": 1, "kit.errors.Failure": 1, "KeyError": 1}
    assert logged(tmp_path / "none") == {}
