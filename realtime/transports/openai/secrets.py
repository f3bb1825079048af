"""`POST /v1/realtime/client_secrets`: short-lived keys that a backend gives to its page, for sessions of one kind.

A secret has the rights of the credential with which it was made, as a ticket has, ends with it, and is accepted only
here. Redis keeps its hash; it may be used again until it expires.
"""

import hashlib
from datetime import timedelta

import orjson
from aiohttp import web
from pydantic import ConfigDict, Field

from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Body, StorableObject
from kit.redis import Away, Redis
from kit.storable import JsonObject
from realtime.node import tickets
from realtime.transports.openai import kinds, shapes
from realtime.transports.openai.functions import no_functions
from realtime.transports.openai.items import new_id

PATH = "/v1/realtime/client_secrets"
PREFIX = "ek_"
_SECONDS = 600
_MOST_BYTES = 64 * 1024


class _Expiry(Body):
    model_config = ConfigDict(extra="ignore")
    seconds: int = Field(_SECONDS, ge=10, le=7200)


class _Wanted(Body):
    model_config = ConfigDict(extra="ignore")
    expires_after: _Expiry = Field(default_factory=_Expiry)  # made here, it would be built at import
    session: StorableObject = Field(default_factory=dict)


class ClientSecrets:
    """Short-lived secrets with which a browser may connect (`/v1/realtime/client_secrets`)."""

    def __init__(self, redis: Redis, clock: Clock, *, calls_functions: bool) -> None:
        """`calls_functions`: whether there is a language model."""
        self._redis = redis
        self._clock = clock
        self._calls_functions = calls_functions

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "POST",
                PATH,
                self.create,
                "Make a key for a page",
                "OpenAI clients",
                Access.BEARER_OR_KEY,
                "live:write",
                rate="heavy",
                json=shapes.ClientSecretRequest,
                views=(shapes.ClientSecret,),
                max_bytes=_MOST_BYTES,
                added=True,
            )
        ]

    async def create(self, call: Call) -> web.Response:
        """A key (`ek_…`) for one kind of session over `GET /v1/realtime`, with the rights of the caller's own."""
        caller, wanted = call.caller, await call.json(_Wanted)
        described = _described(wanted.session)
        if described.get("tools") and not self._calls_functions:
            raise no_functions("/session/tools")
        secret, now = PREFIX + ids.secret(), self._clock.now()
        expires_at = now + timedelta(seconds=wanted.expires_after.seconds)
        if caller.ends_at is not None:
            expires_at = min(expires_at, caller.ends_at)
        kept = orjson.dumps({"session": wanted.session, "caller": tickets.claims(caller)})
        try:
            await self._redis.set(_key(secret), kept, px=max(1, round((expires_at - now).total_seconds() * 1000)))
        except Away as error:
            raise errors.unavailable("unavailable", "Secrets cannot be made right now.", 3) from error
        return web.json_response({"value": secret, "expires_at": int(expires_at.timestamp()), "session": described})

    async def redeem(self, secret: str) -> tuple[Caller, JsonObject]:
        """Its maker, and the session that it is for. Failure `not_authenticated`, `unavailable`."""
        try:
            kept = await self._redis.get(_key(secret))
        except Away as error:
            raise errors.unavailable("unavailable", "Secrets cannot be checked right now.", 3) from error
        if kept is None:
            raise errors.unauthenticated("not_authenticated", "The client secret is too old or unknown.")
        found = orjson.loads(kept)
        return tickets.caller_of(found["caller"]), found["session"]


def _described(session: JsonObject) -> JsonObject:
    """Failure `invalid_request` for what could not be set later."""
    return kinds.settings(session).described(new_id("sess"))


def _key(secret: str) -> str:
    return "parley:live:secret:" + hashlib.sha256(secret.encode()).hexdigest()
