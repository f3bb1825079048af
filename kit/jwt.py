"""Access tokens: HS256, signed with the server's secret key.

PyJWT takes a fiftieth of a start to import, and no start needs a token.
"""

from datetime import timedelta
from functools import lru_cache

from kit import errors
from kit.clock import Clock
from kit.storable import JsonObject

_ISSUER = "parley"


class Signer:
    """Signs and reads tokens with the server's key (HS256)."""

    def __init__(self, secret_key: str, clock: Clock) -> None:
        self._key = secret_key.encode()
        self._clock = clock
        # A token comes with every request of its user, and its signature does not change.
        self._verified = lru_cache(maxsize=4096)(self._decode)

    def issue(self, claims: JsonObject, lifetime: timedelta) -> str:
        """A token with the claims that ends after `lifetime`."""
        import jwt

        now = self._clock.now()
        stamped = {**claims, "iss": _ISSUER, "iat": now, "exp": now + lifetime}
        return jwt.encode(stamped, self._key, algorithm="HS256")

    def read(self, token: str) -> JsonObject:
        """The claims of a token that we issued. Failure `token_expired` or `not_authenticated`."""
        import jwt

        try:
            claims = self._verified(token)
        except jwt.PyJWTError as error:
            raise errors.unauthenticated("not_authenticated", "The access token is not valid.") from error
        # PyJWT would look at the machine's clock; ours can be set in tests.
        if float(claims["exp"]) <= self._clock.now().timestamp():
            raise errors.unauthenticated("token_expired", "The access token has expired. Refresh it.")
        return claims

    def _decode(self, token: str) -> JsonObject:
        import jwt

        claims: JsonObject = jwt.decode(
            token,
            self._key,
            algorithms=["HS256"],
            issuer=_ISSUER,
            options={"require": ["exp", "iat", "iss"], "verify_exp": False, "verify_iat": False},
        )
        return claims
