"""Proof Key for Code Exchange (RFC 7636) with the method S256."""

import base64
import hashlib

VERIFIER_BYTES = 48
"""Of randomness: a verifier of 64 characters."""


def challenge(verifier: str) -> str:
    """The challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()
