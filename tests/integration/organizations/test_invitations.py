"""Nobody is made a member without consent, and an organization does not learn who has an account."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from kit import ids
from server.config import Settings
from tests.integration.organizations.test_organizations import call, found
from tests.support.clock import FakeClock
from tests.support.invitations import answer, invite, mine, usernames
from tests.support.node import PASSWORD, Account, Parley, running

DAY = 24 * 3600


@pytest.fixture
async def slow(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeClock]]:
    async with running(settings, database_url, redis_url, clock=clock) as node:
        yield node, clock


async def sent(node: Parley, who: Account, organization: str) -> list[Any]:
    status, listed = await call(node, "GET", f"/api/organizations/{organization}/invitations", who)
    assert status == 200, listed
    return list(listed["items"])


async def signed_in_again(node: Parley, who: Account) -> Account:
    form = {"username": who.username, "password": PASSWORD}
    async with node.client.post("/api/auth/login", data=form) as response:
        who.access_token = (await response.json())["access_token"]
    return who


async def test_whoever_is_invited_decides(parley: Parley) -> None:
    ana, ben, eva = [await parley.account(name, full_name=f"{name} Secret") for name in ("ana", "ben", "eva")]
    school = await found(parley, ana)
    asked = await invite(parley, ana, school, "ben", role="team_manager", team="A")
    assert "Secret" not in str(asked) and ben.user_id not in str(asked)
    assert await usernames(parley, ana, school) == ["ana"]
    assert (await call(parley, "GET", f"/api/organizations/{school}", ben))[0] == 404
    (waiting,) = await mine(parley, ben)
    assert (waiting["id"], waiting["organization_name"], waiting["role"], waiting["team"], waiting["invited_by"]) == (
        asked["invitation_id"],
        "School",
        "team_manager",
        "A",
        "ana",
    )
    assert "Secret" not in str(waiting)
    assert (await answer(parley, eva, asked["invitation_id"]))[0] == 404
    assert (await answer(parley, ana, asked["invitation_id"]))[0] == 404
    status, joined = await answer(parley, ben, asked["invitation_id"])
    assert (status, joined["username"], joined["role"], joined["team"]) == (200, "ben", "team_manager", "A")
    assert await mine(parley, ben) == [] == await sent(parley, ana, school)
    assert await usernames(parley, ben, school) == ["ana", "ben"]


@pytest.mark.parametrize("form", ["{}@example.com", "{}", " {}@EXAMPLE.com "])
async def test_answers_do_not_tell_whether_there_is_such_an_account(parley: Parley, form: str) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    school = await found(parley, ana)
    known = await invite(parley, ana, school, form.format("ben"))
    unknown = await invite(parley, ana, school, form.format("nobody"))

    def shape(one: Any) -> Any:
        changing = ("invitation_id", "id", "user", "created_at", "expires_at")
        return {name: value for name, value in one.items() if name not in changing}

    assert shape(known) == shape(unknown)
    members = f"/api/organizations/{school}/members"
    again = [await call(parley, "POST", members, ana, body={"user": form.format(name)}) for name in ("ben", "nobody")]
    assert [(status, body["detail"]["error"]) for status, body in again] == [(409, "already_invited")] * 2
    assert (await answer(parley, ben, known["invitation_id"], "decline"))[0] == 204
    listed = await sent(parley, ana, school)
    assert len(listed) == 2 and shape(listed[0]) == shape(listed[1]), "nobody is told of a refusal"
    path = f"/api/organizations/{school}/invitations"
    for one in listed:
        assert (await call(parley, "DELETE", f"{path}/{one['id']}", ana))[0] == 204
    assert await sent(parley, ana, school) == []


async def test_an_account_by_id_is_no_easier_to_guess(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    school = await found(parley, ana)
    for user in (ben.user_id, ben.user_id.upper(), ids.new_id()):
        path = f"/api/organizations/{school}/members"
        status, asked = await call(parley, "POST", path, ana, body={"user": user})
        assert asked["status"] == ("invited" if status == 201 else 409)
    assert len(await sent(parley, ana, school)) == 2


async def test_the_address_of_a_member_stays_unknown(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    school = await found(parley, ana)
    await parley.member(ana, school, ben)
    by_address = await invite(parley, ana, school, ben.email)
    assert (by_address["status"], by_address["user_id"]) == ("invited", None)
    assert await mine(parley, ben) == []
    assert (await answer(parley, ben, by_address["invitation_id"]))[0] == 404
    member = f"/api/organizations/{school}/members/{ben.user_id}"
    assert (await call(parley, "DELETE", member, ana))[0] == 204
    assert [one["id"] for one in await sent(parley, ana, school)] == [by_address["invitation_id"]]
    assert (await answer(parley, ben, by_address["invitation_id"]))[0] == 404, "no old invitation brings them back"


async def test_an_account_that_is_made_later_is_not_the_one_that_was_meant(parley: Parley) -> None:
    ana = await parley.account("ana")
    school = await found(parley, ana)
    asked = await invite(parley, ana, school, "ben@example.com", role="owner")
    ben = await parley.account("ben")
    assert await mine(parley, ben) == []
    assert (await answer(parley, ben, asked["invitation_id"]))[0] == 404
    async with parley.client.delete("/api/auth/me", json={"password": PASSWORD}, headers=ben.headers) as response:
        assert response.status == 204
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from organization_invitations") == 0, "the address is forgotten"


async def test_a_refusal_lasts_as_long_as_the_invitation_would_have(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana, ben = await node.account("ana"), await node.account("ben")
    school = await found(node, ana)
    first, second = [await invite(node, ana, school, user) for user in ("ben", ben.email)]
    assert len(await mine(node, ben)) == 2
    assert (await answer(node, ben, first["invitation_id"], "decline"))[0] == 204
    assert await mine(node, ben) == []
    assert (await answer(node, ben, second["invitation_id"]))[0] == 404
    await invite(node, ana, school, ben.user_id)
    assert await mine(node, ben) == []
    clock.advance(31 * DAY)
    await signed_in_again(node, ana)
    await invite(node, ana, school, "ben")
    assert len(await mine(node, await signed_in_again(node, ben))) == 1
    clock.advance(31 * DAY)
    assert await mine(node, await signed_in_again(node, ben)) == [], "and that one has run out"
    assert await sent(node, await signed_in_again(node, ana), school) == []


async def test_who_may_see_and_withdraw(parley: Parley) -> None:
    ana, head, plain, eve = [await parley.account(name) for name in ("ana", "head", "plain", "eve")]
    school = await found(parley, ana)
    await parley.member(ana, school, head, role="team_manager", team="A")
    await parley.member(ana, school, plain)
    path = f"/api/organizations/{school}/invitations"
    other = await invite(parley, ana, school, "x@example.com", role="admin")
    own = await invite(parley, head, school, "y@example.com", team="A")
    assert [one["id"] for one in await sent(parley, head, school)] == [own["invitation_id"]]
    assert [one["invited_by"] for one in await sent(parley, ana, school)] == ["head", "ana"]
    for who, status in ((plain, 403), (eve, 404)):
        assert (await call(parley, "GET", path, who))[0] == status
        assert (await call(parley, "DELETE", f"{path}/{own['invitation_id']}", who))[0] == status
    assert (await call(parley, "DELETE", f"{path}/{other['invitation_id']}", head))[0] == 403
    elsewhere = await found(parley, eve, "elsewhere")
    away = f"/api/organizations/{elsewhere}/invitations/{own['invitation_id']}"
    assert (await call(parley, "DELETE", away, eve))[0] == 404
    assert (await call(parley, "DELETE", f"{path}/{own['invitation_id']}", head))[0] == 204
    assert (await call(parley, "DELETE", f"{path}/{own['invitation_id']}", head))[0] == 404
