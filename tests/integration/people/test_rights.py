"""What administrators and links may not do: reach further or longer than who made them."""

import asyncio
from typing import Any

from api.auth.roles import Roles
from tests.integration.people.test_people import PEOPLE, ask, sign_in
from tests.support.node import PASSWORD, Account, Parley

INVITATIONS = "/api/admin/invitations"
NEW = "an even better phrase"


async def link_for(node: Parley, boss: Account, who: Account) -> str:
    status, made = await ask(node, boss, "POST", f"{PEOPLE}/{who.user_id}/reset")
    assert status == 200
    return str(made["link"]).removeprefix("/#/reset/")


async def use(node: Parley, token: str) -> int:
    return (await ask(node, None, "POST", "/api/auth/reset", json={"token": token, "password": NEW}))[0]


async def invite(node: Parley, boss: Account) -> str:
    status, made = await ask(node, boss, "POST", INVITATIONS, json={"email": f"by_{boss.username}@school.example"})
    assert status == 201
    return str(made["link"]).removeprefix("/#/invited/")


async def join(node: Parley, token: str, username: str) -> int:
    body = {"token": token, "username": username, "password": PASSWORD}
    return (await ask(node, None, "POST", "/api/auth/join", json=body))[0]


async def test_nobody_hides_behind_a_name_that_is_an_id(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    await parley.account("ben", full_name=ana.user_id)
    status, person = await ask(parley, boss, "GET", f"{PEOPLE}/{ana.user_id}")
    assert (status, person["username"]) == (200, "ana")
    assert (await ask(parley, boss, "POST", f"{PEOPLE}/{ana.user_id}/disable"))[0] == 200
    assert (await ask(parley, boss, "GET", f"{PEOPLE}/{ana.user_id}/export"))[0] == 200


async def test_a_new_password_ends_the_links_for_one(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    token = await link_for(parley, boss, ana)
    change = {"current_password": PASSWORD, "new_password": "another good phrase"}
    assert (await ask(parley, ana, "POST", "/api/auth/password", json=change))[0] in (200, 204)
    assert await use(parley, token) == 409
    assert (await sign_in(parley, "ana", "another good phrase"))[0] == 200


async def test_what_a_former_administrator_made_opens_nothing(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    for number, way in enumerate(("disable", "erase", "demote")):
        other = await parley.admin(f"other{number}")
        reset, invitation = await link_for(parley, other, ana), await invite(parley, other)
        kept = await invite(parley, boss)
        if way == "disable":
            assert (await ask(parley, boss, "POST", f"{PEOPLE}/{other.user_id}/disable"))[0] == 200
        elif way == "erase":
            assert (await ask(parley, boss, "DELETE", f"{PEOPLE}/{other.user_id}"))[0] == 204
        else:
            await Roles(parley.resources.database, parley.resources.clock).set(other.email, "user")
        assert await use(parley, reset) == 409, way
        assert await join(parley, invitation, f"new{number}") == 409, way
        withdrawn = await ask(parley, None, "POST", "/api/auth/invitation", json={"token": kept})
        assert withdrawn[0] == 200, "those of others stay"


async def test_the_invitations_of_a_disabled_teacher_bring_nobody_in(parley: Parley) -> None:
    boss, ana, ben = await parley.admin("boss"), await parley.account("ana"), await parley.account("ben")
    _, made = await ask(parley, ana, "POST", "/api/organizations", json={"name": "School", "slug": "school"})
    links = f"/api/organizations/{made['id']}/invitation-links"
    status, link = await ask(parley, ana, "POST", links, json={"role": "member"})
    assert status == 201
    secret = {"token": link["token"]}
    assert (await ask(parley, ben, "POST", "/api/invitation-links/look", json=secret))[0] == 200
    sent = await ask(parley, ana, "POST", f"/api/organizations/{made['id']}/members", json={"user": "ben"})
    assert sent[0] in (200, 201, 202), sent
    assert (await ask(parley, ben, "GET", "/api/invitations"))[1]["items"]
    assert (await ask(parley, boss, "POST", f"{PEOPLE}/{ana.user_id}/disable"))[0] == 200
    assert (await ask(parley, ben, "POST", "/api/invitation-links/accept", json=secret))[0] == 404
    assert (await ask(parley, ben, "GET", "/api/invitations"))[1]["items"] == []


async def test_two_administrators_do_not_close_each_other(parley: Parley) -> None:
    first, second = await parley.admin("first"), await parley.admin("second")
    done: list[Any] = await asyncio.gather(
        ask(parley, first, "POST", f"{PEOPLE}/{second.user_id}/disable"),
        ask(parley, second, "POST", f"{PEOPLE}/{first.user_id}/disable"),
    )
    statuses = sorted(status for status, _ in done)
    assert statuses[0] == 200 and statuses[1] in (401, 403), done
    async with parley.resources.database.connection() as cx:
        left = "select count(*) from users where role = 'admin' and disabled_at is null"
        assert await cx.fetchval(left) == 1


async def test_whoever_is_no_administrator_any_more_does_nothing_that_was_under_way(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    async with parley.resources.database.transaction() as tx:
        await tx.execute("update users set role = 'user' where id = $1", boss.user_id)
        asking = asyncio.ensure_future(ask(parley, boss, "POST", f"{PEOPLE}/{ana.user_id}/disable"))
        await waiting(parley)
    assert (await asking)[0] == 403
    assert (await sign_in(parley, "ana"))[0] == 200


async def test_a_link_that_is_voided_while_it_is_used_is_void(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    token = await link_for(parley, boss, ana)
    async with parley.resources.database.transaction() as tx:
        await tx.execute("select 1 from users where id = $1 for update", ana.user_id)
        using = asyncio.ensure_future(use(parley, token))
        await waiting(parley)
        await tx.execute("delete from account_links where user_id = $1", ana.user_id)
    assert await using == 409, "neither waits for the other in a ring"


async def test_the_trail_has_who_exported_whom(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    assert (await ask(parley, boss, "GET", f"{PEOPLE}/{ana.user_id}/export"))[0] == 200
    async with parley.resources.database.connection() as cx:
        found = await cx.fetchrow("select actor_id, target_id from audit_events where action = 'account.exported'")
    assert found is not None and (found["actor_id"], found["target_id"]) == (boss.user_id, ana.user_id)


async def waiting(node: Parley) -> None:
    """Somebody waits for a row of ours."""
    query = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    async with asyncio.timeout(60), node.resources.database.connection() as cx:
        while not await cx.fetchval(query):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.05)
