"""What operators see of the worker pool."""

from typing import get_args

from prometheus_client import Counter, Gauge, Histogram

from speech.transcription.types import Kind

_BUCKETS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8)
QUEUE_SECONDS = Histogram("parley_recognition_queue_seconds", "Waiting for a worker.", ["kind"], buckets=_BUCKETS)
ENGINE_SECONDS = Histogram(
    "parley_recognition_engine_seconds", "A worker's time for a job.", ["kind"], buckets=_BUCKETS
)
LOST = Counter("parley_recognition_workers_lost_total", "Workers that died, hung or grew too large.", ["why"])
WORKERS = Gauge("parley_recognition_workers", "Workers that are ready.")
BUSY = Gauge("parley_recognition_busy_share", "Share of the workers' time in use over the last ten seconds.")
WAITING = Gauge("parley_recognition_waiting", "Speakers and recordings that wait for a worker.")

for _kind in get_args(Kind):  # a rate has to begin at 0
    QUEUE_SECONDS.labels(_kind)
    ENGINE_SECONDS.labels(_kind)
