"""Where users may be sent back to."""

from collections.abc import Iterable
from urllib.parse import urlsplit


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
