"""Accounts over the public API."""

from typing import Any

import pytest

from kit import audit
from tests.support import walk
from tests.support.node import PASSWORD, Parley


def new_account(**changes: Any) -> dict[str, Any]:
    return {"email": "ana@example.com", "username": "ana_92", "password": PASSWORD, **changes}


async def test_a_new_account_has_the_documented_profile(parley: Parley) -> None:
    body = new_account(full_name="Ana Souza", timezone="America/Sao_Paulo", native_language="pt-BR")
    async with parley.client.post("/api/auth/register", json=body) as response:
        assert response.status == 201
        profile = await response.json()
    created = profile.pop("created_at")
    assert created.endswith("Z") and len(profile.pop("id")) == 36
    assert profile == {
        "email": "ana@example.com",
        "username": "ana_92",
        "full_name": "Ana Souza",
        "nickname": None,
        "avatar_url": None,
        "timezone": "America/Sao_Paulo",
        "native_language": "pt-BR",
        "cefr_level": None,
        "role": "user",
        "plan": "free",
        "is_guest": False,
        "has_password": True,
        "email_verified": False,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "ANA@example.com", "username": "other"}, "email_taken"),
        ({"email": "other@example.com"}, "username_taken"),
    ],
)
async def test_address_and_name_belong_to_one_account(parley: Parley, changes: dict[str, Any], code: str) -> None:
    async with parley.client.post("/api/auth/register", json=new_account()) as response:
        assert response.status == 201
    async with parley.client.post("/api/auth/register", json=new_account(**changes)) as response:
        assert response.status == 409
        assert (await response.json())["detail"]["error"] == code


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"email": "nobody"}, "/email"),
        ({"username": "Ana"}, "/username"),
        ({"username": "an"}, "/username"),
        ({"password": "too short"}, "/password"),
        ({"timezone": "Europe/Atlantis"}, "/timezone"),
        ({"timezone": "../../etc/passwd"}, "/timezone"),
        *(
            ({"timezone": name}, "/timezone")
            for name in ("Factory", "localtime", "posixrules", "right/UTC", "posix/UTC")
        ),
        ({"native_language": "Portuguese!"}, "/native_language"),
        ({"full_name": "a\u0000b"}, "/full_name"),
        ({"role": "admin"}, "/role"),
    ],
)
async def test_each_broken_field_is_named(parley: Parley, changes: dict[str, Any], path: str) -> None:
    async with parley.client.post("/api/auth/register", json=new_account(**changes)) as response:
        assert response.status == 400
        detail = (await response.json())["detail"]
    assert detail["error"] == "invalid_request"
    assert [field["path"] for field in detail["fields"]] == [path]


async def test_all_broken_fields_are_named_at_once(parley: Parley) -> None:
    async with parley.client.post("/api/auth/register", json={"email": "x", "surprise": 1}) as response:
        fields = (await response.json())["detail"]["fields"]
    assert {field["path"] for field in fields} == {"/email", "/username", "/password", "/surprise"}


async def test_only_what_is_given_changes(parley: Parley) -> None:
    ana = await parley.account("ana", full_name="Ana")
    changes = {"nickname": "Aninha", "avatar_url": "https://example.com/a.png", "timezone": "Asia/Tokyo"}
    async with parley.client.patch("/api/auth/me", json=changes, headers=ana.headers) as response:
        assert response.status == 200
        changed = await response.json()
    assert changed["full_name"] == "Ana" and {name: changed[name] for name in changes} == changes
    async with parley.client.patch("/api/auth/me", json={"nickname": None}, headers=ana.headers) as response:
        assert (await response.json())["nickname"] is None
    async with parley.client.get("/api/auth/me", headers=ana.headers) as response:
        assert await response.json() == {**changed, "nickname": None}
    for name in ("Factory", "localtime", "right/UTC", "europe/berlin"):
        async with parley.client.patch("/api/auth/me", json={"timezone": name}, headers=ana.headers) as response:
            assert response.status == 400, name
    async with parley.client.patch("/api/auth/me", json={"timezone": None}, headers=ana.headers) as response:
        assert response.status == 400


async def test_a_new_password_ends_the_other_sessions_only(parley: Parley) -> None:
    ana = await parley.account("ana")
    async with parley.client.post("/api/auth/login", data={"username": "ana", "password": PASSWORD}) as response:
        phone = {"Authorization": f"Bearer {(await response.json())['access_token']}"}
    wrong = {"current_password": "not my password", "new_password": "an even better phrase"}
    async with parley.client.post("/api/auth/password", json=wrong, headers=ana.headers) as response:
        assert (response.status, (await response.json())["detail"]["error"]) == (401, "invalid_credentials")
    right = {"current_password": PASSWORD, "new_password": "an even better phrase"}
    async with parley.client.post("/api/auth/password", json=right, headers=ana.headers) as response:
        assert response.status == 204
    async with parley.client.get("/api/auth/me", headers=ana.headers) as response:
        assert response.status == 200
    async with parley.client.get("/api/auth/me", headers=phone) as response:
        assert response.status == 401
    async with parley.client.post("/api/auth/login", data={"username": "ana", "password": PASSWORD}) as response:
        assert response.status == 401
    new = {"username": "ana@EXAMPLE.com", "password": "an even better phrase"}
    async with parley.client.post("/api/auth/login", data=new) as response:
        assert response.status == 200


async def test_a_deleted_account_cannot_be_used(parley: Parley) -> None:
    ana = await parley.account("ana")
    async with parley.client.delete("/api/auth/me", json={"password": "wrong wrong"}, headers=ana.headers) as response:
        assert response.status == 401
    async with parley.client.delete("/api/auth/me", json={"password": PASSWORD}, headers=ana.headers) as response:
        assert response.status == 204
    async with parley.client.get("/api/auth/me", headers=ana.headers) as response:
        assert response.status == 401
    async with parley.client.post("/api/auth/refresh", json={"refresh_token": ana.refresh_token}) as response:
        assert response.status == 401


async def mentions(parley: Parley, *words: str) -> dict[str, int]:
    """Table → rows in which one of the words stands, over all tables that there are."""
    found = {}
    async with parley.resources.database.connection() as cx:
        tables = await cx.fetch("select tablename from pg_tables where schemaname = current_schema()")
        for (table,) in map(tuple, tables):
            count = await cx.fetchval(
                f'select count(*) from "{table}" as t where t::text ilike any($1)',  # noqa: S608
                [f"%{word}%" for word in words],
            )
            if count:
                found[table] = count
    return found


async def test_a_deleted_account_leaves_nothing_in_any_table(parley: Parley) -> None:
    ana = await parley.account("anastasia_k")
    things = await walk.belongings(parley, ana)
    headers = {**ana.headers, "Idempotency-Key": "k"}
    chat = {"message": "I go home yesterday.", "conversation_id": things["conversation_id"]}
    async with parley.client.post("/api/ai/generate", json=chat, headers=headers) as response:
        assert response.status == 200
    for _ in range(3):  # failed sign-ins leave traces too
        form = {"username": "anastasia_k", "password": "wrong wrong"}
        async with parley.client.post("/api/auth/login", data=form) as response:
            assert response.status == 401
    ended = {"session_id": things["live_session"]}
    async with parley.client.post("/api/live/session/end", json=ended, headers=ana.headers) as response:
        assert response.status == 200
    before = await mentions(parley, ana.user_id, "anastasia_k")
    assert {"users", "notes", "api_keys", "idempotency_keys", "audit_events", "live_sessions"} <= set(before)
    async with parley.client.delete("/api/auth/me", json={"password": PASSWORD}, headers=ana.headers) as response:
        assert response.status == 204, await response.text()
    assert await mentions(parley, ana.user_id, "anastasia_k") == {}
    async with parley.resources.database.connection() as cx:
        trail = await cx.fetch("select * from audit_events order by id")
    assert {"account.registered", "organization.created", "api_key.created"} <= {row["action"] for row in trail}
    assert trail[-1]["action"] == "account.deleted"
    assert {str(row["actor_id"]) for row in trail} == {audit.pseudonym(ana.user_id)}
    assert {row["address"] for row in trail} == {None}
