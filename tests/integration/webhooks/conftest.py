"""A node that may send to this machine, and a receiver here."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from server.config import Settings
from tests.support.node import Account, Parley, running
from tests.support.receivers import Receiver, receiving

LOCAL = {"webhook_http": True, "webhook_networks": ("127.0.0.0/8",)}
EVERY = ["session.ended", "transcript.ready", "module.completed", "assignment.due", "quota.low"]


@dataclass
class Place:
    """A node, and somebody who has webhooks there."""

    node: Parley
    owner: Account

    async def send(self, method: str, path: str, who: Account | None = None, **rest: Any) -> tuple[int, Any]:
        asking, more = who or self.owner, rest.pop("headers", {})
        async with self.node.client.request(method, path, headers={**asking.headers, **more}, **rest) as response:
            status, answer = response.status, (await response.json() if response.status != 204 else {})
        if status == 401 and answer["detail"]["error"] == "token_expired":  # the clock was advanced
            await self.sign_in(asking)
            return await self.send(method, path, asking, headers=more, **rest)
        return status, answer

    async def sign_in(self, who: Account) -> None:
        form = {"username": who.username, "password": who.password}
        async with self.node.client.post("/api/auth/login", data=form) as response:
            who.access_token = (await response.json())["access_token"]

    async def ask(self, method: str, path: str, who: Account | None = None, **rest: Any) -> Any:
        status, answer = await self.send(method, path, who, **rest)
        assert status < 400, (status, answer)
        return answer

    async def hook(self, url: str, who: Account | None = None, **fields: Any) -> Any:
        return await self.ask("POST", "/api/webhooks", who, json={"url": url, "events": EVERY, **fields})

    async def deliveries(self, hook: Any, who: Account | None = None, **query: str) -> list[Any]:
        found = await self.ask("GET", f"/api/webhooks/{hook['id']}/deliveries", who, params=query)
        items: list[Any] = found["items"]
        return items

    async def counts(self, query: str, *arguments: object) -> int:
        async with self.node.resources.database.connection() as cx:
            return int(await cx.fetchval(query, *arguments))

    async def until(self, count: int, query: str, *arguments: object) -> None:
        """Wait until a query counts so many."""
        async with asyncio.timeout(60):
            while await self.counts(query, *arguments) != count:  # noqa: ASYNC110 - there is no event to wait for
                await asyncio.sleep(0.02)

    async def talked(self, who: Account | None = None) -> str:
        """A live session that was begun and ended."""
        body = {"session_type": "voice"}
        session_id = (await self.ask("POST", "/api/live/session/start", who, json=body))["session_id"]
        await self.ask("POST", "/api/live/session/end", who, json={"session_id": session_id, "reason": "my own words"})
        return str(session_id)


@pytest.fixture
def local(settings: Settings) -> Settings:
    return settings.model_copy(update=LOCAL)


@pytest.fixture
async def place(local: Settings, database_url: str, redis_url: str) -> AsyncIterator[Place]:
    async with running(local, database_url, redis_url) as node:
        yield Place(node, await node.account("ana"))


@pytest.fixture
async def receiver(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    """One that may keep a delivery waiting for as long as a test likes."""
    monkeypatch.setattr("kit.foreign_servers._SECONDS", 300.0)
    async with receiving() as one:
        yield one
