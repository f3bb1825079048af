"""What the claims of an ID token mean here (OpenID Connect Core 1.0, section 5.1)."""

import unicodedata

from api.auth.oidc.models import Arrival
from api.auth.schemas import zones
from kit import emails, typography
from kit.storable import JsonObject

_LONGEST_NAME = 100
_NO_LETTERS = ("Cs", "Co", "Cn")  # halves of a pair, private ones, unassigned ones
_RESERVED = (".invalid",)  # nobody's mail; the addresses of guests end so


def read(claims: JsonObject, *, trusting: bool) -> Arrival:
    """Who arrived. `trusting`: an address counts as proved although the provider does not say whether it is; never when
    it says that it is not."""
    email = _address(claims.get("email"))
    proved = claims.get("email_verified", trusting)
    return Arrival(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        email=email if proved is True or proved == "true" else None,  # some write it as a text
        full_name=_text(claims.get("name")),
        username=_text(claims.get("preferred_username")),
        timezone=_zone(claims.get("zoneinfo")),
    )


def _address(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > 254:
        return None
    try:
        normal = emails.normal(value)
    except ValueError:
        return None
    return None if normal.lower().endswith(_RESERVED) else normal


def _text(value: object) -> str | None:
    """A name of people as far as it can be stored; None for what is none."""
    if not isinstance(value, str):
        return None
    kept = typography.tidy("".join(letter for letter in value if unicodedata.category(letter) not in _NO_LETTERS))
    return typography.tidy(kept[:_LONGEST_NAME]) or None


def _zone(value: object) -> str | None:
    return value if isinstance(value, str) and value in zones() else None
