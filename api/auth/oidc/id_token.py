"""What an ID token has to be before it is believed (OpenID Connect Core 1.0, section 3.1.3.7)."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kit.storable import JsonObject

if TYPE_CHECKING:
    import jwt

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures by a key that only the provider has: neither `none` nor those made with the client's secret."""
_LEEWAY_SECONDS = 60.0
_LONGEST_SUBJECT = 255
_LATEST = 1e12  # seconds since 1970
_REQUIRED = ["iss", "sub", "aud", "exp", "iat"]

Claims = JsonObject


class Untrusted(Exception):
    """The token is not believed. The text says why, without anything of the token."""


class UnknownKey(Untrusted):
    """No key that is known signed it: the provider may have new ones."""


@dataclass(frozen=True, slots=True)
class Expected:
    issuer: str
    client_id: str
    nonce: str


def claims(token: str, keys: Sequence[Claims], expected: Expected, now: datetime) -> Claims:
    """What a token says. `keys` are JSON Web Keys. Raises Untrusted."""
    import jwt

    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise Untrusted("the ID token is none") from None
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Untrusted("the ID token is signed in a way that is not taken")
    for key in _fitting(keys, header):
        try:
            said: Claims = jwt.decode(
                token,
                key.key,
                algorithms=[algorithm],
                audience=expected.client_id,
                issuer=expected.issuer,
                # The times are compared with our own clock.
                options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.PyJWTError as error:
            raise Untrusted(f"the ID token is not for us: {type(error).__name__}") from None
        _check(said, expected, now.timestamp())
        return said
    raise UnknownKey("the ID token is signed by a key that is not known")


def _fitting(keys: Sequence[Claims], header: Claims) -> Iterator["jwt.PyJWK"]:
    """The keys that may have signed it: of that name, for signing, and of the kind that the algorithm needs."""
    import jwt

    for key in keys:
        named = "kid" not in header or key.get("kid") in (None, header["kid"])
        if not named or key.get("use", "sig") != "sig" or key.get("alg", header["alg"]) != header["alg"]:
            continue
        try:
            yield jwt.PyJWK(key, header["alg"])
        except (jwt.PyJWTError, ValueError, TypeError):
            continue


def _check(said: Claims, expected: Expected, now: float) -> None:
    audience = said["aud"] if isinstance(said["aud"], list) else [said["aud"]]
    authorized = said.get("azp", expected.client_id if len(audience) == 1 else None)
    if authorized != expected.client_id:
        raise Untrusted("the ID token was made for another client")
    nonce = said.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(_bytes(nonce), _bytes(expected.nonce)):
        raise Untrusted("the ID token was made for another sign-in")
    if _moment(said["exp"]) + _LEEWAY_SECONDS <= now:
        raise Untrusted("the ID token has expired")
    if max(_moment(said["iat"]), _moment(said.get("nbf", 0))) - _LEEWAY_SECONDS > now:
        raise Untrusted("the ID token is not valid yet")
    subject = said["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        raise Untrusted("the ID token names nobody")


def _moment(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Untrusted("a time of the ID token is none")
    # JSON has integers of any length, and the library takes NaN and Infinity, which no comparison refuses.
    if not -_LATEST < value < _LATEST:
        raise Untrusted("a time of the ID token is none")
    return float(value)


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
