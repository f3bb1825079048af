"""Identifiers: UUIDv7, so that rows sort by age and the next id cannot be guessed."""

import hashlib
import os
import secrets
import time
import uuid


def new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7) as text: 48 bits of Unix milliseconds, 12 bits of their fraction (section 6.2,
    method 3: what is made later in a millisecond sorts behind), 62 random bits."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds << 80) | (0x7 << 76) | (rest * 4096 // 1_000_000 << 64)
    value |= (0x2 << 62) | (int.from_bytes(os.urandom(8), "big") >> 2)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Whether `text` is a UUID in the one form we hand out (36 characters, lower case)."""
    if len(text) != 36:
        return False
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def secret(nbytes: int = 32) -> str:
    """A URL-safe random text of `nbytes` bytes of entropy."""
    return secrets.token_urlsafe(nbytes)


def hashed(secret: str) -> bytes:
    """What is stored of a secret of ours. It has at least 256 random bits, so one round of SHA-256 hides it."""
    return hashlib.sha256(secret.encode()).digest()
