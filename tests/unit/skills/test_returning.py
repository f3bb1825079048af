"""The challenge of RFC 7636."""

import pytest

from api.skills import returning
from kit import pkce


def test_the_challenge_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert pkce.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/", True),
        ("/settings?tab=calendar", True),
        ("https://app.example/done", True),
        ("https://app.example", True),
        ("//evil.example/", False),
        ("/\\evil.example", False),
        ("https://app.example.evil.example/", False),
        ("https://app.example@evil.example/", False),
        ("http://app.example/", False),
        ("javascript:alert(1)", False),
        ("/a\r\nSet-Cookie: x=y", False),
        ("https://[", False),
        ("settings", False),
    ],
)
def test_users_are_sent_back_to_known_places_only(address: str, allowed: bool) -> None:
    assert returning.may_return_to(address, ["https://app.example/"]) is allowed
