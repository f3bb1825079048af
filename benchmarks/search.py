"""Search latency over many messages: `run.py bench search [--messages 200000] [--queries 400] [--folder DIR]`.

Makes messages from a vocabulary whose word frequencies fall as in natural language (Zipf), half of them of one learner,
the rest of 99 others; then searches as that learner and as others: frequent, rare and misspelled words, one to three of
them, and beginnings of words. Prints p50, p95 and p99 in milliseconds by the clock, and of processor time, ours and
PostgreSQL's, which other work on the machine hardly changes.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from spellchecker import SpellChecker

from api.search.models import KINDS
from api.search.postgres import PostgresEngine
from api.search.service import Search
from kit import ids
from kit.database import Database
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate

_OWNERS = 100
_CONVERSATION = 20
_START = datetime(2026, 1, 1, tzinfo=UTC)


def vocabulary(size: int) -> list[str]:
    """The `size` most frequent English words."""
    known = SpellChecker().word_frequency.dictionary
    return [word for word in sorted(known, key=lambda one: -known[one]) if word.isalpha() and len(word) > 1][:size]


async def fill(database: Database, words: list[str], messages: int, chance: random.Random) -> list[str]:
    """Users, the first of whom wrote half of all messages; their ids."""
    owners = [ids.new_id() for _ in range(_OWNERS)]
    weights = [1 / (rank + 2.7) for rank in range(len(words))]

    def text(length: int) -> str:
        return " ".join(chance.choices(words, weights, k=length))

    async with database.transaction() as tx:
        await tx.executemany(
            "insert into users (id, email, username, password_hash, created_at, updated_at) "
            "values ($1, $2, $3, '', $4, $4)",
            [(owner, f"{n}@example.com", f"user{n}", _START) for n, owner in enumerate(owners)],
        )
    for done in range(0, messages, _CONVERSATION):
        owner = owners[0] if chance.random() < 0.5 else chance.choice(owners[1:])
        said = [text(chance.randint(4, 40)) for _ in range(min(_CONVERSATION, messages - done))]
        await _converse(database, owner, text(4), said, _START + timedelta(seconds=done * 7))
    async with database.connection() as cx:
        await cx.execute("analyze")
    return owners


async def _converse(database: Database, owner: str, title: str, said: list[str], at: datetime) -> None:
    """One conversation; learner and tutor take turns, a second each."""
    conversation = ids.new_id()
    rows = [
        (ids.new_id(), conversation, owner, ("user", "assistant")[n % 2], text, at + timedelta(seconds=n))
        for n, text in enumerate(said)
    ]
    async with database.transaction() as tx:
        await tx.execute(
            "insert into conversations (id, owner_id, title, untitled, created_at, updated_at) "
            "values ($1, $2, $3, false, $4, $4)",
            conversation,
            owner,
            title,
            at,
        )
        await tx.executemany(
            "insert into messages (id, conversation_id, owner_id, role, content, status, created_at) "
            "values ($1, $2, $3, $4, $5, 'complete', $6)",
            rows,
        )


def queries(words: list[str], count: int, chance: random.Random) -> list[tuple[str, str]]:
    made = []
    for number in range(count):
        kind = ("frequent", "rare", "mixed", "misspelled", "beginning")[number % 5]
        if kind == "frequent":
            text = " ".join(chance.sample(words[:60], chance.randint(1, 2)))
        elif kind == "rare":
            text = " ".join(chance.sample(words[2000:], 1))
        elif kind == "mixed":
            text = f"{chance.choice(words[:100])} {chance.choice(words[300:3000])}"
        elif kind == "misspelled":
            text = slipped(chance.choice([one for one in words[200:4000] if len(one) > 5]), chance)
        else:
            text = chance.choice(words[100:])[:3]
        made.append((kind, text))
    return made


def slipped(word: str, chance: random.Random) -> str:
    """`word` with two neighbours swapped or a letter left out."""
    at = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]


def on_processor(backend: int) -> float:
    """Milliseconds that this thread and that process have worked; Linux tells it of a process to the nanosecond."""
    spent = Path(f"/proc/{backend}/schedstat")
    theirs = int(spent.read_text().split()[0]) / 1e6 if spent.exists() else 0.0
    return theirs + time.thread_time() * 1000


async def measure(database: Database, owners: list[str], asked: list[tuple[str, str]], chance: random.Random) -> None:
    engine = PostgresEngine(database)
    search = Search(database, engine, engine)
    for _, text in asked[:20]:
        await search.search(owners[0], text, KINDS, 20)
    async with database.connection() as cx:
        backend = await cx.fetchval("select pg_backend_pid()")
    times: dict[str, list[float]] = {}
    worked: list[float] = []
    found = 0
    for number, (kind, text) in enumerate(asked):
        owner = owners[0] if number % 2 else chance.choice(owners)
        before, started = on_processor(backend), time.perf_counter()
        found += bool(await search.search(owner, text, KINDS, 20))
        times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        worked.append(on_processor(backend) - before)
    everything = [one for part in times.values() for one in part]
    for name, part in [*times.items(), ("all", everything), ("processor", worked)]:
        cut = statistics.quantiles(part, n=100)
        print(f"{name:11} n={len(part):4}  p50 {cut[49]:6.1f}  p95 {cut[94]:6.1f}  p99 {cut[98]:6.1f} ms")
    print(f"searches that found something: {found} of {len(asked)}")


async def run(messages: int, count: int, folder: Path) -> None:
    chance = random.Random(7)
    words = vocabulary(8000)
    stack = EmbeddedStack(folder / "data", durable=False)
    try:
        url = stack.start().database_url
        await migrate(url)
        database = await Database.open(url, max_size=1)
        async with database.connection() as cx:
            owners = [row["id"] for row in await cx.fetch("select id from users order by email = '0@example.com' desc")]
        if not owners:
            started = time.perf_counter()
            owners = await fill(database, words, messages, chance)
            seconds = time.perf_counter() - started
            print(f"{messages} messages written and indexed in {seconds:.0f} s ({messages / seconds:.0f} a second)")
        await measure(database, owners, queries(words, count, chance), chance)
        await database.close()
    finally:
        stack.stop()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench search", description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--folder", type=Path, help="Keep the database here and use it again.")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as made:
        asyncio.run(run(given.messages, given.queries, given.folder or Path(made)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
