"""Verifies integration tokens, for the operation and for requests that carry one."""

from collections.abc import Collection

from api.integration import signing, store
from api.integration.models import Grant, TokenCheck
from kit import errors
from kit.caller import SAME_ORIGIN, Caller
from kit.clock import Clock
from kit.database import Database


class Verification:
    """Whether integration tokens are good, and whom they stand for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def concerns(self, token: str) -> bool:
        """Whether a bearer token claims to be an integration token."""
        return signing.kid_of(token) is not None

    async def verify(self, token: str, tenant_id: str, origin: str | None) -> TokenCheck:
        """A bad token is an answer, not a failure. `origin`, when given, must be the one the token is bound to."""
        kid = signing.kid_of(token)
        if kid is None:
            return TokenCheck("malformed", None)
        async with self._database.connection() as cx:
            key = await store.key(cx, kid)
            if key is None or key.organization_id != tenant_id:
                return TokenCheck("unknown_key", None)
            claims = signing.claims_in(token, key.public_key)
            if claims is None:
                return TokenCheck("bad_signature", None)
            if await store.revoked(cx, claims["jti"]):
                return TokenCheck("revoked", claims, revoked=True)
            known = await store.grant(cx, claims["jti"]) is not None
        if claims["exp"] <= self._clock.now().timestamp():
            return TokenCheck("expired", claims)
        if not known:  # its account is gone, or the API key it was got with
            return TokenCheck("revoked", claims, revoked=True)
        if origin is not None and origin != claims["origin"]:
            return TokenCheck("wrong_origin", claims)
        return TokenCheck(None, claims)

    async def grant_of(self, token: str) -> Grant | None:
        """The grant of a token that we signed, however old; None for anything else."""
        kid = signing.kid_of(token)
        if kid is None:
            return None
        async with self._database.connection() as cx:
            key = await store.key(cx, kid)
            claims = signing.claims_in(token, key.public_key) if key is not None else None
            return await store.grant(cx, claims["jti"]) if claims is not None else None

    async def admit(self, token: str) -> Grant:
        """The grant of a living token. Failures `token_expired`, `not_authenticated`."""
        grant = await self.grant_of(token)
        if grant is None:
            raise errors.unauthenticated("not_authenticated", "The integration token is not valid.")
        if grant.expires_at <= self._clock.now():
            raise errors.unauthenticated("token_expired", "The integration token has expired.")
        async with self._database.connection() as cx:
            if await store.revoked(cx, grant.jti):
                raise errors.unauthenticated("not_authenticated", "The integration token was revoked.")
        return grant

    async def alive(self, jtis: Collection[str]) -> set[str]:
        """The ids of those tokens that were not revoked, even if expired."""
        async with self._database.connection() as cx:
            return await store.unrevoked(cx, list(jtis))

    async def authenticate(self, token: str) -> Caller:
        """The caller that a token acts for, with its scopes, tenant and origin."""
        grant = await self.admit(token)
        return Caller(
            user_id=grant.acts_for,
            role="user",
            via="key",
            credential_id=grant.jti,
            organization_id=grant.organization_id,
            scopes=frozenset(grant.scopes),
            web_origin=grant.origin if grant.mode == "api" else SAME_ORIGIN,
            ends_at=grant.expires_at,
        )
