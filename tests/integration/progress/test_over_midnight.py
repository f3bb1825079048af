"""Sessions that end after the learner's midnight: XP, quests and streaks go to the days on which was learned."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.english.ports import Earned
from api.english.xpi import ledger as xpi_ledger
from api.progress.assembly import ProgressDoors, assemble
from kit.database import Database
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.english import FIRST, Learner, perfect
from tests.support.learners import add_learner
from tests.support.node import Account, Parley, running

BEFORE = datetime(2026, 3, 2, 23, 58, 40, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(BEFORE)


@pytest.fixture
async def node(database_url: str, redis_url: str, settings: Settings, clock: FakeClock) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, clock=clock) as parley:
        yield parley


@pytest.fixture
def progress(database: Database, clock: FakeClock) -> ProgressDoors:
    return assemble(database, clock, xpi_ledger)


async def ask(node: Parley, who: Account, method: str, path: str, **body: Any) -> Any:
    sent: dict[str, Any] = {"json": body} if method == "POST" else {}
    async with node.client.request(method, path, headers=who.headers, **sent) as response:
        assert response.status < 300, await response.text()
        return await response.json()


async def days(database: Database, kind: str) -> dict[date, int]:
    async with database.connection() as cx:
        rows = await cx.fetch("select day, sum(amount) as xp from xp_grants where kind = $1 group by day", kind)
    return {row["day"]: row["xp"] for row in rows}


async def test_a_live_session(node: Parley, database: Database, clock: FakeClock) -> None:
    ana = await node.account()
    session = await ask(node, ana, "POST", "/api/live/session/start", session_type="voice")
    beat = {"session_id": session["session_id"]}
    for _ in range(24):
        await ask(node, ana, "POST", "/api/live/session/heartbeat", **beat)
        clock.advance(10)
    ended = await ask(node, ana, "POST", "/api/live/session/end", **beat)
    found = await days(database, "live")
    assert found.keys() == {MONDAY, TUESDAY} and sum(found.values()) == ended["xp_awarded"]
    assert (await ask(node, ana, "GET", "/api/xp/streak-status"))["current_streak"] == 2


async def test_a_conversation_that_is_ended_long_after(node: Parley, database: Database, clock: FakeClock) -> None:
    ana = await node.account()
    talk = await ask(node, ana, "POST", "/api/core/conversations", title="Talk")
    path = f"/api/core/conversations/{talk['id']}/session"
    await ask(node, ana, "POST", f"{path}/start")
    clock.advance(70)
    await ask(node, ana, "POST", f"{path}/activity")
    clock.advance(600)  # the pause is not counted, and the end is on Tuesday
    assert (await ask(node, ana, "POST", f"{path}/end"))["xp_awarded"] == 2
    assert await days(database, "conversation") == {MONDAY: 2}
    streak = await ask(node, ana, "GET", "/api/xp/streak-status")
    assert (streak["current_streak"], streak["streak_at_risk"]) == (1, True)


async def test_an_english_session(node: Parley, database: Database, clock: FakeClock) -> None:
    learner = Learner(node, await node.account())
    await learner.call("POST", f"/modules/{FIRST}/start", json={})
    session = await learner.call("POST", "/sessions/start", 201, json={"module_id": FIRST})
    clock.advance(40)
    tasks = [task["id"] for task in (await learner.module())["tasks"] if task["skill"] in ("reading", "listening")]
    for task in tasks[:3]:
        await learner.submit(task, perfect(task), session_id=session["session_id"])
    clock.advance(280)
    ended = await learner.call("POST", "/sessions/end", json={"session_id": session["session_id"]})
    found = await days(database, "session")
    assert found.keys() == {MONDAY, TUESDAY} and sum(found.values()) <= ended["xp_awarded"]


async def test_a_repeated_grant_gives_nothing_whatever_the_zone_is_now(
    progress: ProgressDoors, database: Database
) -> None:
    learner = await add_learner(database)
    spans = [(BEFORE, BEFORE + timedelta(seconds=160))]

    async def give() -> int:
        async with database.transaction() as tx:
            return await progress.rewards.grant(tx, learner, Earned(10, "live", "live:1", "", BEFORE, spans))

    assert await give() == 10
    async with database.connection() as cx:
        await cx.execute("update users set timezone = 'Asia/Tokyo'")
    assert await give() == 0
    assert sum((await days(database, "live")).values()) == 10


async def test_time_before_midnight_completes_the_quests_of_that_day(
    progress: ProgressDoors, database: Database
) -> None:
    learner = await add_learner(database)
    async with database.transaction() as tx:
        await progress.learning_time.record(
            tx,
            user_id=learner,
            kind="live",
            started_at=BEFORE - timedelta(minutes=40),
            ended_at=BEFORE + timedelta(minutes=2),
            source_key="live:1",
        )
    async with database.connection() as cx:
        rows = await cx.fetch("select day, quests, completed from quest_days where user_id = $1", learner)
    completed = {row["day"]: set(row["completed"]) for row in rows}
    timed = {
        each["id"]
        for row in rows
        if row["day"] == MONDAY
        for each in row["quests"]
        if each["metric"] in ("minutes", "talk")
    }
    assert timed and timed <= completed[MONDAY] and completed[TUESDAY] == set()
