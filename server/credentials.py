"""Who knows every kind of credential: the one answer to "who is asking?", for HTTP and for sockets."""

import hmac

from api.auth.sessions import SignIns
from server.kit import errors
from server.kit.caller import Caller


class Credentials:
    """The server's `Authenticator`."""

    def __init__(self, sign_ins: SignIns, service_key: str | None) -> None:
        self._sign_ins = sign_ins
        self._service_key = service_key

    async def bearer(self, token: str) -> Caller:
        """Failure `token_expired` or `not_authenticated`."""
        return await self._sign_ins.authenticate(token)

    async def key(self, key: str, address: str) -> Caller:
        """Failure `not_authenticated`."""
        raise errors.unauthenticated()

    async def service(self, key: str) -> Caller:
        """Failure `not_authenticated`."""
        expected = (self._service_key or "").encode()
        if not expected or not hmac.compare_digest(expected, key.encode()):
            raise errors.unauthenticated("not_authenticated", "The service key is not valid.")
        raise errors.unauthenticated()
