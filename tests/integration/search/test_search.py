"""Search over the public API: found at once, slips forgiven, nobody else's rows."""

import asyncio
from typing import Any

import pytest

from tests.support.node import Account, Parley


async def ask(parley: Parley, account: Account, method: str, path: str, status: int, **options: Any) -> Any:
    async with parley.client.request(method, path, headers=account.headers, **options) as response:
        assert response.status == status, await response.text()
        return await response.json() if response.content_type == "application/json" else None


async def search(parley: Parley, account: Account, q: str, **more: Any) -> Any:
    return await ask(parley, account, "GET", "/api/core/search", 200, params={"q": q, **more})


async def say(parley: Parley, account: Account, message: str, **more: Any) -> str:
    answer = await ask(parley, account, "POST", "/api/ai/generate", 200, json={"message": message, **more})
    return str(answer["conversation_id"])


@pytest.fixture
async def ana(parley: Parley) -> Account:
    account = await parley.account()
    await say(parley, account, "Yesterday I went to the cinema with my friends.")
    await say(parley, account, "My favourite restaurant serves <b>noodles</b> & soup.")
    await ask(
        parley,
        account,
        "POST",
        "/api/core/notes",
        201,
        json={
            "title": "Irregular verbs",
            "content": "go, went, gone",
            "tags": ["grammar"],
        },
    )
    return account


async def test_what_was_written_is_found_at_once_in_all_its_places(parley: Parley, ana: Account) -> None:
    found = await search(parley, ana, "cinema")
    assert found["query"] == "cinema"
    assert found["took_ms"] > 0
    (conversation,) = found["conversations"]
    assert conversation["title"] == "Yesterday I went to the cinema with my friends"
    message = found["messages"][0]
    assert "<mark>cinema</mark>" in message["snippet"]
    assert message["conversation_id"] == conversation["id"]
    (note,) = (await search(parley, ana, "grammar"))["notes"]
    assert note["title"] == "Irregular verbs"


async def test_slips_forms_and_beginnings_are_understood(parley: Parley, ana: Account) -> None:
    for typed in ("cinma", "cniema", "CINEMA", "cinemas", "cine", "cinéma", "frends cinema"):
        messages = (await search(parley, ana, typed))["messages"]
        assert any("<mark>cinema</mark>" in one["snippet"] for one in messages), typed


async def test_snippets_are_escaped(parley: Parley, ana: Account) -> None:
    (own,) = [one for one in (await search(parley, ana, "noodles"))["messages"] if one["role"] == "user"]
    assert own["snippet"] == "My favourite restaurant serves &lt;b&gt;<mark>noodles</mark>&lt;/b&gt; &amp; soup."


async def test_kinds_and_limits_filter(parley: Parley, ana: Account) -> None:
    only = await search(parley, ana, "went", type="note")
    assert only["conversations"] == only["messages"] == []
    assert len(only["notes"]) == 1
    assert len((await search(parley, ana, "i", limit=1))["messages"]) <= 1


async def test_a_title_counts_more_than_a_mention(parley: Parley, ana: Account) -> None:
    for title, content in (("Shopping list", "verbs"), ("Verbs of motion", "run, walk")):
        await ask(parley, ana, "POST", "/api/core/notes", 201, json={"title": title, "content": content})
    titles = [one["title"] for one in (await search(parley, ana, "verbs"))["notes"]]
    assert titles[-1] == "Shopping list"


async def test_nobody_finds_anothers_rows(parley: Parley, ana: Account) -> None:
    bob = await parley.account()
    for q in ("cinema", "cinma", "verbs", "noodles soup"):
        found = await search(parley, bob, q)
        assert found["conversations"] == found["messages"] == found["notes"] == []


async def test_changes_and_deletions_show_at_once(parley: Parley, ana: Account) -> None:
    (note,) = (await search(parley, ana, "irregular"))["notes"]
    await ask(parley, ana, "PUT", f"/api/core/notes/{note['id']}", 200, json={"title": "Strong verbs"})
    assert (await search(parley, ana, "irregular"))["notes"] == []
    assert len((await search(parley, ana, "strong"))["notes"]) == 1
    (conversation,) = (await search(parley, ana, "cinema"))["conversations"]
    await ask(parley, ana, "DELETE", f"/api/core/conversations/{conversation['id']}", 204)
    after = await search(parley, ana, "cinema")
    assert after["conversations"] == after["messages"] == []


async def test_any_text_can_be_looked_for(parley: Parley, ana: Account) -> None:
    for q in ("'; drop table messages; --", "a & | ! ( :*", "%_\\", "to be", "😀", "x" * 500, "\t"):
        await search(parley, ana, q)


async def test_status_and_reindex_are_for_admins(parley: Parley, ana: Account) -> None:
    admin = await parley.admin()
    await ask(parley, ana, "GET", "/api/core/search/status", 403)
    await ask(parley, ana, "POST", "/api/core/search/reindex", 403)
    before = await ask(parley, admin, "GET", "/api/core/search/status", 200)
    assert (before["engine"], before["healthy"], before["documents"]) == ("postgresql", True, 7)
    async with parley.resources.database.connection() as cx:
        await cx.execute("delete from search_entries")
        await cx.execute("delete from search_words")
    assert (await search(parley, ana, "cinema"))["messages"] == []
    job = await ask(parley, admin, "POST", "/api/core/search/reindex", 202, json={"scope": "all"})
    assert job["status"] == "queued"
    for _ in range(200):
        status = await ask(parley, admin, "GET", "/api/core/search/status", 200)
        if status["pending"] == 0:
            break
        await asyncio.sleep(0.05)
    assert status["documents"] == before["documents"]
    assert (await search(parley, ana, "cinma"))["messages"]
