"""Proof Key for Code Exchange (RFC 7636) with the method S256, and where users may be sent back to."""

import base64
import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

VERIFIER_BYTES = 48
"""Of randomness: a verifier of 64 characters."""


def challenge(verifier: str) -> str:
    """The challenge of a verifier (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()


def may_return_to(address: str, origins: Iterable[str]) -> bool:
    """Only to a path of our own or to an origin that is configured: never an open redirect."""
    if any(letter in address for letter in "\\\r\n\t ") or not address.isprintable():
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.netloc) and f"{parts.scheme}://{parts.netloc}" in {origin.rstrip("/") for origin in origins}
