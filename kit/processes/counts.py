"""What operators see of child processes."""

from prometheus_client import Counter, Gauge

RUNNING = Gauge("parley_child_processes", "Child processes that run.", ["process"])
STARTED = Counter("parley_child_processes_started_total", "Child processes started.", ["process"])
NOT_STARTED = Counter("parley_child_processes_not_started_total", "Child processes that could not be had.", ["process"])
ENDED = Counter("parley_child_processes_ended_total", "Child processes that have ended, by how.", ["process", "how"])
TROUBLED = Gauge("parley_child_processes_troubled", "Kept processes that end again and again.", ["process"])
