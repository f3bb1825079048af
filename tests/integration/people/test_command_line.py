"""`run.py admin …` does what administrators do, beside a running server."""

import zipfile
from pathlib import Path

import pytest

import run
from kit.errors import Failure
from server.bootstrap.terminal import Stop
from server.cli import admin
from server.config import Settings
from server.embedded.stack import Endpoints
from tests.integration.people.test_people import ask, sign_in
from tests.support.node import Parley


@pytest.fixture
def command(parley: Parley, settings: Settings, database_url: str, redis_url: str):  # type: ignore[no-untyped-def]
    async def carry_out(*line: str) -> str:
        arguments = run.parse(["admin", *line])
        return await admin.carry_out(arguments, settings, Endpoints(database_url, redis_url))

    return carry_out


async def test_the_operator_opens_finds_and_closes_accounts(parley: Parley, command) -> None:  # type: ignore[no-untyped-def]
    assert await command("list", "nobody") == "Nobody."
    said = await command("create", "Ana@School.example", "--name", "Ana", "--plan", "plus")
    token = said.rpartition("/#/reset/")[2]
    new = {"token": token, "password": "an even better phrase"}
    assert (await ask(parley, None, "POST", "/api/auth/reset", json=new))[0] == 204
    assert (await sign_in(parley, "ana", "an even better phrase"))[0] == 200
    assert "Ana@school.example  ana  plus" in await command("list")
    await command("plan", "ana", "pro")
    await command("disable", "ANA@school.example")
    assert "pro  password disabled" in await command("list", "ana")
    assert (await sign_in(parley, "ana", "an even better phrase"))[0] == 403
    await command("enable", "ana")
    assert "/#/reset/" in await command("reset", "ana")
    assert "/#/invited/" in await command("invite")
    assert await command("grant", "ana@school.example")
    assert "pro  admin" in await command("list")
    assert await command("unlock", "--account", "ana") == "0 failed sign-ins no longer count."
    with pytest.raises(Stop, match="--yes"):
        await command("erase", "ana")
    assert await command("erase", "ana", "--yes")
    with pytest.raises(Failure, match="not_found"):
        await command("reset", "ana")


async def test_the_operator_imports_and_exports(parley: Parley, command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    people = tmp_path / "people.csv"
    people.write_text("email\nana@school.example\nnobody\n")
    with pytest.raises(Stop, match=r"^1 line is faulty"):
        await command("import", str(people))
    for missing in (tmp_path / "nope.csv", tmp_path):
        with pytest.raises(Stop, match="cannot be read"):
            await command("import", str(missing), "--dry-run")
    with pytest.raises(Stop) as stopped:
        await command("create", "nobody")
    assert str(stopped.value).endswith("@-sign.") and ".." not in str(stopped.value)
    people.write_bytes("email,full_name\nana@school.example,Zo\u00eb\n".encode("latin-1"))
    with pytest.raises(Stop, match="UTF-8"):
        await command("import", str(people))
    people.write_text("\ufeffemail,full_name\nana@school.example,Zo\u00eb\n")
    assert await command("import", str(people), "--dry-run") == "0 accounts were opened."
    assert await command("import", str(people)) == "1 account was opened."
    target = tmp_path / "ana.zip"
    await command("export", "ana", str(target))
    assert "users.jsonl" in zipfile.ZipFile(target).namelist()
    assert target.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
    with pytest.raises(Stop, match="exists"):
        await command("export", "ana", str(target))


async def test_the_operator_closes_the_entrance_of_a_running_server(parley: Parley, command) -> None:  # type: ignore[no-untyped-def]
    assert (await command("registration", "closed")).startswith("Registration is closed")
    assert (await ask(parley, None, "GET", "/api/auth/entrance"))[1]["registration"] is False
    assert "at most 30 a day" in await command("guests", "open", "--a-day", "30")
    assert (await command("registration", "default")).startswith("Registration is open")


def test_a_folder_without_data_is_refused_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PARLEY_DATABASE_URL", raising=False)
    folder = tmp_path / "nosuch"
    with pytest.raises(Stop, match="is no data folder"):
        admin.main(run.parse(["admin", "list", "--data", str(folder)]))
    assert not folder.exists()
