"""What should not be there when everybody has gone."""

import asyncio
import re
from collections import Counter
from pathlib import Path

import orjson

from benchmarks.chaos.fleet import SILENCE_S, Fleet
from kit.database import Database
from kit.redis import connect
from realtime.node.leases import SHUT_OUT_MS
from server.embedded.stack import Endpoints

_CAUSED = b"The above exception was the direct cause"
_RAISED = re.compile(rb"([\w.]+(?:Error|Exception|Failure))\b")
_LOCKED = "select count(*) from pg_stat_activity where state like 'idle in transaction%'"
_RUNNING = "select count(*) from live_sessions where ended_at is null"
_UNLIKE_USE = """
    select count(*) from live_sessions s where billed_seconds <> (
      select ceil(greatest(heard_ms / 1000.0, coalesce(sum(extract(epoch from upper(r) - lower(r))), 0))) from (
        select unnest(range_agg(tstzrange(started_at, ended_at))) as r
        from live_intervals where session_id = s.id) as stretches)
"""
_UNLIKE_USAGE = """
    select count(*) from live_sessions s where billed_seconds <>
      (select coalesce(sum(seconds), 0) from live_usage where session_id = s.id)
"""
_AT_TWO_TIMES = """
    select count(*) from live_sessions s where ended_at is not null and exists (
      select 1 from live_intervals where session_id = s.id and ended_at > s.ended_at)
"""


async def left_behind(fleet: Fleet, endpoints: Endpoints) -> dict[str, int]:
    await fleet.all_ready()
    # What shuts a late owner out of a closed session stays that long; a lease that is still there is being renewed.
    await asyncio.sleep(max(SILENCE_S, SHUT_OUT_MS / 1000 + 0.5))
    figures = await in_the_database(endpoints.database_url)
    redis = connect(endpoints.redis_url)
    figures["leases"] = len([key async for key in redis.scan_iter("parley:live:*:owner")])
    await redis.aclose()
    nodes = await fleet.ask("/left")
    figures["tasks of sessions"] = sum(len(node["tasks"]) for node in nodes)
    figures["sessions, listeners and peers in nodes"] = round(sum(sum(node["gauges"].values()) for node in nodes))
    return figures


async def in_the_database(url: str) -> dict[str, int]:
    """How many rows are as they should not be, by what is wrong with them."""
    database = await Database.open(url, max_size=2)
    try:
        async with database.connection() as cx:
            return {
                "sessions still running": await cx.fetchval(_RUNNING),
                "transactions left open": await cx.fetchval(_LOCKED),
                "bills unlike the time in use and the sound": await cx.fetchval(_UNLIKE_USE),
                "bills unlike the usage": await cx.fetchval(_UNLIKE_USAGE),
                "sessions used after their end": await cx.fetchval(_AT_TWO_TIMES),
            }
    finally:
        await database.close()


def logged(path: Path) -> Counter[str]:
    """How often nodes logged what, by event, with a trace apart from without; traces that are no event count by their
    exception, and not by its cause as well."""
    counts: Counter[str] = Counter()
    raised = ""
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            told = orjson.loads(line)
            counts[told["event"] + (" (trace)" if "exception" in told else "")] += 1
        except (orjson.JSONDecodeError, KeyError, TypeError):
            if found := _RAISED.match(line):
                raised = found[1].decode()
                counts[raised] += 1
            elif raised and line.startswith(_CAUSED):
                counts[raised] -= 1
    return +counts
