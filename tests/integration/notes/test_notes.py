"""Notes over the public API."""

from typing import Any

from tests.support.node import Account, Parley

BASE = "/api/core/notes"


async def ask(parley: Parley, account: Account, method: str, path: str, status: int, **options: Any) -> Any:
    async with parley.client.request(method, path, headers=account.headers, **options) as response:
        assert response.status == status, await response.text()
        return await response.json() if response.content_type == "application/json" else None


async def test_a_note_is_written_changed_and_deleted(parley: Parley) -> None:
    ana = await parley.account()
    body = {"title": " Past ", "content": "go, went", "tags": ["verbs", "verbs", "B1"]}
    note = await ask(parley, ana, "POST", BASE, 201, json=body)
    assert (note["title"], note["tags"], note["conversation_id"]) == ("Past", ["verbs", "B1"], None)
    changed = await ask(parley, ana, "PUT", f"{BASE}/{note['id']}", 200, json={"content": "go, went, gone"})
    assert (changed["title"], changed["content"], changed["tags"]) == ("Past", "go, went, gone", ["verbs", "B1"])
    assert changed["created_at"] == note["created_at"]
    await ask(parley, ana, "DELETE", f"{BASE}/{note['id']}", 204)
    await ask(parley, ana, "PUT", f"{BASE}/{note['id']}", 404, json={"title": "x"})


async def test_notes_are_filtered_and_paged(parley: Parley) -> None:
    ana = await parley.account()
    talk = (await ask(parley, ana, "POST", "/api/core/conversations", 201, json={}))["id"]
    for number in range(5):
        body = {"title": f"n{number}", "content": "", "tags": ["odd"] if number % 2 else []}
        if number == 3:
            body["conversation_id"] = talk
        await ask(parley, ana, "POST", BASE, 201, json=body)
    odd = await ask(parley, ana, "GET", BASE, 200, params={"tag": "odd"})
    assert [one["title"] for one in odd["items"]] == ["n3", "n1"]
    of_talk = await ask(parley, ana, "GET", BASE, 200, params={"conversation_id": talk})
    assert [one["title"] for one in of_talk["items"]] == ["n3"]
    first = await ask(parley, ana, "GET", BASE, 200, params={"limit": 3})
    rest = await ask(parley, ana, "GET", BASE, 200, params={"limit": 3, "cursor": first["next_cursor"]})
    assert [one["title"] for one in first["items"] + rest["items"]] == ["n4", "n3", "n2", "n1", "n0"]


async def test_a_note_outlives_its_conversation_and_can_leave_it(parley: Parley) -> None:
    ana = await parley.account()
    talk = (await ask(parley, ana, "POST", "/api/core/conversations", 201, json={}))["id"]
    note = await ask(parley, ana, "POST", BASE, 201, json={"title": "a", "content": "b", "conversation_id": talk})
    left = await ask(parley, ana, "PUT", f"{BASE}/{note['id']}", 200, json={"conversation_id": None})
    assert left["conversation_id"] is None
    await ask(parley, ana, "PUT", f"{BASE}/{note['id']}", 200, json={"conversation_id": talk})
    await ask(parley, ana, "DELETE", f"/api/core/conversations/{talk}", 204)
    (kept,) = (await ask(parley, ana, "GET", BASE, 200))["items"]
    assert kept["conversation_id"] is None


async def test_anothers_note_or_conversation_is_not_found(parley: Parley) -> None:
    ana, bob = await parley.account(), await parley.account()
    talk = (await ask(parley, ana, "POST", "/api/core/conversations", 201, json={}))["id"]
    note = (await ask(parley, ana, "POST", BASE, 201, json={"title": "a", "content": "b"}))["id"]
    await ask(parley, bob, "PUT", f"{BASE}/{note}", 404, json={"title": "mine"})
    await ask(parley, bob, "DELETE", f"{BASE}/{note}", 404)
    await ask(parley, bob, "POST", BASE, 404, json={"title": "a", "content": "b", "conversation_id": talk})
    own = (await ask(parley, bob, "POST", BASE, 201, json={"title": "a", "content": "b"}))["id"]
    await ask(parley, bob, "PUT", f"{BASE}/{own}", 404, json={"conversation_id": talk})


async def test_all_field_errors_come_at_once(parley: Parley) -> None:
    ana = await parley.account()
    body = await ask(parley, ana, "POST", BASE, 400, json={"title": " ", "tags": ["x"] * 21, "colour": "red"})
    assert {field["path"] for field in body["detail"]["fields"]} == {"/title", "/content", "/tags", "/colour"}
