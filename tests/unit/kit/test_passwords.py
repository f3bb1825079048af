"""Hashes of passwords."""

import importlib.util

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


def test_the_product_has_the_costs_of_owasp() -> None:
    """In a copy of its own: the tests hash with less."""
    spec = importlib.util.spec_from_file_location("passwords_of_the_product", passwords.__file__)
    assert spec is not None and spec.loader is not None
    product = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(product)
    costs = product._HASHER
    assert (costs.time_cost, costs.memory_cost, costs.parallelism) == (2, 19 * 1024, 1)
