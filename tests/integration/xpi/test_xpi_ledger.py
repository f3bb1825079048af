import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.english.xpi import formula as xpi
from api.english.xpi import ledger as xpi_ledger
from kit.database import Database
from tests.support.learners import add_learner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def record(database: Database, user_id: str, key: str, score: float = 80.0, **more: Any) -> xpi_ledger.Change:
    evidence: dict[str, Any] = {"skill": "reading", "level": "B1", "at": NOW, "reason": "A task", **more}
    async with database.transaction() as tx:
        return await xpi_ledger.record(tx, user_id, xpi_ledger.Entry(score=score, source_key=key, **evidence))


async def test_the_stored_state_is_the_replayed_ledger_to_the_bit(database: Database) -> None:
    learner = await add_learner(database)
    chance = random.Random(3)
    for n in range(40):
        await record(
            database,
            learner,
            f"k{n}",
            chance.uniform(0, 100),
            skill=chance.choice(xpi.SKILLS),
            level=chance.choice(sorted(xpi.BANDS)),
            at=NOW + timedelta(hours=chance.uniform(0, 5000)),
            weight=chance.choice([0.5, 1.0, 2.0]),
        )
    async with database.connection() as cx:
        stored, replayed = await xpi_ledger.stored(cx, learner), await xpi_ledger.replayed(cx, learner)
        standing = await xpi_ledger.current(cx, learner, NOW)
        rows = await xpi_ledger.history(cx, learner, None, None, 100, None)
        last = await cx.fetchval("select xpi from xpi_evidence where user_id = $1 order by seq desc limit 1", learner)
        level = await cx.fetchval("select cefr_level from users where id = $1", learner)
    assert stored == replayed
    assert {n: s.ability.hex() for n, s in stored.items()} == {n: s.ability.hex() for n, s in replayed.items()}
    assert standing.xpi == last == 100 + sum(row.delta for row in rows)
    assert level == standing.cefr_level


async def test_a_source_key_counts_once_however_many_try(database: Database) -> None:
    learner = await add_learner(database)
    changes = await asyncio.gather(*(record(database, learner, "same", 100) for _ in range(30)))
    assert len([change for change in changes if change.before != change.after]) == 1
    async with database.connection() as cx:
        assert (await xpi_ledger.current(cx, learner, NOW)).samples == 1


async def test_history_is_paged_newest_first_and_bounded(database: Database) -> None:
    learner = await add_learner(database)
    for n in range(5):
        await record(database, learner, f"k{n}", at=NOW + timedelta(days=n), reason=f"Task {n}")
    async with database.connection() as cx:
        first = await xpi_ledger.history(cx, learner, None, None, 2, None)
        rest = await xpi_ledger.history(cx, learner, None, None, 9, (first[-1].at, first[-1].id))
        middle = await xpi_ledger.history(cx, learner, NOW + timedelta(days=1), NOW + timedelta(days=3), 9, None)
    assert [row.reason for row in first + rest] == ["Task 4", "Task 3", "Task 2", "Task 1", "Task 0"]
    assert [row.reason for row in middle] == ["Task 2", "Task 1"]


async def test_impossible_evidence_is_refused_and_leaves_nothing(database: Database) -> None:
    learner = await add_learner(database)
    with pytest.raises(ValueError):
        await record(database, learner, "k", skill="singing")
    async with database.connection() as cx:
        standing = await xpi_ledger.current(cx, learner, NOW)
        assert (standing.xpi, standing.samples) == (100, 0)
        assert await xpi_ledger.weakest(cx, learner) == []
