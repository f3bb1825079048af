"""Hashes of passwords."""

from argon2 import PasswordHasher

from kit import passwords


async def test_a_hash_knows_its_password_and_no_other() -> None:
    hashed = await passwords.hash("correct horse battery")
    assert hashed.startswith("$argon2id$")
    assert await passwords.verify(hashed, "correct horse battery")
    assert not await passwords.verify(hashed, "correct horse batterY")
    assert not passwords.outdated(hashed)


async def test_what_is_no_hash_fits_no_password() -> None:
    assert not await passwords.verify("", "") and not await passwords.verify("!", "!")


async def test_a_hash_of_other_costs_is_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("correct horse battery")
    assert await passwords.verify(weak, "correct horse battery")
    assert passwords.outdated(weak)
