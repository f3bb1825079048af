"""Invitations as their two sides see them."""

from typing import Any

from tests.integration.organizations.test_organizations import call
from tests.support.node import Account, Parley


async def invite(node: Parley, owner: Account, organization: str, user: str, **standing: Any) -> Any:
    path = f"/api/organizations/{organization}/members"
    status, answer = await call(node, "POST", path, owner, body={"user": user, **standing})
    assert status == 201, answer
    return answer


async def answer(node: Parley, who: Account, invitation: str, what: str = "accept") -> tuple[int, Any]:
    return await call(node, "POST", f"/api/invitations/{invitation}/{what}", who)


async def mine(node: Parley, who: Account) -> list[Any]:
    status, listed = await call(node, "GET", "/api/invitations", who)
    assert status == 200
    return list(listed["items"])


async def usernames(node: Parley, who: Account, organization: str) -> list[str]:
    listed = await call(node, "GET", f"/api/organizations/{organization}/members", who)
    return [each["username"] for each in listed[1]["items"]]
