"""What happened arrives: signed, typed, with ids and no private text, for whom it is meant."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from api.assignments.announcing import Announcing
from api.organizations.belonging import Teaching
from server.wiring import webhooks
from tests.integration.webhooks.conftest import Place
from tests.support.receivers import Receiver, receiving
from tests.support.school import order
from tests.support.waiting import until


async def test_a_session_that_ends_is_told_with_a_signature_that_the_reference_reader_accepts(
    place: Place, receiver: Receiver
) -> None:
    hook = await place.hook(receiver.url)
    session_id = await place.talked()
    (taken,) = await receiver.gets()
    event = taken.verify(hook["secret"])
    assert event["type"] == "session.ended"
    assert event["data"]["session_id"] == session_id and event["data"]["account_id"] == place.owner.user_id
    assert event["data"]["reason"] == "client" and b"my own words" not in taken.body
    with pytest.raises(WebhookVerificationError):
        taken.verify("whsec_" + "A" * 43 + "=")
    await until_delivered(place, hook, 1)
    (delivery,) = await place.deliveries(hook)
    assert delivery["status"] == "delivered" and delivery["event_id"] == taken.id
    assert (delivery["attempts"], delivery["response_status"], delivery["problem"]) == (1, 200, None)
    detail = await place.ask("GET", f"/api/webhooks/{hook['id']}/deliveries/{delivery['id']}")
    assert detail["payload"] == taken.event and [one["response_status"] for one in detail["tries"]] == [200]
    assert hook["secret"] not in str(detail) + str(await place.ask("GET", "/api/webhooks"))


async def test_every_payload_is_as_the_document_says(place: Place, receiver: Receiver) -> None:
    hook = await place.hook(receiver.url)
    async with place.node.client.get("/api/openapi.json") as response:
        document = await response.json()
    assert set(document["webhooks"]) == {*hook["events"], "webhook.test"}
    await place.talked()
    await place.ask("POST", f"/api/webhooks/{hook['id']}/test")
    await saved_transcript(place)
    await receiver.gets(3)
    for taken in receiver.taken:
        described = document["webhooks"][taken.event["type"]]["post"]
        reference = described["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        jsonschema.validate(taken.event, {"$ref": reference, "components": document["components"]})


async def saved_transcript(place: Place) -> str:
    at = "2026-03-02T09:00:00Z"
    body = {
        "session_started_at": at,
        "session_ended_at": at,
        "transcripts": [{"role": "user", "text": "Nobody may read this.", "timestamp": at}],
    }
    saved = await place.ask("POST", "/api/live/transcripts", json=body)
    return str(saved["id"])


async def test_a_transcript_that_a_service_saves_is_told_with_a_link_and_without_its_words(
    place: Place, receiver: Receiver
) -> None:
    await place.hook(receiver.url, events=["transcript.ready"])
    transcript_id = await saved_transcript(place)
    (taken,) = await receiver.gets()
    assert taken.data["transcript_id"] == transcript_id and taken.data["session_id"] is None
    assert b"Nobody" not in taken.body
    path = "/" + taken.data["links"]["self"].split("/", 3)[3]
    assert (await place.ask("GET", path))["id"] == transcript_id


async def test_an_organization_hears_of_its_learners_and_others_do_not(place: Place, receiver: Receiver) -> None:
    school = (await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"}))["id"]
    pupil, stranger = await place.node.account("pupil"), await place.node.account("stranger")
    await place.node.member(place.owner, school, pupil)
    hook = await place.hook(receiver.url, organization_id=school)
    async with receiving() as own, receiving() as other:
        await place.hook(own.url, pupil)
        await place.hook(other.url, stranger)
        await place.talked(stranger)
        await place.talked()
        session_id = await place.talked(pupil)
        (taken,) = await receiver.gets()
        (mine,) = await own.gets()
        await other.gets()
        assert [one.data["account_id"] for one in other.taken] == [stranger.user_id]
    assert taken.data["session_id"] == mine.data["session_id"] == session_id and taken.id == mine.id
    assert (taken.data["organization_id"], mine.data["organization_id"]) == (school, None)
    path = "/" + taken.data["links"]["organization"].split("/", 3)[3]
    assert (await place.ask("GET", path))["items"][0]["user_id"] == pupil.user_id
    await until_delivered(place, hook, 1)
    assert len(receiver.taken) == 1, "what its leader did is the leader's own affair"


async def test_the_pages_of_a_tenant_are_told_of_to_it(place: Place, receiver: Receiver) -> None:
    school = (await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"}))["id"]
    await place.hook(receiver.url, organization_id=school)
    grant = {
        "mode": "api",
        "origin": "https://s.example",
        "scopes": ["live:read", "live:write"],
        "ttlSeconds": 300,
        "subject": "p-7",
    }
    token = (await place.ask("POST", "/api/integration/grant", json=grant))["integrationToken"]
    headers = {"Authorization": f"Bearer {token}", "Origin": "https://s.example"}
    start = {"session_type": "voice"}
    session_id = (await place.ask("POST", "/api/live/session/start", json=start, headers=headers))["session_id"]
    await place.ask("POST", "/api/live/session/end", json={"session_id": session_id}, headers=headers)
    (taken,) = await receiver.gets()
    assert taken.data["session_id"] == session_id and taken.data["account_id"] != place.owner.user_id


async def test_a_module_is_told_when_it_is_completed_first(place: Place, receiver: Receiver) -> None:
    await place.hook(receiver.url, events=["module.completed"])
    module = (await place.ask("GET", "/api/learn/english/modules"))["modules"][0]
    tasks = (await place.ask("GET", f"/api/learn/english/modules/{module['id']}"))["tasks"]
    async with place.node.resources.database.connection() as cx:
        await cx.executemany(
            "insert into english_tasks (user_id, module_id, task_id, attempts, best_score) values ($1, $2, $3, 1, 90)",
            [(place.owner.user_id, module["id"], task["id"]) for task in tasks],
        )
    for _ in range(2):
        await place.ask("POST", f"/api/learn/english/modules/{module['id']}/complete")
    (taken,) = await receiver.gets()
    assert (taken.data["module_id"], taken.data["score"]) == (module["id"], 90)
    assert await facts(place) == ["module.completed"]


async def test_an_assignment_is_told_when_its_time_is_up_and_again_when_it_was_moved(
    place: Place, receiver: Receiver
) -> None:
    school = (await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"}))["id"]
    pupil, idle = await place.node.account("pupil"), await place.node.account("idle")
    for one in (pupil, idle):
        await place.node.member(place.owner, school, one)
    assignments = f"/api/organizations/{school}/assignments"
    await place.hook(receiver.url, organization_id=school, events=["assignment.due"])
    async with receiving() as own, receiving() as other:
        await place.hook(own.url, pupil, events=["assignment.due"])
        await place.hook(other.url, idle, events=["assignment.due"])
        due = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        audience = {"kind": "members", "user_ids": [pupil.user_id]}
        made = await place.ask("POST", assignments, json=order(due_at=due, audience=audience))
        later = await place.ask("POST", assignments, json=order(due_at="2099-01-01T00:00:00Z"))
        for _ in range(2):
            await announce(place)
        (mine,), (theirs,) = await own.gets(), await receiver.gets()
        for taken in (mine, theirs):
            assert (taken.data["assignment_id"], taken.data["organization_id"]) == (made["id"], school)
        assert (mine.data["account_id"], theirs.data["account_id"]) == (pupil.user_id, None)
        moved = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
        await place.ask("PATCH", f"{assignments}/{later['id']}", json={"due_at": moved})
        await announce(place)
        assert (await other.gets())[0].data["assignment_id"] == later["id"]
        await receiver.gets(2)
        assert len(await facts(place)) == 5


async def announce(place: Place) -> None:
    r = place.node.resources
    await Announcing(r.database, r.clock, Teaching(r.clock), webhooks.outbox(r)).sweep()


async def test_few_minutes_are_told_once_a_month(place: Place, receiver: Receiver) -> None:
    await place.hook(receiver.url, events=["quota.low"])
    await place.talked()
    assert await facts(place) == []
    async with place.node.resources.database.connection() as cx:
        await cx.execute(
            """insert into live_usage (session_id, user_id, period_start, seconds, settled_at)
               select id, user_id, date_trunc('month', now() at time zone 'utc') at time zone 'utc', 500, now()
               from live_sessions limit 1"""
        )
    for _ in range(2):
        await place.talked()
    (taken,) = await receiver.gets()
    assert (taken.data["limit_seconds"], taken.data["remaining_seconds"]) == (600, 100)
    assert await facts(place) == ["quota.low"]


async def test_what_is_told_once_a_month_is_not_told_again_on_its_last_day(place: Place, receiver: Receiver) -> None:
    """Events are kept for thirty days, and some months have one more."""
    await place.hook(receiver.url, events=["quota.low"])
    await place.talked()
    async with place.node.resources.database.connection() as cx:
        await cx.execute(
            """insert into live_usage (session_id, user_id, period_start, seconds, settled_at)
               select id, user_id, date_trunc('month', now() at time zone 'utc') at time zone 'utc', 500, now()
               from live_sessions limit 1"""
        )
    await place.talked()
    await receiver.gets()
    await place.until(1, "select count(*) from webhook_deliveries where status = 'delivered'")

    async def aged(days: int) -> None:
        async with place.node.resources.database.connection() as cx:
            await cx.execute("update webhook_events set at = now() - make_interval(days => $1)", days)
        await webhooks.outbox(place.node.resources).sweep()

    await aged(29)
    assert await place.counts("select count(*) from webhook_deliveries") == 1
    await aged(31)
    assert await place.counts("select count(*) from webhook_deliveries") == 0
    await place.talked()
    assert await facts(place) == ["quota.low"] and len(receiver.taken) == 1
    await aged(63)
    assert await facts(place) == []


async def facts(place: Place) -> list[str]:
    async with place.node.resources.database.connection() as cx:
        return [row["type"] for row in await cx.fetch("select type from webhook_events order by id")]


async def until_delivered(place: Place, hook: Any, count: int) -> None:
    query = "select count(*) from webhook_deliveries where endpoint_id = $1 and status = 'delivered'"
    await place.until(count, query, hook["id"])


async def test_nothing_is_kept_where_nobody_listens(place: Place, receiver: Receiver) -> None:
    hook = await place.hook(receiver.url, events=["module.completed"])
    await place.talked()
    await place.ask("PATCH", f"/api/webhooks/{hook['id']}", json={"events": ["session.ended"], "enabled": False})
    await place.talked()
    assert await facts(place) == []
    await place.ask("PATCH", f"/api/webhooks/{hook['id']}", json={"enabled": True})
    await place.talked()
    await until(lambda: len(receiver.taken) == 1)
