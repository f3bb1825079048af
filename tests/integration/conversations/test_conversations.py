"""Conversations over the public API: owned, paged, deleted whole."""

from typing import Any

from tests.support.node import Account, Parley

BASE = "/api/core/conversations"


async def ask(parley: Parley, account: Account, method: str, path: str, status: int, **options: Any) -> Any:
    headers = {**account.headers, **options.pop("headers", {})}
    async with parley.client.request(method, path, headers=headers, **options) as response:
        assert response.status == status, await response.text()
        return await response.json() if response.content_type == "application/json" else None


async def test_a_conversation_is_created_listed_and_deleted(parley: Parley) -> None:
    ana = await parley.account()
    made = await ask(parley, ana, "POST", BASE, 201, json={"title": " Travel ", "language": "en"})
    assert (made["title"], made["language"], made["message_count"]) == ("Travel", "en", 0)
    listed = await ask(parley, ana, "GET", BASE, 200)
    assert listed == {"items": [made], "next_cursor": None}
    await ask(parley, ana, "DELETE", f"{BASE}/{made['id']}", 204)
    await ask(parley, ana, "DELETE", f"{BASE}/{made['id']}", 404)
    assert (await ask(parley, ana, "GET", BASE, 200))["items"] == []


async def test_pages_follow_each_other_while_rows_are_inserted(parley: Parley) -> None:
    ana = await parley.account()
    made = [(await ask(parley, ana, "POST", BASE, 201, json={"title": str(n)}))["id"] for n in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        page = await ask(parley, ana, "GET", BASE, 200, params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        seen += [one["id"] for one in page["items"]]
        await ask(parley, ana, "POST", BASE, 201, json={})
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == made[::-1]


async def test_what_is_anothers_is_not_found(parley: Parley) -> None:
    ana, bob = await parley.account(), await parley.account()
    one = (await ask(parley, ana, "POST", BASE, 201, json={}))["id"]
    for method, path in (
        ("DELETE", f"{BASE}/{one}"),
        ("GET", f"{BASE}/{one}/messages"),
        ("POST", f"{BASE}/{one}/session/start"),
        ("POST", f"{BASE}/{one}/session/activity"),
        ("POST", f"{BASE}/{one}/session/end"),
        ("GET", f"{BASE}/{one}/session/status"),
    ):
        await ask(parley, bob, method, path, 404)
    assert (await ask(parley, bob, "GET", BASE, 200))["items"] == []


async def test_broken_cursors_are_refused_by_name(parley: Parley) -> None:
    ana = await parley.account()
    one = (await ask(parley, ana, "POST", BASE, 201, json={}))["id"]
    for path in (BASE, f"{BASE}/{one}/messages"):
        for cursor in ("nonsense", "WyJ4Il0", "WzFd"):
            body = await ask(parley, ana, "GET", path, 400, params={"cursor": cursor})
            assert body["detail"]["fields"][0]["path"] == "/cursor"


async def test_messages_come_oldest_first(parley: Parley) -> None:
    ana = await parley.account()
    first = await ask(parley, ana, "POST", "/api/ai/generate", 200, json={"message": "I like trains."})
    where = first["conversation_id"]
    body = {"message": "I go to Rome yesterday.", "conversation_id": where}
    await ask(parley, ana, "POST", "/api/ai/generate", 200, json=body)
    page = await ask(parley, ana, "GET", f"{BASE}/{where}/messages", 200, params={"limit": 3})
    rest = await ask(
        parley, ana, "GET", f"{BASE}/{where}/messages", 200, params={"limit": 3, "cursor": page["next_cursor"]}
    )
    items = page["items"] + rest["items"]
    assert [one["role"] for one in items] == ["user", "assistant"] * 2
    assert items[0]["content"] == "I like trains."
    assert rest["next_cursor"] is None
