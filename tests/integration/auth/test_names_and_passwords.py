"""The same address and the same password, however they are typed, at every entry."""

import unicodedata
from typing import Any

import pytest
from argon2 import PasswordHasher

from api.auth.roles import Roles
from kit import passwords
from kit.clock import SystemClock
from tests.support.node import PASSWORD, Parley

COMPOSED = unicodedata.normalize("NFC", "Žluťoučký kůň")
TYPED = {
    "decomposed": unicodedata.normalize("NFD", COMPOSED),
    "no-break space": COMPOSED.replace(" ", "\u00a0"),
    "ideographic space": COMPOSED.replace(" ", "\u3000"),
}


PLAIN = "correct horse 1234 five fish"
COMPATIBLE = {
    "plain": PLAIN,
    "full-width": PLAIN.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}),
    "ligature": PLAIN.replace("fi", "ﬁ"),
    "mathematical": PLAIN.replace("1234", "𝟏𝟐𝟑𝟒"),
}


async def register(node: Parley, status: int = 201, **changes: Any) -> None:
    body = {"email": "ana@example.com", "username": "ana", "password": PASSWORD, **changes}
    async with node.client.post("/api/auth/register", json=body) as response:
        assert response.status == status, await response.text()


async def login(node: Parley, name: str, password: str = PASSWORD) -> tuple[int, dict[str, str]]:
    async with node.client.post("/api/auth/login", data={"username": name, "password": password}) as response:
        body = await response.json()
        return response.status, {"Authorization": f"Bearer {body.get('access_token')}"}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
async def test_a_password_is_the_same_on_every_keyboard(parley: Parley, typed: str) -> None:
    await register(parley, password=typed)
    status, headers = await login(parley, "ana", COMPOSED)
    assert status == 200
    assert (await login(parley, "ana", typed))[0] == 200
    assert (await login(parley, "ana", COMPOSED.lower()))[0] == 401, "its case counts"
    changes = {"current_password": typed, "new_password": typed + "!"}
    async with parley.client.post("/api/auth/password", json=changes, headers=headers) as response:
        assert response.status == 204
    assert (await login(parley, "ana", COMPOSED + "!"))[0] == 200
    async with parley.client.delete("/api/auth/me", json={"password": COMPOSED + "!"}, headers=headers) as response:
        assert response.status == 204


async def change(node: Parley, headers: dict[str, str], current: str, new: str) -> int:
    body = {"current_password": current, "new_password": new}
    async with node.client.post("/api/auth/password", json=body, headers=headers) as response:
        return response.status


@pytest.mark.parametrize("typed", COMPATIBLE.values(), ids=COMPATIBLE.keys())
async def test_compatible_characters_are_one_password_at_every_entry(parley: Parley, typed: str) -> None:
    await register(parley, password=typed)
    for other in COMPATIBLE.values():
        status, headers = await login(parley, "ana", other)
        assert status == 200, other
    assert (await login(parley, "ana", PLAIN.replace("1", "２")))[0] == 401
    assert await change(parley, headers, COMPATIBLE["mathematical"], typed + "!") == 204
    assert (await login(parley, "ana", PLAIN + "！"))[0] == 200
    body = {"password": COMPATIBLE["full-width"] + "!"}
    async with parley.client.delete("/api/auth/me", json=body, headers=headers) as response:
        assert response.status == 204


@pytest.mark.parametrize("typed", [*COMPATIBLE.values(), *TYPED.values()], ids=[*COMPATIBLE, *TYPED])
async def test_a_hash_of_the_opaque_string_locks_nobody_out_and_is_renewed(parley: Parley, typed: str) -> None:
    await register(parley)
    opaque = unicodedata.normalize("NFC", typed.replace("\u00a0", " ").replace("\u3000", " "))
    old = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(opaque)
    async with parley.resources.database.connection() as cx:
        await cx.execute("update users set password_hash = $1", old)
        status, headers = await login(parley, "ana", typed)
        assert status == 200
        assert (await login(parley, "ana", unicodedata.normalize("NFKC", typed)))[0] == 200, "from now on"
        await cx.execute("update users set password_hash = $1", old)
        assert await change(parley, headers, typed, typed + "!") == 204
    assert (await login(parley, "ana", unicodedata.normalize("NFKC", typed + "!")))[0] == 200


async def test_one_sign_that_stands_for_many_letters_is_no_long_password(parley: Parley) -> None:
    assert len(unicodedata.normalize("NFKC", "ﷺ")) >= 10
    await register(parley, 400, password="ﷺ")
    await register(parley, 400, password="ﬃ" * 9)
    await register(parley, password="ﬃ" * 256)
    assert (await login(parley, "ana", "ﬃ" * 256))[0] == 200


async def test_length_counts_in_the_normal_form(parley: Parley) -> None:
    short = unicodedata.normalize("NFD", "žťčýůňáéí")
    assert len(short) >= 10
    await register(parley, 400, password=short)
    await register(parley, password="é" * 256)
    assert (await login(parley, "ana", unicodedata.normalize("NFD", "é" * 256)))[0] == 200


@pytest.mark.parametrize("control", ["\t", "\x7f", "\x85"])
async def test_what_nobody_can_type_is_no_password(parley: Parley, control: str) -> None:
    await register(parley, 400, password=f"correct {control} battery")


async def test_hashes_of_passwords_as_they_were_typed_still_fit_and_are_renewed(parley: Parley) -> None:
    await register(parley)
    decomposed = TYPED["decomposed"]
    old = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(decomposed)
    async with parley.resources.database.connection() as cx:
        await cx.execute("update users set password_hash = $1", old)
        assert (await login(parley, "ana", COMPOSED))[0] == 401
        assert (await login(parley, "ana", decomposed))[0] == 200
        assert (await login(parley, "ana", COMPOSED))[0] == 200
        kept = await cx.fetchval("select password_hash from users")
        assert (await login(parley, "ana", decomposed))[0] == 200
        assert await cx.fetchval("select password_hash from users") == kept, "once"


async def test_hashes_of_plain_passwords_stay(parley: Parley) -> None:
    hashed = await passwords.hash(PASSWORD)
    assert PasswordHasher().verify(hashed, PASSWORD)
    assert await passwords.renewed(hashed, PASSWORD) is None


@pytest.mark.parametrize("typed", [" ana@example.com", "ANA@Example.COM\u00a0", "\tana@example.com\n", " Ana ", "ana"])
async def test_an_address_or_name_is_trimmed_alike_everywhere(parley: Parley, typed: str) -> None:
    await register(parley, email="  Ana@example.com ")
    assert (await login(parley, typed))[0] == 200
    if "@" in typed:
        await register(parley, 409, email=typed, username="other")
        await Roles(parley.resources.database, SystemClock()).set(typed, "admin")
        async with parley.resources.database.connection() as cx:
            assert await cx.fetchval("select role from users") == "admin"


async def test_an_address_of_another_script_is_found_in_every_form(parley: Parley) -> None:
    await register(parley, email="zoé@exämple.com")
    for typed in ("zoe\u0301@exa\u0308mple.com", "zoé@xn--exmple-cua.com", " ZOÉ@EXÄMPLE.com"):
        assert (await login(parley, typed))[0] == 200, typed
