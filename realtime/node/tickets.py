"""Tickets open a connection for one session of one person, instead of an access token. A ticket has the rights of the
credential with which it was got: its scopes, its web origin, its organization. When that is revoked, the ticket is
invalid, too; when it has merely expired, the session may still be resumed.

A first ticket opens one connection, once; Redis keeps its hash. A resume ticket is signed and stored nowhere: the same
one may be used again when a connection broke before its successor arrived, and also while Redis is away. It opens
nothing but its own session, so it is worth nothing when that has ended.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from kit import errors, ids
from kit.caller import Caller
from kit.jwt import Signer
from kit.redis import Away, Redis

FIRST_SECONDS = 60
_RESUME = timedelta(hours=1)
_USE = "resume"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket stands for."""

    session_id: str
    caller: Caller


class Tickets:
    """Tickets to join a session: short, once, and for the same caller."""

    def __init__(self, redis: Redis, signer: Signer) -> None:
        self._redis = redis
        self._signer = signer

    async def issue(self, session_id: str, caller: Caller) -> str:
        """A first ticket. Failure `unavailable` while Redis is away."""
        secret = ids.secret()
        value = orjson.dumps({"sid": session_id, **claims(caller)})
        try:
            await self._redis.set(_key(secret), value, ex=FIRST_SECONDS)
        except Away as error:
            raise errors.unavailable("unavailable", "Live sessions cannot be started right now.", 3) from error
        return secret

    def resume(self, session_id: str, caller: Caller) -> str:
        """A ticket to come back with, signed, so that it needs no Redis."""
        return self._signer.issue({"use": _USE, "sid": session_id, **claims(caller)}, _RESUME)

    async def redeem(self, given: str) -> Ticket:
        """Failure `not_authenticated` for one that is unknown, used or too old."""
        if "." in given:  # first tickets have none
            return self._resumed(given)
        try:
            value = await self._redis.getdel(_key(given))
        except Away as error:
            raise errors.unavailable("unavailable", "Tickets cannot be checked right now.", 3) from error
        if value is None:
            raise _refused()
        return _ticket(orjson.loads(value))

    def _resumed(self, given: str) -> Ticket:
        try:
            told = self._signer.read(given)
        except errors.Failure as failure:
            raise _refused() from failure
        if told.get("use") != _USE:
            raise _refused()
        return _ticket(told)


def claims(caller: Caller) -> dict[str, Any]:
    """The reverse of `caller_of`."""
    scopes = None if caller.scopes is None else sorted(caller.scopes)
    return {
        "sub": caller.user_id,
        "via": caller.via,
        "cred": caller.credential_id,
        "org": caller.organization_id,
        "scopes": scopes,
        "origin": caller.web_origin,
        "ends": None if caller.ends_at is None else caller.ends_at.timestamp(),
    }


def caller_of(told: dict[str, Any]) -> Caller:
    """Never with an administrator's rights, and with the planned end of the credential."""
    scopes = None if told["scopes"] is None else frozenset(told["scopes"])
    ends = told.get("ends")  # not in a resume ticket that an older version signed
    ends_at = None if ends is None else datetime.fromtimestamp(ends, UTC)
    return Caller(told["sub"], "user", told["via"], told["cred"], told["org"], scopes, told["origin"], ends_at)


def _ticket(told: dict[str, Any]) -> Ticket:
    return Ticket(told["sid"], caller_of(told))


def _refused() -> errors.Failure:
    return errors.unauthenticated("not_authenticated", "The ticket was used before, is too old or unknown.")


def _key(secret: str) -> str:
    return "parley:live:ticket:" + hashlib.sha256(secret.encode()).hexdigest()
