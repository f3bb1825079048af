"""Sign-ins that overlap a change of the password, a deletion or a logout: whoever is late is out.

The overlap is made with a lock on the account's row: what wants to write the account waits for it, the rest is done.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from argon2 import PasswordHasher

from kit import passwords
from kit.database import Connection
from tests.support.node import PASSWORD, Account, Parley

NEW = "an even better phrase"


async def login(node: Parley, password: str = PASSWORD) -> int:
    async with node.client.post("/api/auth/login", data={"username": "ana", "password": password}) as response:
        return response.status


async def change(node: Parley, who: Account, new: str) -> int:
    body = {"current_password": PASSWORD, "new_password": new}
    async with node.client.post("/api/auth/password", json=body, headers=who.headers) as response:
        return response.status


@asynccontextmanager
async def overlapped(node: Parley, who: Account, late: Awaitable[Any]) -> AsyncIterator[tuple[Connection, Any]]:
    """The block runs in a transaction that holds the account, after `late` has come as far as it can."""
    task = asyncio.ensure_future(late)
    async with node.resources.database.transaction() as tx:
        await tx.execute("select 1 from users where id = $1 for update", who.user_id)
        async with asyncio.timeout(60), node.resources.database.connection() as cx:
            waiting = (
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            )
            while not task.done() and not await cx.fetchval(waiting):  # noqa: ASYNC110 - only the database knows
                await asyncio.sleep(0.02)
        yield tx, task


async def living(node: Parley, who: Account) -> int:
    async with node.resources.database.connection() as cx:
        found: int = await cx.fetchval(
            "select count(*) from auth_sessions where user_id = $1 and revoked_at is null", who.user_id
        )
        return found


async def set_password(tx: Connection, who: Account, password: str) -> None:
    hashed = await passwords.hash(password)
    await tx.execute("update users set password_hash = $1 where id = $2", hashed, who.user_id)
    await tx.execute("update auth_sessions set revoked_at = now() where user_id = $1", who.user_id)


async def test_a_sign_in_with_the_old_password_does_not_survive_its_change(parley: Parley) -> None:
    ana = await parley.account("ana")
    async with overlapped(parley, ana, login(parley)) as (tx, late):
        await set_password(tx, ana, NEW)
    assert await late == 401
    assert await living(parley, ana) == 0
    assert await login(parley, NEW) == 200


async def test_renewing_a_hash_does_not_bring_the_old_password_back(parley: Parley) -> None:
    ana = await parley.account("ana")
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    async with parley.resources.database.connection() as cx:
        await cx.execute("update users set password_hash = $1 where id = $2", weak, ana.user_id)
    async with overlapped(parley, ana, login(parley)) as (tx, late):
        await set_password(tx, ana, NEW)
    assert await late == 401
    assert (await login(parley), await login(parley, NEW)) == (401, 200)


async def test_a_sign_in_that_meets_a_renewed_hash_of_its_password_succeeds(parley: Parley) -> None:
    ana = await parley.account("ana")
    async with overlapped(parley, ana, login(parley)) as (tx, late):
        await set_password(tx, ana, PASSWORD)
    assert await late == 200


async def test_a_sign_in_that_meets_a_deletion_is_refused(parley: Parley) -> None:
    ana = await parley.account("ana")
    async with overlapped(parley, ana, login(parley)) as (tx, late):
        await tx.execute("delete from users where id = $1", ana.user_id)
    assert await late == 401


@pytest.mark.parametrize("deletion", [False, True])
async def test_whoever_was_signed_out_meanwhile_changes_and_deletes_nothing(parley: Parley, deletion: bool) -> None:
    ana = await parley.account("ana")

    async def delete() -> int:
        body = {"password": PASSWORD}
        async with parley.client.delete("/api/auth/me", json=body, headers=ana.headers) as response:
            return response.status

    async with overlapped(parley, ana, delete() if deletion else change(parley, ana, NEW)) as (tx, late):
        await tx.execute("update auth_sessions set revoked_at = now() where user_id = $1", ana.user_id)
    assert await late == 401
    assert (await login(parley, NEW), await login(parley)) == (401, 200)


async def test_of_two_changes_at_once_one_counts(parley: Parley) -> None:
    thief = await parley.account("ana")
    async with parley.client.post("/api/auth/login", data={"username": "ana", "password": PASSWORD}) as response:
        owner = Account(thief.user_id, "ana", "", PASSWORD, (await response.json())["access_token"], "")
    assert sorted(await asyncio.gather(change(parley, thief, NEW), change(parley, owner, NEW + "!"))) == [204, 401]
    assert await living(parley, thief) == 1


async def test_a_refresh_that_meets_a_change_of_the_password_dies_with_its_session(parley: Parley) -> None:
    ana = await parley.account("ana")
    async with parley.client.post("/api/auth/login", data={"username": "ana", "password": PASSWORD}) as response:
        phone = await response.json()

    async def refresh() -> tuple[int, Any]:
        body = {"refresh_token": phone["refresh_token"]}
        async with parley.client.post("/api/auth/refresh", json=body) as response:
            return response.status, await response.json()

    (status, tokens), changed = await asyncio.gather(refresh(), change(parley, ana, NEW))
    assert changed == 204
    if status == 200:
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        async with parley.client.get("/api/auth/me", headers=headers) as response:
            assert response.status == 401
    assert await living(parley, ana) == 1
