"""Password hashes: Argon2id (RFC 9106), computed in a thread because one takes tens of milliseconds.

A password is hashed in one normal form, so that it is the same on every keyboard: RFC 8265, section 4.2, OpaqueString
(spaces of every kind become U+0020, the rest is put into NFC), then NFKC. A Japanese keyboard types full-width digits,
other keyboards cannot; some programs copy a ligature as two letters. Case stays as it is. Hashes of the older forms
still match the password as it was typed then; they are renewed at that sign-in.
"""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The costs that OWASP's Password Storage Cheat Sheet recommends (19 MiB, 2 passes, one lane): about 30 ms of one core,
# so that a class of thirty can sign in at once on a small machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")


def opaque(password: str) -> str:
    """RFC 8265's OpaqueString of `password`."""
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFC", spaced)


def normal(password: str) -> str:
    """What is hashed for `password`."""
    return unicodedata.normalize("NFKC", opaque(password))


def length(password: str) -> int:
    """The characters that count for the shortest length: NFKC makes up to eighteen of one, NFC one of several."""
    return min(len(opaque(password)), len(normal(password)))


async def hash(password: str) -> str:
    """A hash to store (Argon2id), computed in a thread."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, normal(password))


async def verify(hashed: str, password: str) -> bool:
    """Whether `hashed` is a hash of `password`. False for a broken hash."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, hashed, password)


async def renewed(hashed: str, password: str) -> str | None:
    """A new hash of `password` to store instead of `hashed`; None when `hashed` is up to date."""
    loop = asyncio.get_running_loop()
    known = normal(password)
    if not outdated(hashed) and (known == password or await loop.run_in_executor(_THREADS, _fits, hashed, known)):
        return None
    return await hash(password)


def outdated(hashed: str) -> bool:
    """Whether `hashed`, a valid hash, was made with other costs than today's."""
    return _HASHER.check_needs_rehash(hashed)


def _verify(hashed: str, password: str) -> bool:
    """Older hashes were made from the OpaqueString alone, or from the password as it was typed. A refusal takes equally
    long for every hash: the number of forms depends on `password` only."""
    return any(_fits(hashed, each) for each in dict.fromkeys((normal(password), opaque(password), password)))


def _fits(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
