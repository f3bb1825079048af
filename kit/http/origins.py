"""Which web origins are our own pages, and which others may call: one answer for HTTP and for the sockets."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from kit import logs

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_LOG_AGAIN_SECONDS = 60.0
_MOST_LOGGED = 100  # different refusals a minute, so that invented origins do not fill the log
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Site:
    """An origin taken apart; the port is never left out."""

    scheme: str
    host: str
    port: int


@lru_cache(maxsize=1024)
def site(address: str) -> Site | None:
    """Scheme, host and port of a web address, in one spelling; None for what is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return Site(parts.scheme, parts.hostname.rstrip("."), port or _PORTS[parts.scheme])


class Origins:
    """`public_url` is the address under which clients know this server, when that is not what the Host header says;
    `allowed` are web origins of others, or `*` for all."""

    def __init__(self, public_url: str | None = None, allowed: Iterable[str] = ()) -> None:
        self._public = site(public_url) if public_url else None
        self._texts = frozenset(origin.rstrip("/") for origin in allowed)
        self._sites = frozenset(filter(None, map(site, self._texts)))
        self._logged: dict[tuple[str, str], float] = {}

    @property
    def any_named(self) -> bool:
        """Whether the operator named any origin."""
        return bool(self._texts) or self._public is not None

    def named(self, origin: str | None) -> bool:
        """Whether the settings name `origin`: as an allowed one, or as the public address."""
        if origin is None or not origin.isascii():  # browsers write names of other scripts in Punycode
            return False
        if "*" in self._texts or origin in self._texts:
            return True
        found = site(origin)
        return found is not None and (found == self._public or found in self._sites)

    def ours(self, origin: str, host: str | None, forwarded_host: str | None = None) -> bool:
        """Whether a page of `origin` is this server's own: of its public address, or of the host that was asked, also
        when a proxy names that one in X-Forwarded-Host. No proxy has to be trusted for it: a page cannot choose the
        headers of its sockets, nor this one in calls to others, and what is no page needs no origin.
        """
        page = site(origin)
        if page is None:
            return False
        if page == self._public:
            return True
        first = (forwarded_host or "").split(",")[0].strip()
        # Only a proxy knows which scheme was requested.
        asked = [site(f"{page.scheme}://{name}") for name in (host, first) if name]
        return page in asked

    def may_connect(self, origin: str | None, host: str | None, forwarded_host: str | None = None) -> bool:
        """Whether a page of `origin` may open a socket. Clients that are not pages have no origin."""
        if origin is None or self.named(origin) or self.ours(origin, host, forwarded_host):
            return True
        self.note_refusal(origin, host)
        return False

    def note_refusal(self, origin: str, host: str | None) -> None:
        """Log a line for the operator that says what to do; the same at most once a minute."""
        now = time.monotonic()
        key = (_printable(origin), _printable(host or ""))
        if now - self._logged.get(key, -_LOG_AGAIN_SECONDS) < _LOG_AGAIN_SECONDS:
            return
        if len(self._logged) >= _MOST_LOGGED:
            self._logged = {one: at for one, at in self._logged.items() if now - at < _LOG_AGAIN_SECONDS}
            if len(self._logged) >= _MOST_LOGGED:
                return
        self._logged[key] = now
        _log.warning(
            "origin_refused",
            origin=key[0],
            host=key[1],
            cure="If this is the address of this server, set PARLEY_PUBLIC_URL to it; "
            "if it is a site that may call, name it in PARLEY_CORS_ORIGINS.",
        )


def _printable(text: str) -> str:
    return text[:200].encode("ascii", "backslashreplace").decode()
