"""Authenticates every kind of credential, for HTTP and for sockets."""

import hmac
from collections.abc import Sequence

from api.api_keys.service import ApiKeys
from api.auth.sessions import SignIns
from api.auth.standing import Standing
from api.integration.verification import Verification
from kit import errors
from kit.caller import Caller

_NOBODY = "00000000-0000-0000-0000-000000000000"


class Credentials:
    """The server's `Authenticator`."""

    def __init__(
        self,
        sign_ins: SignIns,
        api_keys: ApiKeys,
        verification: Verification,
        standing: Standing,
        service_key: str | None,
    ) -> None:
        self._sign_ins = sign_ins
        self._standing = standing
        self._api_keys = api_keys
        self._verification = verification
        self._service_key = service_key

    async def bearer(self, token: str) -> Caller:
        """An access token or an integration token. Failures `token_expired`, `not_authenticated`."""
        if self._verification.concerns(token):
            return await self._enabled(await self._verification.authenticate(token))
        return await self._sign_ins.authenticate(token)

    async def key(self, key: str, address: str) -> Caller:
        """Failures `not_authenticated` and `token_expired`, and `forbidden` from an address that is not on its list."""
        return await self._enabled(await self._api_keys.authenticate(key, address))

    async def ended(self, callers: Sequence[Caller]) -> set[str]:
        """The `credential_id`s of those that were signed out, deleted, revoked or disabled since."""
        people = {one.credential_id for one in callers if one.via == "bearer"}
        keys = {one.credential_id for one in callers if one.via == "key" and one.web_origin is None}
        tokens = {one.credential_id for one in callers if one.via == "key"} - keys
        alive: set[str] = set()
        if people:
            alive |= await self._sign_ins.alive(people)
        if keys:
            alive |= await self._api_keys.alive(keys)
        if tokens:
            alive |= await self._verification.alive(tokens)
        if keys or tokens:  # a sign-in ends with its account
            disabled = await self._standing.disabled({one.user_id for one in callers})
            alive -= {one.credential_id for one in callers if one.user_id in disabled}
        return (people | keys | tokens) - alive

    async def service(self, key: str) -> Caller:
        """An internal service, which names the user it acts for in the request itself. Failure `not_authenticated`."""
        expected = (self._service_key or "").encode()
        if not expected or not hmac.compare_digest(expected, key.encode()):
            raise errors.unauthenticated("not_authenticated", "The service key is not valid.")
        return Caller(_NOBODY, "user", "service", "internal")

    async def _enabled(self, caller: Caller) -> Caller:
        """Failure `not_authenticated` when the account was disabled."""
        await self._standing.insist(caller.user_id)
        return caller
