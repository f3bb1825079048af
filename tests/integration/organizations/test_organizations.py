"""Organizations over the public API."""

import asyncio
from typing import Any

import pytest

from tests.support.node import PASSWORD, Account, Parley


async def call(
    node: Parley, method: str, path: str, who: Account | None = None, *, body: Any = None, key: str | None = None
) -> tuple[int, Any]:
    headers = dict(who.headers) if who else {}
    if key is not None:
        headers["X-API-Key"] = key
    options = {} if body is None else {"json": body}
    async with node.client.request(method, path, headers=headers, **options) as response:
        return response.status, (await response.json() if response.status != 204 else None)


async def found(node: Parley, owner: Account, slug: str = "school") -> str:
    status, made = await call(node, "POST", "/api/organizations", owner, body={"name": "School", "slug": slug})
    assert status == 201, made
    return str(made["id"])


async def join(node: Parley, owner: Account, organization: str, user: Account, **standing: Any) -> None:
    await node.member(owner, organization, user, **standing)


async def test_whoever_makes_an_organization_owns_it(parley: Parley) -> None:
    ana = await parley.account("ana")
    body = {"name": "Lingua School", "slug": "lingua-school", "description": "Evening classes."}
    status, made = await call(parley, "POST", "/api/organizations", ana, body=body)
    assert status == 201
    assert {name: made[name] for name in body} == body and made["role"] == "owner" and made["members"] == 1
    assert await call(parley, "GET", f"/api/organizations/{made['id']}", ana) == (200, made)
    assert (await call(parley, "GET", "/api/organizations", ana))[1] == {"items": [made], "next_cursor": None}
    tenants = (await call(parley, "GET", "/api/tenants", ana))[1]["items"]
    assert tenants == [{"id": made["id"], "name": "Lingua School", "slug": "lingua-school", "role": "owner"}]
    status, body = await call(parley, "POST", "/api/organizations", ana, body={"name": "x", "slug": "lingua-school"})
    assert (status, body["detail"]["error"]) == (409, "slug_taken")


async def test_changes_and_deletion(parley: Parley) -> None:
    ana = await parley.account("ana")
    organization, other = await found(parley, ana), await found(parley, ana, "other")
    address = f"/api/organizations/{organization}"
    status, changed = await call(parley, "PATCH", address, ana, body={"name": "Academy"})
    assert (status, changed["name"], changed["slug"]) == (200, "Academy", "school")
    status, refused = await call(parley, "PATCH", address, ana, body={"slug": "other"})
    assert (status, refused["detail"]["error"]) == (409, "slug_taken")
    assert (await call(parley, "PATCH", address, ana, body={"slug": "school"}))[0] == 200
    assert (await call(parley, "PATCH", address, ana, body={"name": None}))[0] == 400
    assert (await call(parley, "DELETE", f"/api/organizations/{other}", ana))[0] == 204
    assert (await call(parley, "GET", f"/api/organizations/{other}", ana))[0] == 404


async def test_others_see_nothing(parley: Parley) -> None:
    ana, eve = await parley.account("ana"), await parley.account("eve")
    address = f"/api/organizations/{await found(parley, ana)}"
    member = f"{address}/members/{ana.user_id}"
    attempts: list[tuple[str, str, Any]] = [
        ("GET", address, None),
        ("PATCH", address, {"name": "Mine"}),
        ("DELETE", address, None),
        ("GET", f"{address}/members", None),
        ("POST", f"{address}/members", {"user": "eve", "role": "owner"}),
        ("PATCH", member, {"role": "member"}),
        ("DELETE", member, None),
        ("PUT", member, {"role": "member", "team": None, "organization_id": address.rsplit("/", 1)[1]}),
    ]
    for method, path, body in attempts:
        status, answer = await call(parley, method, path, eve, body=body)
        assert (status, answer["detail"]["error"]) == (404, "not_found"), (method, path)
    assert (await call(parley, "GET", "/api/organizations", eve))[1]["items"] == []


async def test_members_come_by_id_address_or_name_and_leave(parley: Parley) -> None:
    ana, ben, eva = [await parley.account(name) for name in ("ana", "ben", "eva")]
    organization = await found(parley, ana)
    members = f"/api/organizations/{organization}/members"
    for typed, who in ((" BEN@example.com", ben), (eva.user_id, eva)):
        status, asked = await call(parley, "POST", members, ana, body={"user": typed, "team": " A\u00a0"})
        assert status == 201
        accept = f"/api/invitations/{asked['invitation_id']}/accept"
        status, added = await call(parley, "POST", accept, who)
        assert status == 200 and (added["user_id"], added["role"], added["team"]) == (who.user_id, "member", "A")
        assert (await call(parley, "POST", accept, who))[0] == 404, "once"
    assert (await call(parley, "PATCH", f"{members}/{eva.user_id}", ana, body={"role": "admin"}))[0] == 200
    for typed in (ben.user_id, "Ben"):
        status, again = await call(parley, "POST", members, ana, body={"user": typed})
        assert (status, again["detail"]["error"]) == (409, "already_member")
    first = (await call(parley, "GET", f"{members}?limit=2", ben))[1]
    second = (await call(parley, "GET", f"{members}?limit=2&cursor={first['next_cursor']}", ben))[1]
    assert [each["username"] for each in first["items"] + second["items"]] == ["ana", "ben", "eva"]
    assert (await call(parley, "DELETE", f"{members}/{ana.user_id}", eva))[0] == 403
    assert (await call(parley, "DELETE", f"{members}/{ben.user_id}", ben))[0] == 204
    assert (await call(parley, "GET", members, ben))[0] == 404


async def test_a_member_moves_only_with_rights_on_both_sides(parley: Parley) -> None:
    ana, ben, eva = [await parley.account(name) for name in ("ana", "ben", "eva")]
    here, there = await found(parley, ana, "here"), await found(parley, eva, "there")
    await join(parley, ana, here, ben, team="A")
    address = f"/api/organizations/{here}/members/{ben.user_id}"
    body = {"role": "team_manager", "team": "B", "organization_id": there}
    assert (await call(parley, "PUT", address, ana, body=body))[0] == 404, "she does not see the other one"
    await join(parley, eva, there, ana, role="member")
    assert (await call(parley, "PUT", address, ana, body=body))[0] == 403, "she may not add there"
    assert (await call(parley, "GET", f"/api/organizations/{here}", ben))[0] == 200, "and nothing was done by halves"
    promote = f"/api/organizations/{there}/members/{ana.user_id}"
    assert (await call(parley, "PATCH", promote, eva, body={"role": "admin"}))[0] == 200
    status, moved = await call(parley, "PUT", address, ana, body=body)
    assert (status, moved["status"], moved["role"], moved["team"]) == (200, "invited", "member", "A")
    assert (await call(parley, "GET", f"/api/organizations/{there}", ben))[0] == 404, "not before they agree"
    accept = f"/api/invitations/{moved['invitation_id']}/accept"
    status, moved = await call(parley, "POST", accept, ben)
    assert (status, moved["role"], moved["team"]) == (200, "team_manager", "B")
    assert (await call(parley, "GET", f"/api/organizations/{here}", ben))[0] == 404
    assert (await call(parley, "GET", f"/api/organizations/{there}", ben))[0] == 200


async def test_the_last_owner_cannot_be_lost(parley: Parley) -> None:
    ana = await parley.account("ana")
    ben = await parley.account("ben")
    organization = await found(parley, ana)
    member = f"/api/organizations/{organization}/members/{ana.user_id}"
    await join(parley, ana, organization, ben)
    other = await found(parley, ana, "other")
    moving = {"role": "owner", "team": None, "organization_id": other}
    for method, body in (("PATCH", {"role": "admin"}), ("DELETE", None), ("PUT", moving)):
        status, answer = await call(parley, method, member, ana, body=body)
        assert (status, answer["detail"]["error"]) == (409, "last_owner")
    status, answer = await call(parley, "DELETE", "/api/auth/me", ana, body={"password": PASSWORD})
    assert (status, answer["detail"]["error"]) == (409, "last_owner")
    assert answer["detail"]["organizations"] == [organization]


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "account"])
async def test_two_owners_who_go_at_once_leave_one(parley: Parley, method: str) -> None:
    owners = [await parley.account("ana"), await parley.account("ben")]
    for number in range(5):
        organization = await found(parley, owners[0], f"school-{number}")
        await join(parley, owners[0], organization, owners[1], role="owner")
        if method == "account":
            break
        members = f"/api/organizations/{organization}/members"
        body = {"role": "member"} if method == "PATCH" else None
        answers = await asyncio.gather(
            *(call(parley, method, f"{members}/{owner.user_id}", owner, body=body) for owner in owners)
        )
        assert sorted(status for status, _ in answers) == [200 if method == "PATCH" else 204, 409]
    if method == "account":
        leaving = (call(parley, "DELETE", "/api/auth/me", owner, body={"password": PASSWORD}) for owner in owners)
        # The second to go is alone in the organization by then, so it goes with them.
        assert [status for status, _ in await asyncio.gather(*leaving)] == [204, 204]
    async with parley.resources.database.connection() as cx:
        orphans = await cx.fetchval(
            """select count(*) from organizations o where not exists (
                   select 1 from organization_members m where m.organization_id = o.id and m.role = 'owner')"""
        )
    assert orphans == 0


async def test_whoever_goes_takes_an_organization_of_their_own_along(parley: Parley) -> None:
    ana = await parley.account("ana")
    await found(parley, ana)
    assert (await call(parley, "DELETE", "/api/auth/me", ana, body={"password": PASSWORD}))[0] == 204
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from organizations") == 0
