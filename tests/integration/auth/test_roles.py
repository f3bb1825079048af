"""Administrators are made at the command line, and the trail says so."""

import pytest

from api.auth.roles import Roles
from kit.clock import SystemClock
from kit.database import Database
from kit.errors import Failure
from tests.support.node import Parley


async def test_a_role_is_set_and_noted(parley: Parley) -> None:
    account = await parley.account()
    database = parley.resources.database
    await Roles(database, SystemClock()).set(account.email.upper(), "admin")
    async with database.connection() as cx:
        assert await cx.fetchval("select role from users where id = $1", account.user_id) == "admin"
        noted = await cx.fetch("select details from audit_events where action = 'account.role_set'")
    assert [row["details"] for row in noted] == [{"role": "admin"}]


async def test_nobody_of_this_address_changes_nothing(database: Database) -> None:
    with pytest.raises(Failure) as caught:
        await Roles(database, SystemClock()).set("nobody@example.com", "admin")
    assert caught.value.code == "not_found"
    async with database.connection() as cx:
        assert await cx.fetchval("select count(*) from audit_events") == 0
