import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from api.english.review import ledger as review_ledger
from api.english.review.ledger import Practice
from kit.database import Database
from tests.support.learners import add_learner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def attempt(database: Database, user_id: str, practice: Practice) -> None:
    async with database.transaction() as tx:
        await review_ledger.practised(tx, user_id, practice)


async def due(database: Database, user_id: str, at: datetime) -> list[review_ledger.Due]:
    async with database.connection() as cx:
        return await review_ledger.due(cx, user_id, at, 10)


async def test_only_what_went_wrong_comes_back_and_later_after_each_success(database: Database) -> None:
    learner = await add_learner(database)
    await attempt(database, learner, Practice("word", "journey", False, NOW, "t1"))
    await attempt(database, learner, Practice("word", "house", True, NOW, "t1"))
    assert await due(database, learner, NOW) == []
    found = await due(database, learner, NOW + DAY)
    assert [(one.kind, one.item) for one in found] == [("word", "journey")]
    assert 0 < found[0].strength < 0.6
    await attempt(database, learner, Practice("word", "journey", True, NOW + DAY, "t2"))
    again = (await due(database, learner, NOW + 30 * DAY))[0]
    assert again.due_at - (NOW + DAY) > found[0].due_at - NOW


async def test_a_repeated_submission_counts_once(database: Database) -> None:
    learner = await add_learner(database)
    await asyncio.gather(*(attempt(database, learner, Practice("phoneme", "TH", False, NOW, "t1")) for _ in range(20)))
    async with database.connection() as cx:
        assert await cx.fetchval("select attempts from review_items") == 1


async def test_the_longest_overdue_comes_first(database: Database) -> None:
    learner = await add_learner(database)
    await attempt(database, learner, Practice("word", "second", False, NOW + timedelta(hours=2), "t1"))
    await attempt(database, learner, Practice("word", "first", False, NOW, "t2"))
    assert [one.item for one in await due(database, learner, NOW + 5 * DAY)] == ["first", "second"]


async def test_an_unknown_kind_is_refused(database: Database) -> None:
    learner = await add_learner(database)
    with pytest.raises(ValueError):
        await attempt(database, learner, Practice("smell", "x", False, NOW, "t"))
