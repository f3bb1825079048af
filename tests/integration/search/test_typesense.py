"""Typesense takes over, is told of every change, and PostgreSQL answers while it is down."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from api.search.outbox import Outbox
from api.search.typesense import TypesenseEngine
from server.config import Settings
from tests.support import node
from tests.support.node import Account, Parley
from tests.support.typesense import KEY, Typesense, typesense


@pytest.fixture
async def engine() -> AsyncIterator[Typesense]:
    async with typesense() as running:
        yield running


@pytest.fixture
async def parley(engine: Typesense, settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    outside = settings.model_copy(update={"typesense_url": engine.url, "typesense_key": SecretStr(KEY)})
    async with node.running(outside, database_url, redis_url) as running:
        yield running


async def ask(parley: Parley, account: Account, method: str, path: str, status: int, **options: Any) -> Any:
    async with parley.client.request(method, path, headers=account.headers, **options) as response:
        assert response.status == status, await response.text()
        return await response.json() if response.content_type == "application/json" else None


async def until(holds: Any) -> None:
    for _ in range(300):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to be")


async def test_changes_reach_the_engine_and_it_answers(parley: Parley, engine: Typesense) -> None:
    ana, bob = await parley.account(), await parley.account()
    note = await ask(parley, ana, "POST", "/api/core/notes", 201, json={"title": "Rivers", "content": "The Danube"})
    await until(lambda: f"note-{note['id']}" in engine.documents)
    (found,) = (await ask(parley, ana, "GET", "/api/core/search", 200, params={"q": "danube"}))["notes"]
    assert found["snippet"] == "The <mark>Danube</mark>"
    assert all(f"owner:={ana.user_id}" in one["filter_by"] for one in engine.searches)
    assert (await ask(parley, bob, "GET", "/api/core/search", 200, params={"q": "danube"}))["notes"] == []
    await ask(parley, ana, "DELETE", f"/api/core/notes/{note['id']}", 204)
    await until(lambda: not engine.documents)


async def test_a_stale_entry_shows_nobodys_row(parley: Parley, engine: Typesense) -> None:
    ana, bob = await parley.account(), await parley.account()
    note = await ask(parley, ana, "POST", "/api/core/notes", 201, json={"title": "Rivers", "content": "The Danube"})
    await until(lambda: f"note-{note['id']}" in engine.documents)
    engine.documents[f"note-{note['id']}"]["owner"] = bob.user_id
    assert (await ask(parley, bob, "GET", "/api/core/search", 200, params={"q": "danube"}))["notes"] == []


async def test_while_it_is_down_postgresql_answers_and_changes_wait(parley: Parley, engine: Typesense) -> None:
    ana, admin = await parley.account(), await parley.admin()
    await until(lambda: engine.schema is not None)
    engine.down = True
    note = await ask(parley, ana, "POST", "/api/core/notes", 201, json={"title": "Rivers", "content": "The Danube"})
    assert len((await ask(parley, ana, "GET", "/api/core/search", 200, params={"q": "danbe"}))["notes"]) == 1
    status = await ask(parley, admin, "GET", "/api/core/search/status", 200)
    assert (status["engine"], status["healthy"], status["pending"] > 0) == ("typesense", False, True)
    engine.down = False
    await until(lambda: f"note-{note['id']}" in engine.documents)
    status = await ask(parley, admin, "GET", "/api/core/search/status", 200)
    assert (status["healthy"], status["documents"]) == (True, len(engine.documents))


@pytest.mark.parametrize("now", ["The Elbe", None])
async def test_a_slow_node_brings_no_older_text_back(parley: Parley, engine: Typesense, now: str | None) -> None:
    ana, resources = await parley.account(), parley.resources
    await until(lambda: engine.schema is not None)
    gate = engine.held_up = asyncio.Event()
    note = await ask(parley, ana, "POST", "/api/core/notes", 201, json={"title": "Rivers", "content": "The Danube"})
    await until(lambda: engine.held_up is None)
    path, key = f"/api/core/notes/{note['id']}", f"note-{note['id']}"
    if now is None:
        await ask(parley, ana, "DELETE", path, 204)
    else:
        await ask(parley, ana, "PUT", path, 200, json={"title": "Rivers", "content": now})
    collection = resources.settings.typesense_collection
    other = Outbox(
        resources.database, TypesenseEngine(resources.outbound, url=engine.url, key=KEY, collection=collection)
    )
    assert await other.send() > 1 and await other.send() == 0
    before = engine.taken.count(key)
    gate.set()
    await until(lambda: engine.taken.count(key) > before)  # the older one has come
    await until(lambda: engine.documents.get(key, {}).get("body", "").strip() == (now or ""))
