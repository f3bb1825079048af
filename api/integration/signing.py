"""RS256 (RFC 7518, section 3.3): key pairs, signatures, key sets and fingerprints. Knows no database."""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from api.integration.models import Grant
from kit.storable import JsonObject

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

ALGORITHM = "RS256"
ISSUER = "parley"
_BITS = 2048


@dataclass(frozen=True, slots=True)
class KeyPair:
    """DER: a SubjectPublicKeyInfo and an unencrypted PKCS #8."""

    kid: str
    public_key: bytes
    private_key: bytes


def generate() -> KeyPair:
    """A new pair. Takes a tenth of a second or more: call it in a thread."""
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    private = generate_private_key(public_exponent=65537, key_size=_BITS)
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return KeyPair(thumbprint(public), public, secret)


def claims_of(grant: Grant) -> JsonObject:
    """What the token says."""
    return {
        "iss": ISSUER,
        "sub": grant.subject,
        "jti": grant.jti,
        "tenantId": grant.organization_id,
        "mode": grant.mode,
        "origin": grant.origin,
        "scopes": grant.scopes,
        "iat": int(grant.issued_at.timestamp()),
        "exp": int(grant.expires_at.timestamp()),
    }


def sign(claims: JsonObject, kid: str, private_key: bytes) -> str:
    """The signed token (RS256)."""
    import jwt

    return jwt.encode(claims, _private(private_key), algorithm=ALGORITHM, headers={"kid": kid})


def kid_of(token: str) -> str | None:
    """The id of the key that a token names; None when it is not an RS256 token of ours."""
    return _kid_in(token.partition(".")[0])


@lru_cache(maxsize=512)
def _kid_in(header: str) -> str | None:
    # Every request with a bearer token asks this, and the headers of access tokens are all the same.
    try:
        members = orjson.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except ValueError:
        return None
    if not isinstance(members, dict) or members.get("alg") != ALGORITHM:
        return None
    kid = members.get("kid")
    return kid if isinstance(kid, str) and "\0" not in kid else None


def claims_in(token: str, public_key: bytes) -> JsonObject | None:
    """The claims if the signature is right, however old they are; None otherwise."""
    import jwt

    options: Any = {"require": ["jti", "exp", "iat", "iss"], "verify_exp": False, "verify_iat": False}
    try:
        return jwt.decode(token, _public(public_key), algorithms=[ALGORITHM], issuer=ISSUER, options=options)
    except jwt.PyJWTError:
        return None


def jwk(kid: str, public_key: bytes) -> dict[str, str]:
    """RFC 7517."""
    return {**_members(public_key), "alg": ALGORITHM, "use": "sig", "kid": kid}


def thumbprint(public_key: bytes) -> str:
    """RFC 7638: the key's id, which follows from the key itself."""
    return _base64url(hashlib.sha256(orjson.dumps(_members(public_key), option=orjson.OPT_SORT_KEYS)).digest())


def fingerprint(public_key: bytes) -> str:
    """SHA-256 of the SubjectPublicKeyInfo in hexadecimal, as openssl prints it."""
    return hashlib.sha256(public_key).hexdigest()


def _members(public_key: bytes) -> dict[str, str]:
    numbers = _public(public_key).public_numbers()
    return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}


def _number(value: int) -> str:
    return _base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@lru_cache(maxsize=512)
def _public(der: bytes) -> "RSAPublicKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(der)
    if not isinstance(key, RSAPublicKey):
        raise TypeError("not an RSA key")
    return key


def _private(der: bytes) -> "RSAPrivateKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    # The key comes from our own sealed storage, so OpenSSL's slow consistency check has nothing to find.
    key = load_der_private_key(der, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key
