"""Latency of a learner's pages after years of learning: `run.py bench progress [--years 3] [--calls 200]`.

Makes one learner with a grant, sessions and pronunciation reports on nearly every day of the years (and 50 others with
a month each), through the same doors that the server uses, then asks for every page over HTTP on a whole node. Prints
p50, p95 and p99 in milliseconds as a client on the same machine sees them, the CPU time that client and node took
together (without PostgreSQL), and what one more grant costs.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from api.english.ports import Earned
from api.english.xpi import formula as xpi
from api.english.xpi import ledger as xpi_ledger
from api.progress import assembly, phonemes
from kit import ids, logs
from kit.database import Database
from server import resources
from server.app import create_app
from server.config import Settings
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from server.resources import Resources
from tests.support import reports

PATHS = (
    "/api/xp/profile",
    "/api/xp/streak-status",
    "/api/xp/weekly-activity",
    "/api/xp/learning-pulse",
    "/api/xp/quests",
    "/api/analytics/learning-time",
    "/api/analytics/phonemes",
    "/api/learn/english/modules",
    "/api/learn/english/dashboard",
    "/api/learn/english/xpi",
    "/api/learn/english/xpi/history",
    "/api/learn/english/review",
)
PASSWORD = "correct horse battery"


async def history(r: Resources, user_id: str, days: int, chance: random.Random) -> None:
    """A learner's days: two to five tasks, one or two sessions, one scored reading; one day in twelve is skipped."""
    doors = assembly.assemble(r.database, r.clock, xpi_ledger)
    names = sorted(phonemes.IPA)
    now = datetime.now(UTC).replace(microsecond=0)
    for ago in range(days, -1, -1):
        if chance.random() < 1 / 12:
            continue
        at = now - timedelta(days=ago, minutes=chance.randrange(1, 300))
        async with r.database.transaction() as tx:
            for number in range(chance.randint(2, 5)):
                skill, key = chance.choice(xpi.SKILLS), f"task:{ago}:{number}"
                entry = xpi_ledger.Entry(skill, chance.uniform(40, 100), "B1", at, key, "A task")
                await xpi_ledger.record(tx, user_id, entry)
                await doors.rewards.grant(tx, user_id, Earned(12, f"task.{skill}", key, "A task", at))
            for kind in chance.sample(("english", "live"), chance.randint(1, 2)):
                await doors.learning_time.record(
                    tx,
                    user_id=user_id,
                    kind=kind,
                    started_at=at - timedelta(minutes=20),
                    ended_at=at,
                    source_key=f"{kind}:{ago}",
                )
            phones = [reports.phone(chance.choice(names), chance.uniform(30, 100)) for _ in range(60)]
            report = reports.report(65.0, reports.word("x", 65.0, "none", *phones))
            await doors.phoneme_log.record(
                tx, user_id=user_id, at=at, pronunciation=report, source_key=f"reading:{ago}"
            )


async def others(database: Database, count: int) -> list[str]:
    made = [ids.new_id() for _ in range(count)]
    async with database.transaction() as tx:
        await tx.executemany(
            "insert into users (id, email, username, password_hash, created_at, updated_at) "
            "values ($1, $2, $3, '', now(), now())",
            [(one, f"{one}@example.com", f"u{one[-12:]}") for one in made],
        )
    return made


async def timed(name: str, calls: int, act: Callable[[int], Awaitable[None]]) -> None:
    times, worked = [], time.process_time()
    for number in range(calls):
        begun = time.perf_counter()
        await act(number)
        times.append((time.perf_counter() - begun) * 1000)
    worked = (time.process_time() - worked) * 1000 / calls
    cut = statistics.quantiles(times, n=100)
    print(f"{name:34} p50 {cut[49]:6.1f}  p95 {cut[94]:6.1f}  p99 {cut[98]:6.1f} ms   cpu {worked:5.1f} ms")


async def measure(r: Resources, years: float, calls: int) -> None:
    chance = random.Random(11)
    async with TestClient(TestServer(create_app(r))) as client:
        body = {"email": "ana@example.com", "username": "ana", "password": PASSWORD, "timezone": "Europe/Berlin"}
        async with client.post("/api/auth/register", json=body) as response:
            user_id = (await response.json())["id"]
        async with client.post("/api/auth/login", data={"username": "ana", "password": PASSWORD}) as response:
            headers = {"Authorization": f"Bearer {(await response.json())['access_token']}"}
        begun = time.perf_counter()
        await history(r, user_id, round(years * 365), chance)
        for other in await others(r.database, 50):
            await history(r, other, 30, chance)
        async with r.database.connection() as cx:
            await cx.execute("analyze")
            grants = await cx.fetchval("select count(*) from xp_grants where user_id = $1", user_id)
        print(f"{years:g} years, {grants} grants, made in {time.perf_counter() - begun:.0f} s; {calls} calls a page")
        for path in PATHS:

            async def ask(_: int, path: str = path) -> None:
                async with client.get(path, headers=headers) as response:
                    await response.read()
                    if response.status != 200:
                        raise RuntimeError(f"{path} answered {response.status}")

            for number in range(10):
                await ask(number)
            await timed(path, calls, ask)
        await grant(r, user_id, calls)


async def grant(r: Resources, user_id: str, calls: int) -> None:
    doors = assembly.assemble(r.database, r.clock, xpi_ledger)

    async def give(number: int) -> None:
        async with r.database.transaction() as tx:
            earned = Earned(5, "task.reading", f"now:{number}", "A task", datetime.now(UTC))
            await doors.rewards.grant(tx, user_id, earned)

    await timed("one more grant", calls, give)


async def run(years: float, calls: int) -> None:
    with tempfile.TemporaryDirectory(prefix="parley-benchmark-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data", durable=False)
        try:
            ends = stack.start()
            await migrate(ends.database_url)
            # Limits are not what is measured, recognition is not needed.
            settings = Settings(
                data_dir=Path(folder) / "files", secret_key="0" * 32, limit_read=10**6, speech_at_start=False
            )
            async with resources.opened(settings, database_url=ends.database_url, redis_url=ends.redis_url) as opened:
                await measure(opened, years, calls)
        finally:
            stack.stop()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench progress", description=__doc__)
    parser.add_argument("--years", type=float, default=3.0)
    parser.add_argument("--calls", type=int, default=200)
    given = parser.parse_args(argv)
    logs.configure("warning")
    asyncio.run(run(given.years, given.calls))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
