"""Invitations while something else changes: the inviter's role, the account, the last owner, the rules."""

import asyncio

import asyncpg
import pytest

from kit import ids
from server import migrate
from tests.integration.organizations.test_organizations import call, found
from tests.support.invitations import answer, invite, mine, usernames
from tests.support.node import PASSWORD, Parley
from tests.support.servers import named


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
        await migrate.migrate(url, [file for file in files if not file.name.startswith(("0207", "0213"))])
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
