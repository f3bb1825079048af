"""ID tokens that are wrong in one way each: none of them opens anything."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from server.config import Settings
from tests.support.provider import CLIENT_SECRET, OddProvider
from tests.support.provider_browser import ANA, Browser, Place, odd_place


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Place]:
    async with odd_place(settings, database_url, redis_url) as place:
        yield place


def _spoil(**changes: Any) -> Callable[[dict[str, Any]], None]:
    def change(claims: dict[str, Any]) -> None:
        claims.update(changes)
        for name in [name for name, value in claims.items() if value is None]:
            del claims[name]

    return change


def _by_the_clock(**seconds: float) -> Callable[[dict[str, Any]], None]:
    def change(claims: dict[str, Any]) -> None:
        claims.update({name: claims["iat"] + offset for name, offset in seconds.items()})

    return change


_BAD_CLAIMS = {
    "another nonce": _spoil(nonce="x"),
    "no nonce": _spoil(nonce=None),
    "another audience": _spoil(aud="another-client"),
    "another authorized party": _spoil(azp="another-client"),
    "two audiences and no authorized party": _spoil(aud=["parley-client", "another-client"]),
    "another issuer": _spoil(iss="https://evil.example"),
    "expired": _by_the_clock(exp=-61),
    "not yet": _by_the_clock(nbf=3600),
    "from the future": _by_the_clock(iat=3600),
    "no end": _spoil(exp=None),
    "no subject": _spoil(sub=None),
    "an empty subject": _spoil(sub=""),
    "a subject with a zero": _spoil(sub="a\0b"),
}


async def test_a_token_that_is_not_for_this_sign_in_opens_nothing(place: Place) -> None:
    node, provider = place
    provider.user = ANA
    browser = Browser(node)
    for kind, change in _BAD_CLAIMS.items():
        provider.change = change
        assert await browser.sign_in() == "/sign-in?failed=provider_refused", kind
    assert "parley_page" not in browser.cookies
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 0


_BAD_SIGNATURES: dict[str, Callable[[OddProvider, dict[str, Any]], str]] = {
    "none": lambda _, claims: jwt.encode(claims, "", algorithm="none"),
    "with the client's secret": lambda _, claims: jwt.encode(claims, CLIENT_SECRET * 4, algorithm="HS256"),
    "with the public key as secret": lambda it, claims: jwt.encode(
        claims, str(it.key[1].public_key().public_numbers().n), algorithm="HS256", headers={"kid": it.key[0]}
    ),
    "by another's key of the same name": lambda it, claims: jwt.encode(
        claims, rsa.generate_private_key(65537, 2048), algorithm="RS256", headers={"kid": it.key[0]}
    ),
    "no token": lambda _, __: "x.y.z",
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_only_the_keys_of_the_provider_sign(place: Place) -> None:
    node, provider = place
    provider.user = ANA
    for kind, sign in _BAD_SIGNATURES.items():
        provider.sign = sign
        assert await Browser(node).sign_in() == "/sign-in?failed=provider_refused", kind
