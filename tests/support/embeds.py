"""Tokens for pages in frames of other sites."""

from typing import Any

from tests.support.node import Parley


async def embed_token(node: Parley, origin: str) -> str:
    """A token of mode embed of a new organization, for live sessions in frames of that origin; good for 5 minutes."""
    ana = await node.account()
    slug = f"school-{len(node.accounts)}"
    async with node.client.post("/api/organizations", json={"name": "S", "slug": slug}, headers=ana.headers) as made:
        assert made.status == 201
    wanted: dict[str, Any] = {"mode": "embed", "origin": origin, "ttlSeconds": 300}
    wanted["scopes"] = ["live:read", "live:write"]
    async with node.client.post("/api/integration/grant", json=wanted, headers=ana.headers) as response:
        assert response.status == 201, await response.text()
        return str((await response.json())["integrationToken"])
