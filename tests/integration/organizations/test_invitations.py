"""Nobody is made a member without consent, and an organization does not learn who has an account."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from kit import ids
from server import migrate
from server.config import Settings
from tests.integration.organizations.test_organizations import call, found
from tests.support.clock import FakeClock
from tests.support.node import PASSWORD, Account, Parley, running
from tests.support.servers import named

DAY = 24 * 3600


@pytest.fixture
async def slow(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeClock]]:
    async with running(settings, database_url, redis_url, clock=clock) as node:
        yield node, clock


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


async def sent(node: Parley, who: Account, organization: str) -> list[Any]:
    status, listed = await call(node, "GET", f"/api/organizations/{organization}/invitations", who)
    assert status == 200, listed
    return list(listed["items"])


async def usernames(node: Parley, who: Account, organization: str) -> list[str]:
    listed = await call(node, "GET", f"/api/organizations/{organization}/members", who)
    return [each["username"] for each in listed[1]["items"]]


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


@pytest.mark.parametrize("loss", ["demoted", "removed", "account"])
async def test_an_invitation_is_worth_what_its_inviter_may_give(parley: Parley, loss: str) -> None:
    ana, ben, eva = [await parley.account(name) for name in ("ana", "ben", "eva")]
    school = await found(parley, ana)
    await parley.member(ana, school, ben, role="owner")
    asked = await invite(parley, ben, school, "eva", role="owner")
    member = f"/api/organizations/{school}/members/{ben.user_id}"
    if loss == "demoted":
        assert (await call(parley, "PATCH", member, ana, body={"role": "admin"}))[0] == 200
    elif loss == "removed":
        assert (await call(parley, "DELETE", member, ana))[0] == 204
    else:
        assert (await call(parley, "DELETE", "/api/auth/me", ben, body={"password": PASSWORD}))[0] == 204
    assert await mine(parley, eva) == []
    assert (await answer(parley, eva, asked["invitation_id"]))[0] == 404


async def test_twenty_acceptances_make_one_member(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    school = await found(parley, ana)
    asked = await invite(parley, ana, school, "ben")
    answers = await asyncio.gather(*(answer(parley, ben, asked["invitation_id"]) for _ in range(20)))
    assert sorted(status for status, _ in answers) == [200] + [404] * 19
    assert await usernames(parley, ana, school) == ["ana", "ben"]


async def test_an_account_that_goes_while_it_accepts_is_gone(parley: Parley) -> None:
    ana = await parley.account("ana")
    school, other = await found(parley, ana), await found(parley, ana, "other")
    for number in range(4):
        ben = await parley.account(f"ben{number}")
        await parley.member(ana, other, ben)
        asked = await invite(parley, ana, school, ben.username)
        answers = await asyncio.gather(
            answer(parley, ben, asked["invitation_id"]),
            call(parley, "DELETE", "/api/auth/me", ben, body={"password": PASSWORD}),
        )
        assert answers[1][0] == 204 and answers[0][0] in (200, 401, 404), answers
    assert await usernames(parley, ana, school) == ["ana"]


async def test_the_last_owner_is_not_moved_away_by_accepting(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    here, there = await found(parley, ana, "here"), await found(parley, ana, "there")
    await parley.member(ana, here, ben, role="owner")
    moving = {"role": "member", "team": None, "organization_id": there}
    member = f"/api/organizations/{here}/members/{ben.user_id}"
    status, asked = await call(parley, "PUT", member, ana, body=moving)
    assert (status, asked["status"]) == (200, "invited")
    assert (await call(parley, "PUT", member, ana, body=moving))[0] == 409
    assert (await call(parley, "DELETE", f"/api/organizations/{here}/members/{ana.user_id}", ana))[0] == 204
    status, refused = await answer(parley, ben, asked["invitation_id"])
    assert (status, refused["detail"]["error"]) == (409, "last_owner")
    assert [one["moves_from"] for one in await mine(parley, ben)] == [here]


async def test_learners_of_its_own_site_are_members_at_once(parley: Parley) -> None:
    ana, eve = await parley.account("ana"), await parley.account("eve")
    school, other = await found(parley, ana), await found(parley, eve, "other")
    wanted = {
        "mode": "embed",
        "origin": "https://school.example",
        "scopes": ["live:read"],
        "ttlSeconds": 600,
        "subject": "pupil 7",
    }
    assert (await call(parley, "POST", "/api/integration/grant", ana, body=wanted))[0] == 201
    async with parley.resources.database.connection() as cx:
        guest = await cx.fetchval("select user_id from integration_subjects")
    assert (await invite(parley, eve, other, guest))["status"] == "invited", "another's learner"
    added = await invite(parley, ana, school, guest, team="A")
    assert (added["status"], added["user_id"], added["team"]) == ("member", guest, "A")
    status, again = await call(
        parley, "POST", f"/api/organizations/{school}/members", ana, body={"user": added["username"]}
    )
    assert (status, again["detail"]["error"]) == (409, "already_member")


async def test_a_key_neither_accepts_nor_leaves_its_organization(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    school, other = await found(parley, ana), await found(parley, ana, "other")
    body = {"name": "k", "scopes": ["organizations:read", "organizations:write"], "organization_id": school}
    key = (await call(parley, "POST", "/api/api-keys", ana, body=body))[1]["key"]
    asked = await invite(parley, ben, await found(parley, ben, "bens"), "ana")
    assert (await call(parley, "POST", f"/api/invitations/{asked['invitation_id']}/accept", key=key))[0] in (401, 403)
    assert (await call(parley, "GET", "/api/invitations", key=key))[0] in (401, 403)
    path = f"/api/organizations/{school}/members"
    assert (await call(parley, "POST", path, key=key, body={"user": "ben"}))[0] == 201
    assert (await call(parley, "GET", f"/api/organizations/{other}/invitations", key=key))[0] == 404


async def test_members_from_before_there_was_consent_are_asked(database_url: str) -> None:
    maker = await asyncpg.connect(database_url)
    name = f"old_{ids.new_id().replace('-', '')}"
    await maker.execute(f'create database "{name}"')
    try:
        url = named(database_url, name)
        files = migrate.load()
        await migrate.migrate(url, [file for file in files if not file.name.startswith("0207")])
        old = await asyncpg.connect(url)
        organization, people = ids.new_id(), [ids.new_id() for _ in range(3)]
        await old.execute("insert into organizations values ($1, '', 's', null, now(), now())", organization)
        for number, person in enumerate(people):
            await old.execute(
                """insert into users (id, email, username, password_hash, created_at, updated_at)
                   values ($1, $2, $2, '', now(), now())""",
                person,
                f"u{number}",
            )
            role = "owner" if number == 0 else "member"
            await old.execute(
                """insert into organization_members (organization_id, user_id, role, joined_at)
                   values ($1, $2, $3, now() + $4 * interval '1 hour')""",
                organization,
                person,
                role,
                number,
            )
        await migrate.migrate(url)
        rows = await old.fetch("select user_id::text, accepted_at is not null as agreed from organization_members")
        assert {row["user_id"]: row["agreed"] for row in rows} == {people[0]: True, people[1]: False, people[2]: False}
        asked = await old.fetch("select user_id::text from organization_invitations")
        assert {row["user_id"] for row in asked} == set(people[1:])
        await old.close()
    finally:
        await maker.execute(f'drop database "{name}" with (force)')
        await maker.close()


@pytest.mark.parametrize("what", ["accept", "decline"])
async def test_whoever_was_not_asked_stays_or_leaves(parley: Parley, what: str) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    school = await found(parley, ana)
    async with parley.resources.database.connection() as cx:
        await cx.execute(
            "insert into organization_members values ($1, $2, 'admin', null, now(), null)", school, ben.user_id
        )
        await cx.execute(
            """insert into organization_invitations values
               ($1, $2, $3, $4, 'admin', null, null, $5, now(), '9999-12-31 00:00:00Z', null)""",
            ids.new_id(),
            school,
            ben.user_id,
            ben.user_id,
            ana.user_id,
        )
    (waiting,) = await mine(parley, ben)
    status, _ = await answer(parley, ben, waiting["id"], what)
    assert status == (200 if what == "accept" else 204)
    assert await usernames(parley, ana, school) == (["ana", "ben"] if what == "accept" else ["ana"])
    assert await mine(parley, ben) == []
