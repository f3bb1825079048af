"""Work that is given to learners, over the public API: who gives it, who has it, who sees it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.node import Account
from tests.support.school import DUE, EVERYBODY, MODULE, TEXT, School, order


async def test_everybody_has_what_is_given_to_the_organization(school: School) -> None:
    ana = await school.joined("ana")
    made = await school.give()
    assert made["work"] == {**TEXT, "module_id": None} and made["due_at"] == DUE
    assert made["audience"] == {"kind": "organization", "team": None, "members": None}
    assert (made["organization_id"], made["created_by"]) == (school.id, school.owner.user_id)
    (mine,) = await school.mine(ana)
    assert mine["id"] == made["id"] and mine["work"] == made["work"] and mine["organization_name"] == "School"
    assert (mine["status"], mine["practised_at"], mine["completed_at"], mine["score"]) == ("open", None, None, None)
    late = await school.joined("late")
    assert [one["id"] for one in await school.mine(late)] == [made["id"]]
    assert set(await school.progress(made)) == {"ana", "late"}
    assert await school.mine(school.owner) == []
    await school.ask("DELETE", f"/api/organizations/{school.id}/members/{late.user_id}", late)
    assert await school.mine(late) == [] and set(await school.progress(made)) == {"ana"}


async def test_a_module_has_the_title_of_the_course(school: School) -> None:
    made = await school.give(work=MODULE)
    assert made["work"]["title"] == "Meeting people" and made["work"]["module_id"] == MODULE["module_id"]
    unknown = order(work={"kind": "module", "module_id": "a1-nothing"})
    status, body = await school.send("POST", school.assignments, json=unknown)
    assert (status, body["detail"]["error"]) == (404, "not_found")


async def test_teams_and_names(school: School) -> None:
    ana, ben = await school.joined("ana", team="red"), await school.joined("ben", team="blue")
    cyd = await school.joined("cyd")
    red = await school.give(audience={"kind": "team", "team": "red"})
    named = await school.give(audience={"kind": "members", "user_ids": [ben.user_id, cyd.user_id, ben.user_id]})
    assert red["audience"] == {"kind": "team", "team": "red", "members": None}
    assert named["audience"] == {"kind": "members", "team": None, "members": 2}
    assert [[one["id"] for one in await school.mine(who)] for who in (ana, ben, cyd)] == [
        [red["id"]],
        [named["id"]],
        [named["id"]],
    ]
    assert set(await school.progress(red)) == {"ana"} and set(await school.progress(named)) == {"ben", "cyd"}
    await school.ask("DELETE", f"/api/organizations/{school.id}/members/{cyd.user_id}")
    assert set(await school.progress(named)) == {"ben"}
    stranger = await school.node.account("stranger")
    for who in (stranger, school.owner, cyd):
        audience = {"kind": "members", "user_ids": [ana.user_id, who.user_id]}
        status, body = await school.send("POST", school.assignments, json=order(audience=audience))
        assert (status, body["detail"]["error"]) == (404, "not_found")


async def test_the_due_date_moves_and_an_assignment_goes(school: School) -> None:
    ana, made = await school.joined("ana"), await school.give()
    path, later = f"{school.assignments}/{made['id']}", "2026-12-24T20:00:00+02:00"
    changed = await school.ask("PATCH", path, json={"due_at": later})
    assert changed == {**made, "due_at": "2026-12-24T18:00:00Z"}
    assert (await school.mine(ana))[0]["due_at"] == "2026-12-24T18:00:00Z"
    assert (await school.send("PATCH", path, json={}))[0] == 400
    assert (await school.send("DELETE", path))[0] == 204
    for method, end, body in (("PATCH", "", {"due_at": later}), ("DELETE", "", None), ("GET", "/progress", None)):
        assert (await school.send(method, path + end, json=body))[0] == 404
    assert await school.mine(ana) == []
    async with school.node.resources.database.connection() as cx:
        rows = await cx.fetch("select action from audit_events where target_id = $1 order by id", made["id"])
    assert [row["action"] for row in rows] == ["assignment.created", "assignment.updated", "assignment.deleted"]


async def test_who_may_what(school: School) -> None:
    boss, head = await school.joined("boss", role="admin"), await school.joined("head", role="team_manager", team="red")
    ana, ben = await school.joined("ana", team="red"), await school.joined("ben", team="blue")
    idle = await school.joined("idle", role="team_manager")
    whole, blue = await school.give(boss), await school.give(boss, audience={"kind": "team", "team": "blue"})
    stranger, other = await school.node.account("stranger"), await School.found(school.node, "other")
    one = f"{school.assignments}/{blue['id']}"
    attempts: list[tuple[str, str, Any]] = [
        ("GET", school.assignments, None),
        ("POST", school.assignments, order()),
        ("PATCH", one, {"due_at": DUE}),
        ("DELETE", one, None),
        ("GET", f"{one}/progress", None),
        ("GET", f"/api/organizations/{school.id}/class", None),
    ]
    for method, path, body in attempts:
        for who, expected in ((ana, 403), (idle, 403), (stranger, 404), (other.owner, 404)):
            assert (await school.send(method, path, who, json=body))[0] == expected, (method, path, who.username)
    elsewhere = f"{other.assignments}/{blue['id']}"
    for method, path, body in (("PATCH", elsewhere, {"due_at": DUE}), ("DELETE", elsewhere, None)):
        assert (await school.send(method, path, other.owner, json=body))[0] == 404
    assert (await school.send("GET", f"{elsewhere}/progress", other.owner))[0] == 404
    for audience, expected in (
        (EVERYBODY, 403),
        ({"kind": "team", "team": "blue"}, 403),
        ({"kind": "members", "user_ids": [ben.user_id]}, 404),
        ({"kind": "team", "team": "red"}, 201),
        ({"kind": "members", "user_ids": [ana.user_id]}, 201),
    ):
        assert (await school.send("POST", school.assignments, head, json=order(audience=audience)))[0] == expected
    seen = (await school.ask("GET", school.assignments, head))["items"]
    assert [each["audience"]["team"] for each in seen] == ["red", "red"]
    for gone in (whole, blue):
        assert (await school.send("DELETE", f"{school.assignments}/{gone['id']}", head))[0] == 404
    assert len((await school.ask("GET", school.assignments, boss))["items"]) == 4


async def test_who_has_not_agreed_to_belong_is_not_shown(school: School) -> None:
    ana, made = await school.joined("ana"), await school.give()
    async with school.node.resources.database.connection() as cx:
        await cx.execute("update organization_members set accepted_at = null where user_id = $1", ana.user_id)
    assert await school.progress(made) == {} and await school.mine(ana) == []
    assert (await school.ask("GET", f"/api/organizations/{school.id}/class"))["items"] == []


async def test_lists_go_on_where_they_ended(school: School) -> None:
    ana = await school.joined("ana")
    await school.joined("ben")
    days = [datetime(2026, 12, 1, tzinfo=UTC) + timedelta(days=n // 2) for n in range(5)]
    made = [await school.give(due_at=day.isoformat()) for day in days]
    newest = await pages(school, school.assignments)
    assert [one["id"] for one in newest] == [one["id"] for one in reversed(made)]
    mine = await pages(school, "/api/assignments/mine", ana)
    assert [one["id"] for one in mine] == [one["id"] for one in made]
    assert [one["id"] for one in await school.mine(ana, due_from="2026-12-02T00:00:00Z")] == [o["id"] for o in made[2:]]
    for path in (f"{school.assignments}/{made[0]['id']}/progress", f"/api/organizations/{school.id}/class"):
        assert [one["username"] for one in await pages(school, path)] == ["ana", "ben"]


async def pages(school: School, path: str, who: Account | None = None) -> list[Any]:
    found, cursor = [], None
    while True:
        page = await school.ask("GET", path, who, params={"limit": 1} | ({"cursor": cursor} if cursor else {}))
        found += page["items"]
        if (cursor := page["next_cursor"]) is None:
            return found


async def test_repeated_and_refused_orders(school: School) -> None:
    first, again = [
        await school.ask("POST", school.assignments, json=order(), headers={"Idempotency-Key": "one"}) for _ in range(2)
    ]
    assert first == again and len((await school.ask("GET", school.assignments))["items"]) == 1
    long = {"kind": "text", "title": "x", "text": "a" * 2001}
    for wrong in (
        {"work": {"kind": "text", "title": " ", "text": "x"}},
        {"work": long},
        {"work": {**MODULE, "title": "x"}},
        {"work": {"kind": "film"}},
        {"audience": {"kind": "members", "user_ids": []}},
        {"audience": {"kind": "members", "user_ids": [school.owner.user_id] * 301}},
        {"audience": {"kind": "team"}},
        {"due_at": None},
        {"due_at": "2026-12-01T18:00:00"},
    ):
        assert (await school.send("POST", school.assignments, json=order(**wrong)))[0] == 400, wrong
    async with school.node.resources.database.connection() as cx:
        await cx.execute(
            """insert into assignments (id, organization_id, module_id, audience, due_at, created_at)
               select gen_random_uuid(), $1, 'a1-meeting-people', 'organization', now(), now()
               from generate_series(1, 998)""",
            school.id,
        )
    sent = await asyncio.gather(*(school.send("POST", school.assignments, json=order()) for _ in range(4)))
    assert sorted(status for status, _ in sent) == [201, 409, 409, 409]
    assert {body["detail"]["error"] for status, body in sent if status == 409} == {"too_many_assignments"}


async def test_keys_and_tokens_stay_in_their_organization(school: School) -> None:
    ana, other = await school.joined("ana"), await School.found(school.node, "other")
    await school.node.member(other.owner, other.id, ana)
    made, _ = await school.give(), await other.give()
    scopes = {"scopes": ["xel:read", "organizations:read"], "organization_id": school.id}
    key = (await school.ask("POST", "/api/api-keys", ana, json={"name": "mine", **scopes}))["key"]
    async with school.node.client.get("/api/assignments/mine", headers={"X-API-Key": key}) as response:
        assert [one["id"] for one in (await response.json())["items"]] == [made["id"]]
    assert len(await school.mine(ana)) == 2
    async with school.node.client.get(school.assignments, headers={"X-API-Key": key}) as response:
        assert response.status == 403
    grant = {"mode": "api", "origin": "https://s.example", "scopes": ["xel:read"], "ttlSeconds": 300, "subject": "p-7"}
    token = (await school.ask("POST", "/api/integration/grant", json=grant))["integrationToken"]
    headers = {"Authorization": f"Bearer {token}", "Origin": "https://s.example"}
    async with school.node.resources.database.connection() as cx:
        pupil = await cx.fetchval("select user_id from integration_subjects where subject = 'p-7'")
    await school.ask("POST", f"/api/organizations/{school.id}/members", json={"user": pupil})
    async with school.node.client.get("/api/assignments/mine", headers=headers) as response:
        assert [one["id"] for one in (await response.json())["items"]] == [made["id"]]


async def test_deleting_the_organization_or_an_account_takes_them_along(school: School) -> None:
    ana = await school.joined("ana")
    boss = await school.joined("boss", role="admin")
    made = await school.give(boss, audience={"kind": "members", "user_ids": [ana.user_id]})
    for who in (boss, ana):
        assert (await school.send("DELETE", "/api/auth/me", who, json={"password": who.password}))[0] == 204
    (kept,) = (await school.ask("GET", school.assignments))["items"]
    assert (kept["id"], kept["created_by"], kept["audience"]["members"]) == (made["id"], None, 0)
    await school.ask("DELETE", f"/api/organizations/{school.id}")
    async with school.node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from assignments") == 0
