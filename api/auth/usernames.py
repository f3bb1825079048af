"""User names for people who did not choose one."""

import re

from kit import ids


def made_of(text: str) -> list[str]:
    """Names to try, made of an e-mail address or of a name elsewhere."""
    own = re.sub(r"[^a-z0-9]+", "_", text.partition("@")[0].lower()).strip("_")[:24].rstrip("_")
    base = own if len(own) >= 3 else f"learner_{own}".rstrip("_")
    digits = int.from_bytes(ids.secret(8).encode()[:6], "big")
    return [base, *(f"{base}_{(digits + step) % 1_000_000:06d}" for step in range(5))]
