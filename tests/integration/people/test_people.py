"""What administrators do with accounts, over the API."""

import asyncio
import io
import json
import zipfile
from typing import Any

import pytest

from kit import audit
from server.config import Settings
from tests.support import walk
from tests.support.node import PASSWORD, Account, Parley, running

PEOPLE = "/api/admin/people"


async def ask(node: Parley, who: Account | None, method: str, path: str, **options: Any) -> tuple[int, Any]:
    headers = who.headers if who is not None else {}
    node.client.session.cookie_jar.clear()
    async with node.client.request(method, path, headers=headers, **options) as response:
        body = await response.read()
        return response.status, json.loads(body) if body[:1] in (b"{", b"[") else body


async def sign_in(node: Parley, name: str, password: str = PASSWORD) -> tuple[int, Any]:
    return await ask(node, None, "POST", "/api/auth/login", data={"username": name, "password": password})


async def test_people_are_listed_and_found(parley: Parley) -> None:
    boss = await parley.admin("boss")
    for name in ("ana", "ben", "cleo"):
        await parley.account(name, full_name=f"{name.title()} Souza")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        status, page = await ask(parley, boss, "GET", PEOPLE, params=query)
        assert status == 200
        seen += [one["username"] for one in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == ["cleo", "ben", "ana", "boss"]
    for search, found in {"BEN@": ["ben"], "souza": ["cleo", "ben", "ana"], "%": [], boss.user_id: ["boss"]}.items():
        _, page = await ask(parley, boss, "GET", PEOPLE, params={"search": search})
        assert [one["username"] for one in page["items"]] == found, search
    _, page = await ask(parley, boss, "GET", PEOPLE, params={"kind": "admin"})
    assert [one["username"] for one in page["items"]] == ["boss"]
    assert "password" not in json.dumps(page).replace("has_password", "")


async def test_an_account_for_somebody_is_opened_by_its_link(parley: Parley) -> None:
    boss = await parley.admin("boss")
    await parley.account("ana")
    status, made = await ask(parley, boss, "POST", PEOPLE, json={"email": "ana@school.example", "plan": "plus"})
    assert status == 201 and made["plan"] == "plus" and not made["is_guest"] and not made["has_password"]
    assert made["username"].startswith("ana_"), "the plain name is taken"
    assert (await sign_in(parley, "ana@school.example", ""))[0] == 400
    assert (await sign_in(parley, "ana@school.example", "!unset"))[0] == 401
    token = made["set_password"]["link"].removeprefix("/#/reset/")
    new = {"token": token, "password": "an even better phrase"}
    assert (await ask(parley, None, "POST", "/api/auth/reset", json=new))[0] == 204
    assert (await sign_in(parley, "ana@school.example", "an even better phrase"))[0] == 200
    status, body = await ask(parley, None, "POST", "/api/auth/reset", json=new)
    assert (status, body["detail"]["error"]) == (409, "link_not_valid"), "once"
    status, body = await ask(parley, boss, "POST", PEOPLE, json={"email": "ANA@school.example"})
    assert (status, body["detail"]["error"]) == (409, "email_taken")


async def test_a_reset_link_ends_sign_ins_and_older_links(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    for _ in range(10):
        assert (await sign_in(parley, "ana", "not the password"))[0] == 401
    links = []
    for _ in range(2):
        status, link = await ask(parley, boss, "POST", f"{PEOPLE}/{ana.user_id}/reset")
        assert status == 200
        links.append(link["link"].removeprefix("/#/reset/"))
    assert (await ask(parley, ana, "GET", "/api/auth/me"))[0] == 200, "nothing has happened yet"
    first, second = ({"token": token, "password": "an even better phrase"} for token in links)
    assert (await ask(parley, None, "POST", "/api/auth/reset", json=first))[0] == 409
    short = {**second, "password": "short"}
    assert (await ask(parley, None, "POST", "/api/auth/reset", json=short))[0] == 400
    tried = await asyncio.gather(*(ask(parley, None, "POST", "/api/auth/reset", json=second) for _ in range(5)))
    assert sorted(status for status, _ in tried) == [204, 409, 409, 409, 409]
    assert (await ask(parley, ana, "GET", "/api/auth/me"))[0] == 401
    assert (await sign_in(parley, "ana"))[0] == 401
    assert (await sign_in(parley, "ana", "an even better phrase"))[0] == 200
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from account_links") == 0
        assert links[1].encode() not in b"".join(
            await cx.fetchval("select array_agg(token_hash) from account_links") or []
        )


async def test_guests_and_unknown_people_have_nothing_to_reset(parley: Parley) -> None:
    boss = await parley.admin("boss")
    _, tokens = await ask(parley, None, "POST", "/api/auth/page/guest", json={})
    _, me = await ask(parley, Account("", "", "", "", tokens["access_token"], ""), "GET", "/api/auth/me")
    status, body = await ask(parley, boss, "POST", f"{PEOPLE}/{me['id']}/reset")
    assert (status, body["detail"]["error"]) == (409, "not_possible")
    for method, path in (
        ("POST", "/reset"),
        ("POST", "/disable"),
        ("POST", "/enable"),
        ("DELETE", ""),
        ("GET", "/export"),
    ):
        status, _ = await ask(parley, boss, method, f"{PEOPLE}/{walk.UNKNOWN_ID}{path}")
        assert status == 404, (method, path)


async def test_erasing_leaves_nothing_that_was_theirs(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    await walk.belongings(parley, ana)
    assert (await ask(parley, boss, "DELETE", f"{PEOPLE}/{ana.user_id}"))[0] == 204
    assert (await ask(parley, ana, "GET", "/api/auth/me"))[0] == 401
    async with parley.resources.database.connection() as cx:
        for row in await cx.fetch("select tablename from pg_tables where schemaname = 'public'"):
            if row["tablename"] == "jobs":
                continue
            rows = await cx.fetch(f'select * from "{row["tablename"]}"')  # noqa: S608
            assert ana.user_id not in str(rows), row["tablename"]
        actor = await cx.fetchval("select actor_id from audit_events where action = 'account.deleted'")
    assert actor == boss.user_id and audit.pseudonym(ana.user_id)
    status, body = await ask(parley, boss, "DELETE", f"{PEOPLE}/{boss.user_id}")
    assert (status, body["detail"]["error"]) == (409, "yourself")


async def test_the_last_owner_with_members_is_not_erased(parley: Parley) -> None:
    boss, ana, ben = await parley.admin("boss"), await parley.account("ana"), await parley.account("ben")
    _, made = await ask(parley, ana, "POST", "/api/organizations", json={"name": "School", "slug": "school"})
    await parley.member(ana, made["id"], ben)
    status, body = await ask(parley, boss, "DELETE", f"{PEOPLE}/{ana.user_id}")
    assert (status, body["detail"]["error"], body["detail"]["organizations"]) == (409, "last_owner", [made["id"]])


@pytest.mark.parametrize("by", ["themselves", "an administrator"])
async def test_an_export_has_everything_and_no_secret(parley: Parley, by: str) -> None:
    boss, ana, ben = await parley.admin("boss"), await parley.account("ana"), await parley.account("ben")
    things = await walk.belongings(parley, ana)
    await ask(parley, ben, "POST", "/api/core/notes", json={"title": "Ben's", "content": "of another"})
    if by == "themselves":
        status, content = await ask(parley, ana, "GET", "/api/auth/me/export")
    else:
        status, content = await ask(parley, boss, "GET", f"{PEOPLE}/{ana.user_id}/export")
    assert status == 200
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())
    rows = {
        name: [json.loads(line) for line in archive.read(name).decode().splitlines()]
        for name in names
        if name.endswith(".jsonl")
    }
    assert rows["users.jsonl"][0]["email"] == "ana@example.com"
    assert [row["id"] for row in rows["notes.jsonl"]] == [things["note_id"]]
    assert [row["id"] for row in rows["live_sessions.jsonl"]] == [things["live_session"]]
    assert archive.read(f"english_recordings/{things['audio_id']}.wav") == b"secret"
    assert any(archive.read(name) == b"a secret text" for name in names if name.startswith("document"))
    assert {"account.registered", "account.exported"} <= {row["action"] for row in rows["audit_events.jsonl"]}
    everything = b"\n".join(archive.read(name) for name in names)
    for secret in (b"argon2", b"key_hash", b"sealed", b"token_hash", b"of another", ben.user_id.encode()):
        assert secret not in everything, secret
    # As with erasing: every table of which rows would be deleted is there.
    async with parley.resources.database.connection() as cx:
        found = await cx.fetch(
            "select distinct table_name from information_schema.columns where column_name = 'user_id'"
        )
        for row in found:
            count = await cx.fetchval(f'select count(*) from "{row["table_name"]}" where user_id = $1', ana.user_id)  # noqa: S608
            if count and row["table_name"] not in ("jobs", "idempotency_keys"):
                assert len(rows[f"{row['table_name']}.jsonl"]) == count, row["table_name"]


async def test_an_embedded_learner_is_found_and_exported_alone(parley: Parley) -> None:
    boss, ana = await parley.admin("boss"), await parley.account("ana")
    await ask(parley, ana, "POST", "/api/organizations", json={"name": "School", "slug": "school"})
    for subject in ("pupil-17", "pupil-18"):
        body = {
            "mode": "embed",
            "origin": "https://school.example",
            "scopes": ["live:write"],
            "ttlSeconds": 900,
            "subject": subject,
        }
        status, answer = await ask(parley, ana, "POST", "/api/integration/grant", json=body)
        assert status in (200, 201), answer
    _, page = await ask(parley, boss, "GET", PEOPLE, params={"search": "pupil-17"})
    [pupil] = page["items"]
    assert pupil["embedded"]["subject"] == "pupil-17" and pupil["is_guest"]
    status, content = await ask(parley, boss, "GET", f"{PEOPLE}/{pupil['id']}/export")
    archive = zipfile.ZipFile(io.BytesIO(content))
    text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "pupil-17" in text and "pupil-18" not in text and "ana@example.com" not in text


async def test_a_list_is_imported_whole_or_not_at_all(parley: Parley) -> None:
    boss = await parley.admin("boss")
    await parley.account("ana")
    faulty = (
        "\ufeffEmail;Full name;Plan;Username\r\n"
        'new@school.example;"Neu; Er";plus;\r\n'
        "\r\n"
        "no address;;;\r\n"
        "NEW@school.example;;;\r\n"
        "ana@example.com;;;\r\n"
        "b@school.example;;gold;\r\n"
        "c@school.example;;;ana\r\n"
        "d@school.example;;;;;\r\n"
        ";Who;;\r\n"
    )
    status, report = await ask(parley, boss, "POST", f"{PEOPLE}/import", json={"csv": faulty})
    assert status == 200 and (report["created"], report["faulty"]) == (0, 7)
    assert [(line["line"], line["result"]) for line in report["lines"]] == [
        (2, "ready"),
        *((number, "faulty") for number in range(4, 11)),
    ]
    _, page = await ask(parley, boss, "GET", PEOPLE)
    assert len(page["items"]) == 2
    right = "email,full_name,plan,native_language\nnew@school.example,Neu Er,plus,de\nb@school.example,,,\n"
    _, report = await ask(parley, boss, "POST", f"{PEOPLE}/import", json={"csv": right, "dry_run": True})
    assert (report["created"], [line["result"] for line in report["lines"]]) == (0, ["ready", "ready"])
    _, report = await ask(parley, boss, "POST", f"{PEOPLE}/import", json={"csv": right})
    assert report["created"] == 2 and all(line["set_password"]["link"] for line in report["lines"])
    _, person = await ask(parley, boss, "GET", f"{PEOPLE}/{report['lines'][0]['person_id']}")
    assert (person["full_name"], person["plan"]) == ("Neu Er", "plus")
    for nonsense in (
        "name\nana\n",
        "email,email\na@b.example,\n",
        "email\n",
        'email\n"a@b.example\n',
        "email\n" + "\n".join(f"p{n}@b.example" for n in range(2001)),
    ):
        status, report = await ask(parley, boss, "POST", f"{PEOPLE}/import", json={"csv": nonsense})
        assert status == 200 and report["created"] == 0 and report["faulty"] >= 1, nonsense[:20]


async def test_nobody_but_administrators_sees_people(parley: Parley) -> None:
    ana = await parley.account("ana")
    status, body = await ask(parley, ana, "GET", PEOPLE)
    assert (status, body["detail"]["error"]) == (403, "forbidden")


async def test_links_are_whole_addresses_where_one_is_known(
    database_url: str, redis_url: str, settings: Settings
) -> None:
    public = settings.model_copy(update={"public_url": "https://parley.example"})
    async with running(public, database_url, redis_url) as node:
        boss = await node.admin("boss")
        _, made = await ask(node, boss, "POST", "/api/admin/invitations", json={})
        assert made["link"].startswith("https://parley.example/#/invited/")
