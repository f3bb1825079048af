"""What operators see of live sessions."""

from prometheus_client import Counter, Gauge

SESSIONS = Gauge("parley_live_sessions", "Sessions that this process runs.", ["state"])
AUDIO_SECONDS = Counter("parley_audio_seconds", "Seconds of learners' sound that arrived, repeated frames left out.")
JOINS = Counter("parley_session_joins", "Clients that joined a session for the first time, or again.", ["how"])
REPLAYED = Counter("parley_events_replayed", "Events that were sent again to clients that came back.")
SNAPSHOTS = Counter("parley_session_snapshots", "Clients that came back too late for a replay and got a snapshot.")
TAKEN_OVER = Counter("parley_sessions_taken_over", "Sessions that this process continued after another one.")
ENDED = Counter("parley_sessions_ended", "Sessions that this process settled, by reason.", ["reason"])
BILLED_SECONDS = Counter("parley_billed_seconds", "Seconds that those sessions were billed.")
DRIFT_SECONDS = Counter(
    "parley_billing_drift_seconds", "Seconds by which bills differ from what the sessions counted, either way."
)

STATES = ("created", "active", "suspended", "ending")

for _state in STATES:
    SESSIONS.labels(_state)
for _how in ("new", "again"):
    JOINS.labels(_how)


def settled(reason: str, billed_seconds: int, used_ms: int) -> None:
    """A session was billed, whose own clock counted `used_ms`."""
    ENDED.labels(reason).inc()
    BILLED_SECONDS.inc(billed_seconds)
    DRIFT_SECONDS.inc(abs(billed_seconds - -(-used_ms // 1000)))
