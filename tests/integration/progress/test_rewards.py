import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.english.ports import Earned
from api.progress import boosters, levels, store
from api.progress.quest_book import QuestBook
from api.progress.rewards import Rewards
from api.progress.streak_reader import Streaks
from kit.database import Connection, Database
from tests.support.learners import add_learner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class WritingIsWeakest:
    async def weakest(self, tx: Connection, user_id: str) -> list[str]:
        return ["writing"]


@pytest.fixture
def rewards() -> Rewards:
    return Rewards(QuestBook(WritingIsWeakest()))


async def give(database: Database, rewards: Rewards, user_id: str, amount: int, key: str, **more: Any) -> int:
    grant = {"kind": "task.reading", "reason": "A task", "at": NOW, **more}
    async with database.transaction() as tx:
        return await rewards.grant(tx, user_id, Earned(amount=amount, source_key=key, **grant))


async def everything(database: Database, user_id: str) -> dict[str, Any]:
    """The sums kept by day, and what the ledger says they must be."""
    async with database.connection() as cx:
        return {
            "wallet": await cx.fetchval("select xp_total from learners where user_id = $1", user_id),
            "days": await cx.fetchval("select sum(xp) from xp_days where user_id = $1", user_id),
            "kinds": await cx.fetchval("select sum(xp) from xp_day_kinds where user_id = $1", user_id),
            "ledger": await cx.fetchval("select sum(amount) from xp_grants where user_id = $1", user_id),
            "tokens": await cx.fetchval("select tokens from learners where user_id = $1", user_id),
            "token_ledger": await cx.fetchval(
                "select coalesce(sum(amount), 0) from token_entries where user_id = $1", user_id
            ),
        }


async def test_a_source_key_gives_xp_once(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    assert await give(database, rewards, learner, 12, "task:1") == 12
    assert await give(database, rewards, learner, 12, "task:1") == 0
    assert await give(database, rewards, learner, 5, "task:2") == 5
    assert (await everything(database, learner))["ledger"] == 17


async def test_another_learner_may_use_the_same_source_key(database: Database, rewards: Rewards) -> None:
    first, second = await add_learner(database), await add_learner(database)
    assert await give(database, rewards, first, 5, "module:a1") == 5
    assert await give(database, rewards, second, 5, "module:a1") == 5


async def test_a_hundred_identical_grants_at_once_give_xp_once(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    given = await asyncio.gather(*(give(database, rewards, learner, 10, "task:same") for _ in range(100)))
    assert sorted(given) == [0] * 99 + [10]
    sums = await everything(database, learner)
    assert sums["wallet"] == sums["days"] == sums["kinds"] == sums["ledger"] == 10


async def test_grants_in_crossed_order_neither_deadlock_nor_lose_points(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    keys = [f"task:{n}" for n in range(12)]

    async def several(order: list[str]) -> int:
        async with database.transaction() as tx:
            total = 0
            for key in order:
                total += await rewards.grant(tx, learner, Earned(7, "task.writing", key, "", NOW))
            return total

    totals = await asyncio.gather(*(several(keys if n % 2 else keys[::-1]) for n in range(8)))
    assert sum(totals) == 7 * len(keys)
    sums = await everything(database, learner)
    assert sums["wallet"] == sums["days"] == sums["kinds"] == sums["ledger"]


async def test_a_rolled_back_transaction_gives_nothing(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    with pytest.raises(RuntimeError):
        async with database.transaction() as tx:
            await rewards.grant(tx, learner, Earned(9, "live", "k", "", NOW))
            raise RuntimeError
    assert await give(database, rewards, learner, 9, "k") == 9


async def test_nothing_is_taken_away_and_zero_leaves_the_key_unused(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    with pytest.raises(ValueError):
        await give(database, rewards, learner, -1, "k")
    assert await give(database, rewards, learner, 0, "k") == 0
    assert await give(database, rewards, learner, 3, "k") == 3


async def test_an_unknown_user_is_an_error(database: Database, rewards: Rewards) -> None:
    with pytest.raises(LookupError):
        await give(database, rewards, "0198c0de-0000-7000-8000-000000000000", 1, "k")


async def test_each_level_brings_tokens_once(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    await give(database, rewards, learner, levels.starts_at(4), "big", kind="other")
    sums = await everything(database, learner)
    async with database.connection() as cx:
        reasons = await cx.fetch("select source_key, amount from token_entries where source_key like 'level:%'")
    assert {tuple(row) for row in reasons} >= {("level:2", 5), ("level:3", 5), ("level:4", 5)}
    assert sums["tokens"] == sums["token_ledger"]


async def test_a_booster_multiplies_and_the_ledger_keeps_what_was_asked(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database)
    await give(database, rewards, learner, 1, "first")
    async with database.transaction() as tx:
        await store.set_booster(tx, learner, boosters.Booster(200, NOW + timedelta(minutes=10)))
    assert await give(database, rewards, learner, 7, "boosted") == 14
    assert await give(database, rewards, learner, 7, "later", at=NOW + timedelta(minutes=10)) == 7
    async with database.connection() as cx:
        row = await cx.fetchrow("select asked, amount from xp_grants where source_key = 'boosted'")
    assert row is not None and tuple(row) == (7, 14)


async def test_the_day_is_that_of_the_zone_at_the_time(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database, "Asia/Tokyo")
    late = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    await give(database, rewards, learner, 5, "in tokyo", at=late)
    async with database.connection() as cx:
        await cx.execute("update users set timezone = 'America/New_York' where id = $1", learner)
    await give(database, rewards, learner, 6, "in new york", at=late + timedelta(minutes=1))
    async with database.connection() as cx:
        days = await cx.fetch("select day, zone from xp_grants where kind <> 'quest' order by at")
    assert [tuple(row) for row in days] == [(date(2026, 3, 3), "Asia/Tokyo"), (date(2026, 3, 2), "America/New_York")]
    async with database.connection() as cx:
        assert await Streaks().current(cx, learner, late + timedelta(hours=1)) == 2


async def test_completing_quests_rewards_once_and_all_of_them_start_a_booster(
    database: Database, rewards: Rewards
) -> None:
    learner = await add_learner(database)
    for n in range(40):
        await give(database, rewards, learner, 10, f"task:{n}", kind="task.writing")
        await give(database, rewards, learner, 1, f"talk:{n}", kind="live")
    async with database.connection() as cx:
        book = await QuestBook(WritingIsWeakest()).of_day(cx, learner, NOW.date())
        granted = await cx.fetch("select source_key, asked, amount from xp_grants where kind = 'quest'")
    assert "skill:writing" in book.completed
    assert {row["source_key"] for row in granted} == {f"quest:2026-03-02:{quest}" for quest in book.completed}
    rewards_of = {quest.id: quest.xp_reward for quest in book.quests}
    assert sum(row["amount"] for row in granted) == sum(rewards_of[quest] for quest in book.completed)
    sums = await everything(database, learner)
    assert sums["tokens"] == sums["token_ledger"]
    assert sums["wallet"] == sums["ledger"]


async def test_days_in_a_row_are_read_as_one_row_with_its_edges(database: Database, rewards: Rewards) -> None:
    learner = await add_learner(database, "Europe/Berlin")
    offsets = [0, 1, 2, 5, 7, 8]
    for offset in offsets:
        for hours in (0, 3):
            at = NOW + timedelta(days=offset, hours=hours)
            await give(database, rewards, learner, 1, f"{offset}:{hours}", at=at, kind="other")
    async with database.connection() as cx:
        rows = (await store.active_days(cx, [learner]))[learner]
    first = NOW.date()
    assert [((row.first - first).days, (row.last - first).days) for row in rows] == [(0, 2), (5, 5), (7, 8)]
    assert [row.first_at for row in rows] == [NOW + timedelta(days=day) for day in (0, 5, 7)]
    assert [row.last_at for row in rows] == [NOW + timedelta(days=day, hours=3) for day in (2, 5, 8)]
    assert {row.zone for row in rows} == {"Europe/Berlin"}
