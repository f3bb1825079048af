"""Integration tokens as a test asks for them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running

ORIGIN = "https://school.example"
WANTED = {"mode": "api", "origin": ORIGIN, "scopes": ["organizations:read"], "ttlSeconds": 300}


async def call(
    node: Parley, path: str, who: Account | None = None, body: Any = None, **options: Any
) -> tuple[int, Any]:
    method = "GET" if body is None else "POST"
    headers = {**(who.headers if who else {}), **options.pop("headers", {})}
    async with node.client.request(method, path, headers=headers, json=body, **options) as response:
        return response.status, await response.json()


async def found(node: Parley, owner: Account, slug: str = "school") -> str:
    status, made = await call(node, "/api/organizations", owner, {"name": "School", "slug": slug})
    assert status == 201
    return str(made["id"])


async def grant(node: Parley, who: Account, **changes: Any) -> dict[str, Any]:
    status, granted = await call(node, "/api/integration/grant", who, {**WANTED, **changes})
    assert status == 201, granted
    return dict(granted)


async def verify(node: Parley, who: Account, token: str, tenant: str, origin: str | None = None) -> dict[str, Any]:
    body = {"token": token, "tenantId": tenant, **({"origin": origin} if origin else {})}
    status, verdict = await call(node, "/api/integration/verify", who, body)
    assert status == 200, verdict
    return dict(verdict)


def bearer(token: str, origin: str | None = ORIGIN) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **({"Origin": origin} if origin else {})}


@pytest.fixture
async def slow(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeClock]]:
    async with running(settings, database_url, redis_url, clock=clock) as node:
        yield node, clock
