"""What API keys may do with webhooks: no more than they could learn by asking."""

from typing import Any

from tests.integration.webhooks.conftest import Place
from tests.support.receivers import Receiver

URL = "https://example.org/hook"


async def key(place: Place, scopes: list[str], **bound: Any) -> dict[str, str]:
    body = {"name": "key", "scopes": scopes, **bound}
    return {"X-API-Key": (await place.ask("POST", "/api/api-keys", json=body))["key"]}


async def send(place: Place, method: str, path: str, headers: dict[str, str], **rest: Any) -> tuple[int, Any]:
    async with place.node.client.request(method, path, headers=headers, **rest) as response:
        return response.status, (await response.json() if response.status != 204 else None)


async def test_a_key_asks_for_nothing_that_it_could_not_read(place: Place) -> None:
    school = (await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"}))["id"]

    whole = await key(place, ["webhooks:read", "webhooks:write", "live:read", "xel:read"])
    writer = await key(place, ["webhooks:write", "xel:read"])
    body = {"url": URL, "events": ["session.ended"]}
    status, answer = await send(place, "POST", "/api/webhooks", writer, json=body)
    assert (status, answer["detail"]["required_scope"]) == (403, "live:read")
    status, made = await send(place, "POST", "/api/webhooks", whole, json=body)
    assert status == 201
    for change in ({"url": URL + "2"}, {"events": ["module.completed", "quota.low"]}):
        assert (await send(place, "PATCH", f"/api/webhooks/{made['id']}", writer, json=change))[0] == 403
    assert (await send(place, "POST", f"/api/webhooks/{made['id']}/rotate", writer))[0] == 403
    for old in ("integrations:write", "live:read", "api:write"):
        assert (await send(place, "POST", "/api/webhooks", await key(place, [old]), json=body))[0] == 403
    blind = await key(place, ["webhooks:read", "webhooks:write", "live:read"], organization_id=school)
    status, answer = await send(place, "POST", "/api/webhooks", blind, json=body)
    assert (status, answer["detail"]["required_scope"]) == (403, "organizations:read")
    assert (await send(place, "POST", "/api/webhooks", whole, json={**body, "organization_id": school}))[0] == 403
    seeing = ["webhooks:read", "webhooks:write", "live:read", "organizations:read"]
    bound = await key(place, seeing, organization_id=school)
    assert (await send(place, "GET", f"/api/webhooks/{made['id']}", bound))[0] == 404
    status, ours = await send(place, "POST", "/api/webhooks", bound, json=body)
    assert (status, ours["organization_id"]) == (201, school)
    assert [one["id"] for one in (await send(place, "GET", "/api/webhooks", bound))[1]["items"]] == [ours["id"]]
    mine = f"/api/webhooks/{ours['id']}"
    assert (await send(place, "PATCH", mine, blind, json={"url": URL + "2"}))[0] == 403
    assert (await send(place, "POST", f"{mine}/rotate", blind))[0] == 403
    other = (await place.ask("POST", "/api/organizations", json={"name": "Other", "slug": "other"}))["id"]
    status, _ = await send(place, "POST", "/api/webhooks", bound, json={**body, "organization_id": other})
    assert status == 404


async def test_a_key_reads_no_payload_that_it_could_not_read_by_asking(place: Place, receiver: Receiver) -> None:
    hook = await place.hook(receiver.url, events=["session.ended"])
    await place.talked()
    await receiver.gets()
    (delivery,) = await place.deliveries(hook)
    path = f"/api/webhooks/{hook['id']}/deliveries"
    reader, whole = await key(place, ["webhooks:read"]), await key(place, ["webhooks:read", "live:read"])
    status, listed = await send(place, "GET", path, reader)
    assert (status, [one["id"] for one in listed["items"]]) == (200, [delivery["id"]])
    status, answer = await send(place, "GET", f"{path}/{delivery['id']}", reader)
    assert (status, answer["detail"]["required_scope"]) == (403, "live:read")
    assert (await send(place, "GET", f"{path}/{delivery['id']}", whole))[1]["payload"]["type"] == "session.ended"
    assert (await place.ask("POST", f"/api/webhooks/{hook['id']}/test"))["event"] == "webhook.test"
    tests = [one for one in (await send(place, "GET", path, reader))[1]["items"] if one["event"] == "webhook.test"]
    assert (await send(place, "GET", f"{path}/{tests[0]['id']}", reader))[0] == 200


async def test_a_key_turns_nothing_to_itself_that_was_sent_before(place: Place, receiver: Receiver) -> None:
    """What waits, and what is replayed, goes to the address that the webhook has then."""
    hook = await place.hook(receiver.url, events=["session.ended"])
    await place.talked()
    await receiver.gets()
    path = f"/api/webhooks/{hook['id']}"
    courses = await key(place, ["webhooks:read", "webhooks:write", "xel:read"])
    turned = {"url": URL, "events": ["module.completed"]}
    assert (await send(place, "PATCH", path, courses, json=turned))[0] == 403
    await place.ask("PATCH", path, json={"events": ["module.completed"]})
    for change in (turned, {"url": URL}):
        status, answer = await send(place, "PATCH", path, courses, json=change)
        assert (status, answer["detail"]["required_scope"]) == (403, "live:read")
    assert (await send(place, "POST", f"{path}/rotate", courses))[0] == 403
    other = await place.hook(URL, events=["module.completed"])
    await place.ask("POST", f"/api/webhooks/{other['id']}/test")
    plain = await key(place, ["webhooks:write", "xel:read"])
    assert (await send(place, "PATCH", f"/api/webhooks/{other['id']}", plain, json={"url": URL + "2"}))[0] == 200
