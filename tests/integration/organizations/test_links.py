"""Invitations by link: for whoever has it, until it is revoked, runs out, or its maker may no longer invite."""

from typing import Any

import pytest

from tests.integration.organizations.test_invitations import DAY, signed_in_again, slow  # noqa: F401 - a fixture
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley
from tests.support.school import School


@pytest.fixture
async def school(parley: Parley) -> School:
    return await School.found(parley)


async def made(school: School, who: Account | None = None, **fields: Any) -> Any:
    return await school.ask("POST", f"/api/organizations/{school.id}/invitation-links", who, json=fields)


async def opened(school: School, who: Account, link: Any, what: str = "accept") -> tuple[int, Any]:
    return await school.send("POST", f"/api/invitation-links/{what}", who, json={"token": link["token"]})


async def test_whoever_has_the_link_becomes_a_member(school: School) -> None:
    link = await made(school, team="red")
    ana, ben = await school.node.account("ana"), await school.node.account("ben")
    status, seen = await opened(school, ana, link, "look")
    assert (status, seen["organization_name"], seen["role"], seen["team"]) == (200, "School", "member", "red")
    assert (seen["is_member"], seen["invited_by"]) == (False, school.owner.username)
    assert [(await opened(school, who, link))[0] for who in (ana, ben)] == [200, 200]
    assert (await opened(school, ana, link))[1]["detail"]["error"] == "already_member"
    assert (await opened(school, ana, link, "look"))[1]["is_member"] is True
    (listed,) = (await school.ask("GET", f"/api/organizations/{school.id}/invitation-links"))["items"]
    assert (listed["used"], listed["token"]) == (2, None)
    found = await school.ask("GET", f"/api/organizations/{school.id}/class")
    assert [(one["username"], one["team"]) for one in found["items"]] == [("ana", "red"), ("ben", "red")]
    async with school.node.resources.database.connection() as cx:
        kept = await cx.fetchval(
            "select string_agg(l::text, '') || string_agg(a::text, '') from organization_links l, audit_events a"
        )
    assert link["token"] not in kept


async def test_a_revoked_link_is_gone_and_another_school_s_is_not_found(school: School) -> None:
    link, ana = await made(school), await school.node.account("ana")
    other = await School.found(school.node, "other")
    path = f"invitation-links/{link['id']}"
    assert (await other.send("DELETE", f"/api/organizations/{other.id}/{path}"))[0] == 404
    assert (await other.send("DELETE", f"/api/organizations/{school.id}/{path}"))[0] == 404
    assert (await school.send("DELETE", f"/api/organizations/{school.id}/{path}"))[0] == 204
    assert [(await opened(school, ana, link, what))[0] for what in ("look", "accept")] == [404, 404]
    assert (await opened(school, ana, {"token": "x"}))[0] == 404


async def test_no_link_gives_more_than_its_maker_may(school: School) -> None:
    head = await school.joined("head", role="team_manager", team="red")
    plain = await school.joined("plain")
    path = f"/api/organizations/{school.id}/invitation-links"

    async def tried(who: Account | None, **fields: Any) -> int:
        return (await school.send("POST", path, who, json=fields))[0]

    assert [await tried(plain), await tried(head), await tried(head, team="blue")] == [403, 403, 403]
    assert [await tried(head, team="red", role="team_manager"), await tried(None, role="admin")] == [403, 400]
    assert (await school.send("GET", path, plain))[0] == 403
    hers, his = await made(school, head, team="red"), await made(school, team="blue")
    assert [one["id"] for one in (await school.ask("GET", path, head))["items"]] == [hers["id"]]
    assert (await school.send("DELETE", f"{path}/{his['id']}", head))[0] == 403
    ana = await school.node.account("ana")
    await school.ask("PATCH", f"/api/organizations/{school.id}/members/{head.user_id}", json={"role": "member"})
    assert (await opened(school, ana, hers))[0] == 404
    assert (await opened(school, ana, his))[0] == 200


async def test_a_link_runs_out(slow: tuple[Parley, FakeClock]) -> None:  # noqa: F811
    node, clock = slow
    school = await School.found(node)
    link = await made(school, days=2)
    ana = await node.account("ana")
    clock.advance(3 * DAY)
    ana = await signed_in_again(node, ana)
    assert (await opened(school, ana, link))[0] == 404
