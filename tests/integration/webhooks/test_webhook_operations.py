"""Who may have webhooks, for what, and what is refused."""

import asyncio
from typing import Any

from api.webhooks.rules import MOST_ENDPOINTS
from server.config import Settings
from tests.integration.webhooks.conftest import EVERY, Place
from tests.support.node import Account, running

URL = "https://example.org/hook"


async def test_a_webhook_is_made_changed_listed_and_deleted(place: Place) -> None:
    made = await place.hook(URL, events=["session.ended", "quota.low", "session.ended"], description=" Grade book ")
    assert made["secret"].startswith("whsec_") and made["events"] == ["quota.low", "session.ended"]
    assert (made["enabled"], made["description"], made["organization_id"]) == (True, "Grade book", None)
    path = f"/api/webhooks/{made['id']}"
    shown = await place.ask("GET", path)
    assert shown == {**made, "secret": None}
    changed = await place.ask("PATCH", path, json={"url": URL + "2", "enabled": False})
    assert (changed["url"], changed["enabled"], changed["disabled_reason"]) == (URL + "2", False, "owner")
    second = await place.hook(URL)
    listed = await place.ask("GET", "/api/webhooks", params={"limit": 1})
    assert [one["id"] for one in listed["items"]] == [second["id"]]
    listed = await place.ask("GET", "/api/webhooks", params={"cursor": listed["next_cursor"]})
    assert [one["id"] for one in listed["items"]] == [made["id"]] and listed["next_cursor"] is None
    assert (await place.send("DELETE", path))[0] == 204 and (await place.send("GET", path))[0] == 404
    async with place.node.resources.database.connection() as cx:
        rows = await cx.fetch("select action from audit_events where target_id = $1 order by id", made["id"])
        kept = await cx.fetchval("select secret_sealed from webhook_endpoints where id = $1", second["id"])
    assert [row["action"] for row in rows] == ["webhook.created", "webhook.updated", "webhook.deleted"]
    assert second["secret"].encode() not in kept


async def refused(place: Place, url: object) -> bool:
    status, body = await place.send("POST", "/api/webhooks", json={"url": url, "events": EVERY})
    return status == 400 and body["detail"]["fields"][0]["path"] == "/url"


NOT_FOR_US: tuple[object, ...] = (
    "http://example.org/hook",
    "ftp://example.org/",
    "https://",
    "example.org",
    "https://user:word@example.org/",
    "https://example.org/#part",
    "https://example.org:6379/",
    "https://example.org:22/",
    "https://example.org:99999/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://10.0.0.1:8443/",
    "https://169.254.169.254/latest/meta-data",
    "https://168.63.129.16/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00:ec2::254]/",
    "https://224.0.0.1/",
    "https://0.0.0.0/",
    "https://example.org/\x00",
    "https://example.org/" + "a" * 2000,
    "",
    7,
)


async def test_an_address_that_is_none_for_us_is_refused_at_once(
    settings: Settings, database_url: str, redis_url: str
) -> None:
    async with running(settings, database_url, redis_url) as node:
        place = Place(node, await node.account("ana"))
        made = await place.hook(URL)
        for url in NOT_FOR_US:
            assert await refused(place, url), url
            status, _ = await place.send("PATCH", f"/api/webhooks/{made['id']}", json={"url": url})
            assert status == 400, url


async def test_what_else_is_refused(place: Place) -> None:
    unfit: list[dict[str, Any]] = [
        {"events": []},
        {"events": ["note.made"]},
        {"events": ["webhook.test"]},
        {"secret": "x"},
    ]
    for wrong in unfit:
        status, _ = await place.send("POST", "/api/webhooks", json={"url": URL, "events": EVERY, **wrong})
        assert status == 400, wrong
    sent = await asyncio.gather(
        *(place.send("POST", "/api/webhooks", json={"url": URL, "events": EVERY}) for _ in range(MOST_ENDPOINTS + 2))
    )
    assert sorted(status for status, _ in sent) == [201] * MOST_ENDPOINTS + [409] * 2


async def test_another_persons_webhook_is_not_there(place: Place) -> None:
    made = await place.hook(URL)
    stranger = await place.node.account("stranger")
    await operations_are(place, made, stranger, 404)
    assert (await place.ask("GET", "/api/webhooks", stranger))["items"] == []


async def operations_are(place: Place, made: Any, who: Account, expected: int, **rest: Any) -> None:
    path, delivery = f"/api/webhooks/{made['id']}", "/deliveries/0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f91"
    since = {"since": "2026-03-02T09:00:00Z"}
    for method, end, body in (
        ("GET", "", None),
        ("PATCH", "", {"enabled": False}),
        ("POST", "/rotate", None),
        ("POST", "/test", None),
        ("GET", "/deliveries", None),
        ("GET", delivery, None),
        ("POST", f"{delivery}/replay", None),
        ("POST", "/replay", since),
        ("DELETE", "", None),
    ):
        status, answer = await place.send(method, path + end, who, json=body, **rest)
        assert status == expected, (method, end, answer)


async def test_an_organizations_webhooks_are_for_those_who_lead_it(place: Place) -> None:
    school = (await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"}))["id"]
    other = (await place.ask("POST", "/api/organizations", json={"name": "Other", "slug": "other"}))["id"]
    boss, pupil, stranger = [await place.node.account(name) for name in ("boss", "pupil", "stranger")]
    await place.node.member(place.owner, school, boss, role="admin")
    await place.node.member(place.owner, school, pupil)
    made = await place.hook(URL, boss, organization_id=school)
    assert made["organization_id"] == school
    body = {"url": URL, "events": EVERY, "organization_id": school}
    for who, expected in ((pupil, 403), (stranger, 404)):
        assert (await place.send("POST", "/api/webhooks", who, json=body))[0] == expected
        query = {"organization_id": school}
        assert (await place.send("GET", "/api/webhooks", who, params=query))[0] == expected
        await operations_are(place, made, who, 404)
    for organization, count in ((school, 1), (other, 0)):
        listed = await place.ask("GET", "/api/webhooks", params={"organization_id": organization})
        assert len(listed["items"]) == count
    assert (await place.ask("GET", "/api/webhooks", boss))["items"] == []
    leaver = f"/api/organizations/{school}/members/{boss.user_id}"
    await place.ask("DELETE", leaver)
    await operations_are(place, made, boss, 404)
    assert (await place.ask("GET", f"/api/webhooks/{made['id']}"))["enabled"]
    assert (await place.send("DELETE", f"/api/organizations/{school}"))[0] == 204
    assert (await place.send("GET", f"/api/webhooks/{made['id']}"))[0] == 404


async def test_the_token_of_an_embedded_page_gets_no_webhooks(place: Place) -> None:
    await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"})
    mine = await place.hook(URL)
    grant = {"mode": "api", "origin": "https://s.example", "scopes": ["live:read"], "ttlSeconds": 300}
    for scope in ("webhooks:read", "webhooks:write"):
        wanted = {**grant, "scopes": [scope]}
        assert (await place.send("POST", "/api/integration/grant", json=wanted))[0] == 403
    token = (await place.ask("POST", "/api/integration/grant", json=grant))["integrationToken"]
    headers = {"Authorization": f"Bearer {token}", "Origin": "https://s.example"}
    await operations_are(place, mine, place.owner, 403, headers=headers)
