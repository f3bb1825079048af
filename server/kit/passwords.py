"""Password hashes: Argon2id (RFC 9106), computed in a thread because one takes tens of milliseconds."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The costs that OWASP's Password Storage Cheat Sheet recommends (19 MiB, 2 passes, one lane): about 30 ms of one core,
# so that a class of thirty can sign in at once on a small machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")


async def hash(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def verify(hashed: str, password: str) -> bool:
    """Whether `password` made `hashed`. A broken hash is a plain no."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, hashed, password)


def outdated(hashed: str) -> bool:
    """Whether `hashed`, a valid hash, was made with other costs than today's."""
    return _HASHER.check_needs_rehash(hashed)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
