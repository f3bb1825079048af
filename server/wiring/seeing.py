"""What operators see of a process as a whole: its parts, its event loop, its connections."""

import asyncio

from prometheus_client import Gauge, Histogram

from api.health.service import Health
from server.resources import Resources

_LOOK_SECONDS = 15.0
_PROBE_SECONDS = 0.1
_PAUSE_SECONDS = 0.4

_PARTS = Gauge("parley_parts", "Server processes that found a part in a state.", ["part", "state"])
_CHECKS = Histogram("parley_part_check_seconds", "Seconds to check a part.", ["part"])
_LAG = Histogram(
    "parley_loop_lag_seconds",
    "How late the event loop wakes a task.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
_CONNECTIONS = Gauge("parley_database_connections", "Connections to PostgreSQL in use, and at most.", ["what"])
_WAITING = Gauge("parley_database_waiting", "Tasks that wait for a connection to PostgreSQL.")


async def start(r: Resources, health: Health) -> None:
    """Look regularly, so that /metrics answers at once, also when a server hangs."""

    async def look() -> None:
        for result in await health.examine():
            for state in ("ok", "degraded", "down"):
                _PARTS.labels(result.name, state).set(state == result.status)
            _CHECKS.labels(result.name).observe(result.latency_ms / 1000)

    async def probe() -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + _PROBE_SECONDS
        await asyncio.sleep(_PROBE_SECONDS)
        _LAG.observe(max(0.0, loop.time() - due))
        used, most, waiting = r.database.load
        _CONNECTIONS.labels("used").set(used)
        _CONNECTIONS.labels("most").set(most)
        _WAITING.set(waiting)

    r.tasks.keep(look, name="look at the parts", pause=_LOOK_SECONDS, needed=False)
    r.tasks.keep(probe, name="measure the loop", pause=_PAUSE_SECONDS, needed=False)
