import asyncio
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from api.progress import intervals, time_store
from api.progress.learning_time import KINDS, LearningTime
from api.progress.quest_book import QuestBook
from kit.database import Connection, Database
from tests.support.learners import add_learner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class NoSkills:
    async def weakest(self, tx: Connection, user_id: str) -> list[str]:
        return []


@pytest.fixture
def learning_time() -> LearningTime:
    return LearningTime(QuestBook(NoSkills()))


async def record(
    database: Database, learning_time: LearningTime, user_id: str, kind: str, minutes: tuple[int, int], key: str = ""
) -> None:
    """From minute to minute after NOW."""
    first, last = minutes
    async with database.transaction() as tx:
        await learning_time.record(
            tx,
            user_id=user_id,
            kind=kind,
            started_at=NOW + MINUTE * first,
            ended_at=NOW + MINUTE * last,
            source_key=key or f"{kind}:{first}:{last}",
        )


async def days(database: Database, user_id: str) -> dict[tuple[date, str], int]:
    async with database.connection() as cx:
        rows = await time_store.by_day_and_kind(cx, user_id, date(2020, 1, 1), date(2030, 1, 1))
    return {(day, kind): milliseconds // 1000 for day, kind, milliseconds in rows}


async def test_overlapping_sessions_count_once(database: Database, learning_time: LearningTime) -> None:
    learner = await add_learner(database)
    await record(database, learning_time, learner, "live", (0, 30))
    await record(database, learning_time, learner, "english", (20, 40))
    await record(database, learning_time, learner, "conversation", (10, 25))
    assert await days(database, learner) == {(NOW.date(), "live"): 1800, (NOW.date(), "english"): 600}


async def test_the_same_source_key_counts_once(database: Database, learning_time: LearningTime) -> None:
    learner = await add_learner(database)
    await asyncio.gather(*(record(database, learning_time, learner, "live", (0, 10), "live:1") for _ in range(20)))
    assert await days(database, learner) == {(NOW.date(), "live"): 600}


async def test_a_session_over_midnight_is_split_in_the_learners_zone(
    database: Database, learning_time: LearningTime
) -> None:
    learner = await add_learner(database, "Asia/Kolkata")
    midnight = int(timedelta(hours=9, minutes=30) / MINUTE)
    await record(database, learning_time, learner, "live", (midnight - 10, midnight + 5))
    assert await days(database, learner) == {(date(2026, 3, 2), "live"): 600, (date(2026, 3, 3), "live"): 300}


async def test_reversed_and_empty_sessions_count_nothing(database: Database, learning_time: LearningTime) -> None:
    learner = await add_learner(database)
    await record(database, learning_time, learner, "live", (5, 5))
    await record(database, learning_time, learner, "live", (9, 5))
    assert await days(database, learner) == {}
    with pytest.raises(ValueError):
        await record(database, learning_time, learner, "sleeping", (0, 5))


async def test_days_add_up_to_the_union_whatever_the_order(database: Database, learning_time: LearningTime) -> None:
    learner = await add_learner(database, "America/New_York")
    chance = random.Random(7)
    spans = []
    for n in range(60):
        start = chance.randrange(0, 3000)
        spans.append((start, start + chance.randrange(1, 200)))
        await record(database, learning_time, learner, chance.choice(KINDS), spans[-1], key=f"s{n}")
    whole = intervals.length((NOW + MINUTE * a, NOW + MINUTE * b) for a, b in spans)
    assert sum((await days(database, learner)).values()) == whole.total_seconds()
    async with database.connection() as cx:
        assert await learning_time.seconds(cx, learner, NOW, NOW + MINUTE * 4000) == whole.total_seconds()
        cut = [(max(a, 500), min(b, 700)) for a, b in spans]
        expected = intervals.length((NOW + MINUTE * a, NOW + MINUTE * b) for a, b in cut)
        assert await learning_time.seconds(cx, learner, NOW + MINUTE * 500, NOW + MINUTE * 700) == expected.seconds


async def test_this_week_begins_on_the_learners_sunday(database: Database, learning_time: LearningTime) -> None:
    learner = await add_learner(database)
    await record(database, learning_time, learner, "live", (-48 * 60, -48 * 60 + 10))
    await record(database, learning_time, learner, "live", (-24 * 60, -24 * 60 + 7))
    async with database.connection() as cx:
        assert await learning_time.this_week(cx, learner, NOW) == 7 * 60
