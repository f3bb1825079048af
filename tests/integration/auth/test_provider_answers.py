"""What the provider answers to our own calls: late, to many at once, in odd shapes, or with more than it signed."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from api.auth.oidc.models import ProviderSettings
from api.auth.oidc.provider import Provider, Refused
from kit.clock import SystemClock
from kit.errors import Failure
from kit.outbound import Outbound
from tests.support.provider import CLIENT_ID, CLIENT_SECRET, OddProvider, odd_provider

REDIRECT = "https://parley.example/api/auth/oidc/callback"
VERIFIER = "v" * 64
Place = tuple[Provider, OddProvider]


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with odd_provider(REDIRECT) as odd, Outbound() as outbound:
        yield _provider(odd, outbound), odd


def _provider(odd: OddProvider, outbound: Outbound, seconds: float = 120.0) -> Provider:
    settings = ProviderSettings("Odd", odd.issuer, CLIENT_ID, CLIENT_SECRET, ("openid",), REDIRECT)
    return Provider(settings, outbound, SystemClock(), seconds)


async def _code(provider: Provider) -> str:
    url = await provider.authorization_url("state", "nonce", VERIFIER)
    async with aiohttp.ClientSession() as browser, browser.get(url, allow_redirects=False) as response:
        return parse_qs(urlsplit(response.headers["Location"]).query)["code"][0]


async def _sign_in(provider: Provider) -> dict[str, Any]:
    return await provider.exchange(await _code(provider), VERIFIER, "nonce")


async def test_what_is_signed_counts_more_than_what_is_said_besides(place: Place) -> None:
    provider, odd = place
    odd.described = {"userinfo_endpoint": f"{odd.issuer}/userinfo"}
    odd.user = {"sub": "s-1", "name": "Ana", "email_verified": True}
    odd.said_besides = {"sub": "s-1", "iss": "https://old.example", "name": "Eve", "email": "eve@example.com"}
    said = await _sign_in(provider)
    assert (said["iss"], said["name"], said["email"]) == (odd.issuer, "Ana", "eve@example.com")
    assert "email_verified" not in said, "it was said of no address, or of another one"
    odd.said_besides = {"sub": "s-2", "email": "eve@example.com"}
    with pytest.raises(Refused):
        await _sign_in(provider)


async def test_who_waits_for_a_provider_that_does_not_answer_waits_once(place: Place) -> None:
    _, odd = place
    odd.slow = True
    async with Outbound() as outbound:
        slow = _provider(odd, outbound, 0.3)
        asking = [slow.authorization_url("state", "nonce", VERIFIER) for _ in range(8)]
        failures = await asyncio.gather(*asking, return_exceptions=True)
        assert all(isinstance(one, Failure) and one.code == "provider_unavailable" for one in failures)
        assert len(odd.asked) == 1
        odd.slow = False
        assert await slow.authorization_url("state", "nonce", VERIFIER), "who comes later asks again"
        odd.forever.set()


async def test_many_who_come_with_a_new_key_look_for_it_once(place: Place) -> None:
    provider, odd = place
    await _sign_in(provider)
    odd.rotate("second")
    codes = [await _code(provider) for _ in range(6)]
    said = await asyncio.gather(*(provider.exchange(code, VERIFIER, "nonce") for code in codes))
    assert {one["sub"] for one in said} == {"s-1"}
    assert odd.asked.count("/keys") == 2


@pytest.mark.parametrize("methods", [None, 7, "client_secret_basic"])
async def test_a_description_of_another_shape_is_no_description(place: Place, methods: object) -> None:
    provider, odd = place
    odd.described = {"token_endpoint_auth_methods_supported": methods}
    with pytest.raises(Failure) as failed:
        await provider.authorization_url("state", "nonce", VERIFIER)
    assert failed.value.code == "provider_unavailable"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"exp": 10**400},
        {"iat": float("nan")},
        {"iat": -(10**400)},
        {"nbf": float("nan")},
        {"nonce": "\ud800"},
        {"nonce": "nonc\u00e9"},
        {"aud": [CLIENT_ID, CLIENT_ID, 7]},
        {"azp": [CLIENT_ID]},
    ],
    ids=lambda changes: f"{changes!s:.20}",
)
async def test_a_token_with_odd_claims_is_refused(place: Place, changes: dict[str, Any]) -> None:
    provider, odd = place
    odd.change = lambda claims: claims.update(changes)
    with pytest.raises(Refused):
        await _sign_in(provider)


@pytest.mark.parametrize("algorithm", [["RS256"], {"a": 1}, 7, None])
async def test_an_algorithm_that_is_no_name_is_refused(place: Place, algorithm: object) -> None:
    provider, odd = place
    header = _part({"alg": algorithm, "typ": "JWT"})
    odd.sign = lambda it, claims: ".".join((header, *it.signed(claims).split(".")[1:]))
    with pytest.raises(Refused):
        await _sign_in(provider)


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_the_secret_is_not_shown() -> None:
    settings = ProviderSettings("Odd", "https://id.example", CLIENT_ID, CLIENT_SECRET, ("openid",), REDIRECT)
    assert CLIENT_SECRET not in repr(settings)
