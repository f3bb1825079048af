"""Tickets: each opens one connection, once, for one session of one person. Redis keeps only their hashes."""

import hashlib
from dataclasses import dataclass

import orjson

from server.kit import errors, ids
from server.kit.redis import OUTAGES, Redis

FIRST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Ticket:
    session_id: str
    user_id: str


class Tickets:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def issue(self, session_id: str, user_id: str, seconds: int = FIRST_SECONDS) -> str:
        """Failure `unavailable` while Redis is away."""
        secret = ids.secret()
        value = orjson.dumps([session_id, user_id])
        try:
            await self._redis.set(_key(secret), value, ex=seconds)
        except OUTAGES as error:
            raise errors.unavailable("unavailable", "Live sessions cannot be started right now.", 3) from error
        return secret

    async def redeem(self, secret: str) -> Ticket:
        """Failure `not_authenticated` for one that is unknown, used or too old."""
        try:
            value = await self._redis.getdel(_key(secret))
        except OUTAGES as error:
            raise errors.unavailable("unavailable", "Tickets cannot be checked right now.", 3) from error
        if value is None:
            raise errors.unauthenticated("not_authenticated", "The ticket was used before, is too old or unknown.")
        session_id, user_id = orjson.loads(value)
        return Ticket(session_id, user_id)


def _key(secret: str) -> str:
    return "parley:live:ticket:" + hashlib.sha256(secret.encode()).hexdigest()
