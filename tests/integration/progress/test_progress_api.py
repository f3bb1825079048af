"""The operations over HTTP, on a node whose clock the test sets."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.english.ports import Earned
from api.progress import assembly, store, zones
from kit.database import Connection
from server.config import Settings
from tests.support import reports
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running

DAY = timedelta(days=1)


class NoSkills:
    async def weakest(self, tx: Connection, user_id: str) -> list[str]:
        return []


@pytest.fixture
async def node(database_url: str, redis_url: str, settings: Settings, clock: FakeClock) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, clock) as started:
        yield started


async def sign_in(node: Parley, account: Account) -> Account:
    """A new access token, for after the clock went on."""
    form = {"username": account.username, "password": account.password}
    async with node.client.post("/api/auth/login", data=form) as response:
        account.access_token = (await response.json())["access_token"]
    return account


async def get(node: Parley, account: Account, path: str, status: int = 200, **query: str) -> Any:
    async with node.client.get(path, headers=account.headers, params=query) as response:
        assert response.status == status, await response.text()
        return await response.json()


async def give(node: Parley, account: Account, amount: int, key: str, at: datetime, kind: str = "task.reading") -> None:
    doors = assembly.assemble(node.resources.database, node.resources.clock, NoSkills())
    async with node.resources.database.transaction() as tx:
        await doors.rewards.grant(tx, account.user_id, Earned(amount, kind, key, "A task", at))


async def learn(node: Parley, account: Account, kind: str, start: datetime, minutes: int) -> None:
    doors = assembly.assemble(node.resources.database, node.resources.clock, NoSkills())
    async with node.resources.database.transaction() as tx:
        await doors.learning_time.record(
            tx,
            user_id=account.user_id,
            kind=kind,
            started_at=start,
            ended_at=start + timedelta(minutes=minutes),
            source_key=f"{kind}:{start.isoformat()}",
        )


async def test_a_new_learner_has_an_empty_profile(node: Parley) -> None:
    ana = await node.account("ana")
    profile = await get(node, ana, "/api/xp/profile")
    assert profile == {
        "level": 1,
        "xp_total": 0,
        "xp_in_level": 0,
        "xp_for_next_level": 100,
        "current_streak": 0,
        "longest_streak": 0,
        "tokens": 0,
        "booster": None,
        "today": {"xp": 0, "segments": 0, "quizzes": 0},
    }
    streak = await get(node, ana, "/api/xp/streak-status")
    assert streak["last_activity"] is None
    assert len((await get(node, ana, "/api/xp/quests"))["quests"]) == 3
    assert (await get(node, ana, "/api/analytics/phonemes")) == {"phonemes": []}


async def test_three_days_of_learning_agree_with_an_independent_count(node: Parley, clock: FakeClock) -> None:
    mina = await node.account("mina", timezone="America/Los_Angeles")
    given: dict[date, int] = {}
    for n in range(3):
        at = clock.now() + DAY * n
        await give(node, mina, 25, f"task:{n}", at)
        await give(node, mina, 8, f"live:{n}", at, "live")
    clock.advance(2 * 86400 + 60)
    await sign_in(node, mina)
    async with node.resources.database.connection() as cx:
        for row in await cx.fetch("select at, amount from xp_grants where user_id = $1", mina.user_id):
            day = zones.local_day(row["at"], "America/Los_Angeles")
            given[day] = given.get(day, 0) + row["amount"]
    profile = await get(node, mina, "/api/xp/profile")
    assert profile["xp_total"] == sum(given.values())
    assert (profile["current_streak"], profile["longest_streak"]) == (3, 3)
    assert profile["today"]["segments"] == 1
    assert profile["today"]["quizzes"] == 1
    week = await get(node, mina, "/api/xp/weekly-activity")
    assert week["week_start"] == "2026-03-01"
    assert [date.fromisoformat(one["date"]).isoweekday() for one in week["days"]] == [7, 1, 2, 3, 4, 5, 6]
    assert week["total_xp"] == sum(xp for day, xp in given.items() if day >= date(2026, 3, 1))
    pulse = (await get(node, mina, "/api/xp/learning-pulse"))["days"]
    assert len(pulse) == 365
    assert {one["date"]: one["xp"] for one in pulse if one["xp"]} == {day.isoformat(): xp for day, xp in given.items()}
    assert pulse[-1]["date"] == "2026-03-04"


async def test_a_lost_day_is_covered_by_a_freeze_and_shown(node: Parley, clock: FakeClock) -> None:
    ana = await node.account("ana")
    for day in range(7):
        await give(node, ana, 1, f"{day}", clock.now() + DAY * day, "other")
    clock.advance(8 * 86400)
    await sign_in(node, ana)
    streak = await get(node, ana, "/api/xp/streak-status")
    assert streak == {
        "current_streak": 7,
        "longest_streak": 7,
        "freezes_available": 0,
        "freezes_used": 1,
        "last_activity": "2026-03-08T09:00:00Z",
        "streak_at_risk": True,
    }
    assert (await get(node, ana, "/api/xp/weekly-activity"))["freeze_covered_dates"] == ["2026-03-09"]


async def test_learning_time_counts_an_overlap_once(node: Parley, clock: FakeClock) -> None:
    ana = await node.account("ana")
    await learn(node, ana, "live", clock.now(), 30)
    await learn(node, ana, "english", clock.now() + timedelta(minutes=20), 30)
    await learn(node, ana, "conversation", clock.now() - DAY, 5)
    report = await get(node, ana, "/api/analytics/learning-time")
    assert report["total_seconds"] == 55 * 60
    assert report["by_kind"] == {"conversation": 300, "english": 1200, "live": 1800}
    assert len(report["by_day"]) == 30
    assert report["by_day"][-2:] == [{"date": "2026-03-01", "seconds": 300}, {"date": "2026-03-02", "seconds": 3000}]
    one_day = await get(node, ana, "/api/analytics/learning-time", 200, **{"from": "2026-03-01", "to": "2026-03-01"})
    assert one_day["total_seconds"] == 300


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03-02", "2026-03-01"), ("2000-01-01", "2026-03-01"), ("yesterday", "2026-03-01")]
)
async def test_impossible_periods_are_refused(node: Parley, first: str, last: str) -> None:
    ana = await node.account("ana")
    for path in ("/api/analytics/learning-time", "/api/analytics/phonemes"):
        refused = await get(node, ana, path, 400, **{"from": first, "to": last})
        assert refused["detail"]["error"] == "invalid_request"
    await get(node, ana, "/api/analytics/phonemes", 200, to="0001-01-05")


async def test_phoneme_analytics_show_weeks_and_trend(node: Parley, clock: FakeClock) -> None:
    ana = await node.account("ana")
    doors = assembly.assemble(node.resources.database, clock, NoSkills())
    for week, score in enumerate((40.0, 50.0)):
        phones = [reports.phone("TH", score)] * 4 + [reports.phone("S", 90.0)]
        async with node.resources.database.transaction() as tx:
            await doors.phoneme_log.record(
                tx,
                user_id=ana.user_id,
                at=clock.now() - 7 * DAY * (1 - week),
                pronunciation=reports.report(60.0, reports.word("x", 60.0, "none", *phones)),
                source_key=f"turn:{week}",
            )
    found = (await get(node, ana, "/api/analytics/phonemes"))["phonemes"]
    assert [one["phoneme"] for one in found] == ["TH", "S"]
    assert found[0] == {
        "phoneme": "TH",
        "ipa": "θ",
        "attempts": 8,
        "mean": 45.0,
        "trend": 10.0,
        "by_week": [
            {"week_start": "2026-02-22", "attempts": 4, "mean": 40.0},
            {"week_start": "2026-03-01", "attempts": 4, "mean": 50.0},
        ],
    }


async def test_the_public_profile_shows_nothing_private(node: Parley, clock: FakeClock) -> None:
    ana = await node.account("ana_92", full_name="Ana Souza", timezone="America/Sao_Paulo")
    await give(node, ana, 120, "task:1", clock.now(), "other")
    async with node.client.get("/api/xp/public-profile/ana_92") as response:
        assert response.status == 200
        text = await response.text()
        body = await response.json()
    assert body["display_name"] == body["username"] == "ana_92"
    assert (body["level"], body["current_streak"]) == (2, 1)
    assert set(body) == {
        "username",
        "display_name",
        "avatar_url",
        "level",
        "xp_total",
        "current_streak",
        "longest_streak",
        "member_since",
    }
    for secret in (ana.user_id, ana.email, "Souza", "Sao_Paulo", "token"):
        assert secret not in text
    async with node.client.get("/api/xp/public-profile/nobody_here") as response:
        assert response.status == 404


async def test_the_quests_end_at_the_learners_midnight(node: Parley) -> None:
    ana = await node.account("ana", timezone="Asia/Kathmandu")
    board = await get(node, ana, "/api/xp/quests")
    assert board["date"] == "2026-03-02"
    assert board["resets_at"] == "2026-03-02T18:15:00Z"
    assert board == await get(node, ana, "/api/xp/quests")


async def test_tokens_buy_a_freeze_and_a_booster_and_never_more_than_there_are(node: Parley, clock: FakeClock) -> None:
    ana = await node.account("ana")

    async def spend(item: str) -> tuple[int, Any]:
        async with node.client.post("/api/xp/tokens/spend", json={"item": item}, headers=ana.headers) as response:
            return response.status, await response.json()

    status, refused = await spend("freeze")
    assert (status, refused["detail"]["error"]) == (409, "not_enough_tokens")
    await give(node, ana, 1, "start", clock.now(), "other")
    async with node.resources.database.transaction() as tx:
        await store.add_tokens(tx, ana.user_id, "test", 50, "A present", datetime.now(UTC))
    tries = await asyncio.gather(*(spend("freeze") for _ in range(6)))
    assert sorted(status for status, _ in tries) == [200, 200, 409, 409, 409, 409]
    assert {body["detail"]["error"] for status, body in tries if status == 409} == {"freezes_full"}
    status, bought = await spend("booster")
    assert (status, bought["tokens"], bought["freezes_available"]) == (200, 15, 2)
    assert bought["booster"] == {"multiplier": 2.0, "ends_at": "2026-03-02T09:15:00Z"}
    profile = await get(node, ana, "/api/xp/profile")
    assert (profile["tokens"], profile["booster"]["multiplier"]) == (15, 2.0)
    assert (await spend("gold"))[0] == 400


async def test_strangers_are_refused(node: Parley) -> None:
    for path in ("profile", "streak-status", "weekly-activity", "learning-pulse", "quests"):
        async with node.client.get(f"/api/xp/{path}") as response:
            assert response.status == 401


async def test_deleting_an_account_takes_its_progress_along(node: Parley, clock: FakeClock) -> None:
    ana = await node.account("ana")
    await give(node, ana, 30, "task:1", clock.now())
    await learn(node, ana, "live", clock.now(), 3)
    async with node.client.delete("/api/auth/me", json={"password": ana.password}, headers=ana.headers) as response:
        assert response.status == 204
    async with node.resources.database.connection() as cx:
        for table in ("learners", "xp_grants", "xp_days", "learning_days", "quest_days"):
            rows = await cx.fetch(f"select 1 from {table}")  # noqa: S608 - names from the line above
            assert rows == [], table
