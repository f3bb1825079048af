"""Password hashes: Argon2id (RFC 9106), computed in a thread because one takes tens of milliseconds."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The second recommended option of RFC 9106 section 4 (64 MiB, 3 passes), with one lane: two threads serve many users.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")


async def hash(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def verify(hashed: str, password: str) -> bool:
    """Whether `password` made `hashed`. A broken hash is a plain no."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, hashed, password)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
