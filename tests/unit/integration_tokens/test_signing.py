"""Signed tokens and their keys."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.integration import signing
from api.integration.models import Grant

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GRANT = Grant(
    jti="j",
    organization_id="t",
    kid="k",
    mode="embed",
    origin="https://school.example",
    scopes=["live:read"],
    subject="pupil",
    acts_for="u",
    issued_by="u",
    issued_at=NOW,
    expires_at=NOW + timedelta(minutes=5),
)


@cache
def pair() -> signing.KeyPair:
    return signing.generate()


def test_a_thumbprint_is_that_of_the_standard() -> None:
    # The example key and result of RFC 7638, section 3.1.
    n = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3okn"
        "jhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ"
        "vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKn"
        "qDKgw"
    )
    key = jwt.PyJWK({"kty": "RSA", "n": n, "e": "AQAB"}).key
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert signing.thumbprint(der) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    assert signing.fingerprint(der) == hashlib.sha256(der).hexdigest()
    assert signing.jwk("kid", der) == {"kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "use": "sig", "kid": "kid"}


def test_a_token_says_what_was_granted() -> None:
    token = signing.sign(signing.claims_of(GRANT), pair().kid, pair().private_key)
    assert signing.kid_of(token) == pair().kid
    assert signing.claims_in(token, pair().public_key) == {
        "iss": "parley",
        "sub": "pupil",
        "jti": "j",
        "tenantId": "t",
        "mode": "embed",
        "origin": "https://school.example",
        "scopes": ["live:read"],
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
    }


def test_a_changed_or_foreign_token_has_no_claims() -> None:
    token = signing.sign(signing.claims_of(GRANT), pair().kid, pair().private_key)
    head, body, signature = token.split(".")
    middle = len(body) // 2
    changed = body[:middle] + ("A" if body[middle] != "A" else "B") + body[middle + 1 :]
    assert signing.claims_in(f"{head}.{changed}.{signature}", pair().public_key) is None
    assert signing.claims_in(token, signing.generate().public_key) is None
    stranger = signing.sign({**signing.claims_of(GRANT), "iss": "other"}, pair().kid, pair().private_key)
    assert signing.claims_in(stranger, pair().public_key) is None


@pytest.mark.parametrize(
    "header",
    ['{"alg":"HS256","kid":"k"}', '{"alg":"none"}', '{"alg":"RS256"}', '{"alg":"RS256","kid":7}', "[]", "{", ""],
)
def test_what_is_no_rs256_token_has_no_key(header: str) -> None:
    assert signing.kid_of(base64.urlsafe_b64encode(header.encode()).decode().rstrip("=") + ".e30.x") is None


def test_a_symmetric_signature_with_the_public_key_is_refused() -> None:
    forged = jwt.encode(signing.claims_of(GRANT), hashlib.sha256(pair().public_key).hexdigest(), "HS256")
    assert signing.kid_of(forged) is None and signing.claims_in(forged, pair().public_key) is None
