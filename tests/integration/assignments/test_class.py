"""The class at a glance, over the public API."""

from datetime import date, datetime, timedelta
from typing import Any

from api.english.xpi import ledger as xpi_ledger
from api.progress.groups import Groups
from api.progress.streak_reader import Streaks
from kit.database import Connection
from tests.support.school import School

SOUNDS = {"TH": (10, 500.0), "R": (6, 420.0), "S": (20, 1900.0), "V": (4, 40.0)}
"""Attempts and sum of scores: TH and R are weak, S is said well, V was tried too rarely to tell."""


async def test_how_a_learner_practises(school: School) -> None:
    ana, ben = await school.joined("ana", team="red"), await school.joined("ben")
    now = school.node.resources.clock.now()
    async with school.node.resources.database.transaction() as tx:
        await practised(tx, ana.user_id, now)
        await xpi_ledger.record(tx, ana.user_id, xpi_ledger.Entry("reading", 90, "A2", now, "k", "A task"))
        standing = await xpi_ledger.current(tx, ana.user_id, now)
    found = await school.ask("GET", f"/api/organizations/{school.id}/class")
    hers, his = found["items"]
    assert (hers["username"], hers["team"]) == ("ana", "red")
    assert (hers["minutes_7_days"], hers["minutes_30_days"], hers["streak"]) == (20, 40, 2)
    assert (hers["xpi"], hers["cefr_level"]) == (standing.xpi, standing.cefr_level)
    assert hers["confidence"] == standing.confidence
    assert datetime.fromisoformat(hers["last_seen_at"]) == now
    weak = {"phoneme": "TH", "ipa": "θ", "mean": 50.0, "attempts": 10}
    assert hers["weak_sounds"] == [weak, {"phoneme": "R", "ipa": "ɹ", "mean": 70.0, "attempts": 6}]
    assert found["weak_sounds"][0] == {**weak, "learners": 1}
    profile = await school.ask("GET", "/api/xp/profile", ana)
    assert profile["current_streak"] == hers["streak"]
    assert his["user_id"] == ben.user_id and his["last_seen_at"] is None and his["weak_sounds"] == []
    assert (his["minutes_7_days"], his["minutes_30_days"], his["streak"], his["confidence"]) == (0, 0, 0, 0)


async def test_teams_see_their_own(school: School) -> None:
    await school.joined("ana", team="red")
    await school.joined("ben", team="blue")
    head = await school.joined("head", role="team_manager", team="red")
    path = f"/api/organizations/{school.id}/class"

    async def names(who: Any = None, **query: str) -> list[str]:
        return [one["username"] for one in (await school.ask("GET", path, who, params=query))["items"]]

    assert await names() == ["ana", "ben"] and await names(team="blue") == ["ben"] and await names(team="x") == []
    assert await names(head) == await names(head, team="red") == ["ana"]
    assert (await school.send("GET", path, head, params={"team": "blue"}))[0] == 403


async def test_sounds_are_shared_and_the_page_after_has_none(school: School) -> None:
    people = [await school.joined(name) for name in ("ana", "ben", "cyd")]
    now = school.node.resources.clock.now()
    async with school.node.resources.database.transaction() as tx:
        for one in people[:2]:
            await practised(tx, one.user_id, now)
        await tx.execute("delete from phoneme_days where user_id = $1 and phoneme = 'TH'", people[1].user_id)
    path = f"/api/organizations/{school.id}/class"
    first = await school.ask("GET", path, params={"limit": 1})
    assert [(one["phoneme"], one["learners"], one["mean"]) for one in first["weak_sounds"]] == [
        ("R", 2, 70.0),
        ("TH", 1, 50.0),
    ]
    after = await school.ask("GET", path, params={"limit": 2, "cursor": first["next_cursor"]})
    assert len(after["items"]) == 2 and after["weak_sounds"] is None and after["next_cursor"] is None


async def test_thirty_learners_need_no_more_statements_than_three(school: School) -> None:
    now, database = school.node.resources.clock.now(), school.node.resources.database
    async with database.transaction() as tx:
        everybody = [await enrolled(tx, school.id, number, now) for number in range(30)]
        for one in everybody:
            await practised(tx, one, now)
    found = await school.ask("GET", f"/api/organizations/{school.id}/class", params={"limit": 100})
    assert [one["user_id"] for one in found["items"]] == everybody
    assert {(one["minutes_7_days"], one["streak"]) for one in found["items"]} == {(20, 2)}
    assert [one["learners"] for one in found["weak_sounds"]] == [30, 30]

    async def statements(cx: Connection, user_ids: list[str]) -> int:
        sent: list[object] = []
        with cx.query_logger(sent.append):
            await Groups(Streaks()).practice(cx, user_ids, now)
            await xpi_ledger.standings(cx, user_ids, now)
        return len(sent)

    async with database.connection() as cx:
        await statements(cx, everybody)  # a new connection asks for types first
        assert await statements(cx, everybody) == await statements(cx, everybody[:3]) < 10


async def enrolled(tx: Connection, organization: str, number: int, now: datetime) -> str:
    user_id = f"0199e0a4-0000-7000-8000-{number:012d}"
    await tx.execute(
        """insert into users (id, email, username, password_hash, created_at, updated_at)
           values ($1, $2, $3, '', $4, $4)""",
        user_id,
        f"pupil{number}@example.com",
        f"pupil{number}",
        now,
    )
    await tx.execute(
        """insert into organization_members (organization_id, user_id, role, joined_at, accepted_at)
           values ($1, $2, 'member', $3, $3)""",
        organization,
        user_id,
        now + timedelta(seconds=number),
    )
    return user_id


async def practised(tx: Connection, user_id: str, now: datetime) -> None:
    """Today and yesterday with XP, ten minutes each; twenty more minutes ten days ago; four sounds."""
    today: date = now.date()
    for ago, minutes in ((0, 10), (1, 10), (10, 20), (40, 60)):
        await tx.execute(
            "insert into learning_days (user_id, day, kind, milliseconds) values ($1, $2, 'live', $3)",
            user_id,
            today - timedelta(days=ago),
            minutes * 60_000,
        )
    for ago in (0, 1):
        at = now - timedelta(days=ago)
        await tx.execute(
            "insert into xp_days (user_id, day, xp, first_at, last_at, zone) values ($1, $2, 20, $3, $3, 'UTC')",
            user_id,
            today - timedelta(days=ago),
            at,
        )
    for phoneme, (attempts, total) in SOUNDS.items():
        await tx.execute(
            "insert into phoneme_days (user_id, day, phoneme, attempts, total, good) values ($1, $2, $3, $4, $5, 0)",
            user_id,
            today,
            phoneme,
            attempts,
            total,
        )


async def test_who_is_in_a_live_session_can_be_watched(school: School) -> None:
    ana, _ = await school.joined("ana"), await school.joined("ben")
    path = f"/api/organizations/{school.id}/class"

    async def live() -> list[str | None]:
        return [one["live_session_id"] for one in (await school.ask("GET", path))["items"]]

    begun = await school.ask("POST", "/api/live/session/start", ana, json={"session_type": "voice"})
    assert await live() == [begun["session_id"], None]
    await school.ask("POST", "/api/live/session/end", ana, json={"session_id": begun["session_id"]})
    assert await live() == [None, None]
