"""Dashboard, modules, pulse and profile after three years: `run.py bench english_reads [--requests 300]`.

Starts the embedded servers, writes three years of daily work for twenty learners, and asks each operation over HTTP,
one request after the other. Prints p50, p95 and p99 in milliseconds; the goal is a p95 under 30 ms.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.english.catalog import load
from kit import logs
from kit.database import Database
from server.config import Settings
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from tests.support.node import Account, Parley, running

_LEARNERS = 20
_DAYS = 3 * 365
_TASKS_A_DAY = 8
_PATHS = (
    "/api/learn/english/dashboard",
    "/api/learn/english/modules",
    "/api/xp/learning-pulse",
    "/api/xp/profile",
    "/api/learn/english/xpi/history",
)
# $1 is the learner; the first statement also takes days, tasks a day and now, the last ones now.
_GRANTS = """
    insert into xp_grants (id, user_id, source_key, kind, reason, asked, amount, at, zone, day)
    select gen_random_uuid(), $1, 'b' || d || '.' || n, 'task.reading', 'benchmark', 12, 12,
        day + n * interval '5 minutes', 'UTC', day::date
    from (select d, $4::timestamptz - d * interval '1 day' as day from generate_series(0, $2::int - 1) d) days,
        generate_series(1, $3::int) n
"""
_FROM_GRANTS = (
    """
    insert into learners (user_id, xp_total)
    select user_id, sum(amount) from xp_grants where user_id = $1 group by user_id
    on conflict (user_id) do update set xp_total = excluded.xp_total
    """,
    """
    insert into xp_days (user_id, day, xp, first_at, last_at, zone)
    select user_id, day, sum(amount), min(at), max(at), 'UTC' from xp_grants where user_id = $1 group by user_id, day
    """,
    """
    insert into xp_day_kinds (user_id, day, kind, grants, xp)
    select user_id, day, kind, count(*), sum(amount) from xp_grants where user_id = $1 group by user_id, day, kind
    """,
    """
    insert into learning_intervals (user_id, source_key, kind, started_at, ended_at, zone)
    select user_id, source_key, 'english', at - interval '4 minutes', at, 'UTC' from xp_grants where user_id = $1
    """,
    """
    insert into learning_days (user_id, day, kind, milliseconds)
    select user_id, day, 'english', count(*) * 240000 from xp_grants where user_id = $1 group by user_id, day
    """,
    """
    insert into phoneme_days (user_id, day, phoneme, attempts, total, good)
    select user_id, day, phoneme, 6, 6 * (40 + length(phoneme) * 12), 3
    from xp_days, unnest(array['TH', 'R', 'L', 'AE', 'IH', 'V', 'W', 'NG', 'S', 'Z', 'T', 'D']) phoneme
    where user_id = $1
    """,
    """
    insert into english_submissions (id, user_id, module_id, task_id, variant, skill, score, xp_awarded, fingerprint,
        response, answer, created_at)
    select gen_random_uuid(), user_id, 'a1-meeting-people', 'profiles', 1, 'reading', 80, 12, source_key,
        '"a"', '{}', at
    from xp_grants where user_id = $1
    """,
    """
    insert into xpi_evidence (id, user_id, seq, source_key, skill, level, score, weight, at, reason, xpi, delta,
        formula_version)
    select gen_random_uuid(), user_id, row_number() over (order by at), source_key, 'reading', 'A1', 80, 1, at,
        'benchmark', 300, 1, 'xpi-2'
    from xp_grants where user_id = $1
    """,
    """
    insert into xpi_learners (user_id, seq)
    select user_id, max(seq) from xpi_evidence where user_id = $1 group by user_id
    on conflict (user_id) do update set seq = excluded.seq
    """,
)
_AT_NOW = (
    """
    insert into xpi_states (user_id, skill, ability, weight, fresh, samples, last_at)
    select $1, skill, 430, 12, 12, 2000, $2 from unnest(array['reading', 'writing', 'listening', 'speaking']) skill
    """,
    """
    insert into review_items (user_id, kind, item, half_life, practised_at, due_at, attempts, lapses)
    select $1, 'word', 'item' || n, 24, $2::timestamptz - interval '3 days',
        $2::timestamptz - n * interval '1 minute', 4, 1
    from generate_series(1, 2000) n
    """,
)


async def fill(database: Database, account: Account, now: datetime, days: int = _DAYS) -> None:
    """Three years (or so many days) of eight tasks a day; every second module completed."""
    async with database.transaction() as tx:
        await tx.execute(_GRANTS, account.user_id, days, _TASKS_A_DAY, now)
        for statement in _FROM_GRANTS:
            await tx.execute(statement, account.user_id)
        for statement in _AT_NOW:
            await tx.execute(statement, account.user_id, now)
        for number, module in enumerate(load.catalog().modules):
            done = now if number % 2 == 0 else None
            await tx.execute(
                "insert into english_modules values ($1, $2, $3, $4, $5)",
                account.user_id,
                module.id,
                now - timedelta(days=300),
                done,
                80 if done else None,
            )
            await tx.executemany(
                "insert into english_tasks values ($1, $2, $3, 1, 4, 80)",
                [(account.user_id, module.id, task.id) for task in module.tasks],
            )


async def measure(parley: Parley, accounts: list[Account], path: str, requests: int) -> list[float]:
    """Milliseconds from request to the whole answer."""
    took = []
    for number in range(requests):
        account = accounts[number % len(accounts)]
        started = time.perf_counter()
        async with parley.client.get(path, headers=account.headers) as response:
            assert response.status == 200, await response.text()
            await response.read()
        took.append((time.perf_counter() - started) * 1e3)
    return took


async def run(requests: int, database_url: str, redis_url: str, folder: Path) -> None:
    await migrate(database_url)
    settings = Settings(
        data_dir=folder,
        secret_key="0123456789abcdef0123456789abcdef",
        port=0,
        speech_at_start=False,
        whisper_download=False,
        limit_read=1_000_000,
        limit_login=1_000,
        limit_public=1_000,
        log_level="warning",
    )
    async with running(settings, database_url, redis_url) as parley:
        accounts = [await parley.account() for _ in range(_LEARNERS)]
        for account in accounts:
            await fill(parley.resources.database, account, datetime.now(UTC))
        async with parley.resources.database.connection() as cx:
            await cx.execute("analyze")
        for path in _PATHS:
            await measure(parley, accounts, path, _LEARNERS)
            took = await measure(parley, accounts, path, requests)
            cuts = statistics.quantiles(took, n=100)
            print(f"{path:36} p50 {cuts[49]:6.1f}  p95 {cuts[94]:6.1f}  p99 {cuts[98]:6.1f} ms")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench english_reads", description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    given = parser.parse_args(argv)
    logs.configure("warning")
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data")
        try:
            ends = stack.start()
            asyncio.run(run(given.requests, ends.database_url, ends.redis_url, Path(folder)))
        finally:
            stack.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
