"""Credentials of every kind, and the doors and events that they are tried at."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from realtime.node import credential_watch
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running

ORIGIN, ELSEWHERE = "https://school.example", "https://elsewhere.example"
LIVE = {"live:read", "live:write"}


@pytest.fixture
async def node(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Parley]:
    """Pages of both origins may connect: what a token is bound to decides."""
    monkeypatch.setattr(credential_watch, "_CHECK_SECONDS", 0.1)
    fields: dict[str, Any] = dict.fromkeys(("limit_read", "limit_write", "limit_heavy", "limit_public"), 1_000_000)
    changed = settings.model_copy(update={**fields, "cors_origins": (ORIGIN, ELSEWHERE), "live_silence_seconds": 1e6})
    async with running(changed, database_url, redis_url, clock=clock) as parley:
        yield parley


async def made(node: Parley, path: str, body: Any, headers: dict[str, str]) -> dict[str, Any]:
    async with node.client.post(path, json=body, headers=headers) as response:
        assert response.status in (200, 201), (path, await response.text())
        return dict(await response.json())


async def key(node: Parley, who: Account, *names: str, **fields: Any) -> dict[str, Any]:
    return await made(node, "/api/api-keys", {"name": "walk", "scopes": list(names), **fields}, who.headers)


async def school(node: Parley, who: Account, slug: str = "school") -> str:
    return str((await made(node, "/api/organizations", {"name": slug, "slug": slug}, who.headers))["id"])


async def token(node: Parley, who: Account, tenant: str, *names: str, **fields: Any) -> dict[str, Any]:
    body = {"mode": "api", "origin": ORIGIN, "ttlSeconds": 900, "scopes": list(names), "tenantId": tenant, **fields}
    return await made(node, "/api/integration/grant", body, who.headers)


async def voice(node: Parley, headers: dict[str, str]) -> tuple[str, str]:
    """A session started over REST: (its id, its ticket)."""
    started = await made(node, "/api/live/session/start", {"session_type": "voice", "takeover": True}, headers)
    return started["session_id"], started["realtime"]["ticket"]


async def revoke(node: Parley, who: Account, tenant: str, granted: dict[str, Any]) -> None:
    await made(node, "/api/integration/revoke", {"tenantId": tenant, "jti": granted["jti"], "reason": "x"}, who.headers)


def shown(text: str, origin: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}", **({} if origin is None else {"Origin": origin})}
