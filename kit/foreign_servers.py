"""Calls to servers that users name, not the operator.

A name is looked up once, and a connection is opened only to what that look-up gave and `public_addresses` allows: a
name whose meaning changes between check and call comes to nothing. The socket is made behind a second check, so no way
through the client's library leads past it. Nothing is followed: no redirect, no cookie, no proxy of the environment.
Of an answer only the head is read.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from kit import public_addresses
from kit.public_addresses import Network

LONGEST_ADDRESS = 2000
_CONNECT_SECONDS, _SECONDS = 5.0, 15.0
_LOOK_UPS = 8  # at once: a name server that does not answer holds a thread
_CONNECTIONS = 100
_WEB_PORTS = {"https": (443,), "http": (80, 443)}
_LEAST_PORT = 1024
# Services that may mistake a request for a command, as browsers refuse them (Fetch standard, "bad port"); databases.
_NEVER = frozenset(
    {1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 6000}
    | {6379, 6380, 6566, *range(6665, 6670), 6679, 6697, 9042, 9200, 9300, 10080, 11211, 27017}
)

Lookup = Callable[[str, int], Sequence[tuple[socket.AddressFamily, str]]]
"""The addresses of a name; runs in a thread. OSError when there are none."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What operators allow beyond the Internet over TLS: networks that are not public, and calls without TLS."""

    networks: tuple[Network, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, and the seconds after which the other side wants to be asked again, if it says so."""

    status: int
    retry_after: int | None


class Unreached(Exception):
    """`reason` is one of address_refused, name_unknown, connection_failed, tls_failed, timed_out, answer_unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Refused(OSError):
    """An address that may not be called."""


def _fault(address: str, reach: Reach) -> str | None:
    try:
        url = URL(address)
        host, port = url.host, url.port
    except ValueError:
        return "is no address such as https://example.org/hooks"
    if url.scheme not in ("https", "http") or not host or len(address) > LONGEST_ADDRESS or not address.isprintable():
        return "is no address such as https://example.org/hooks"
    if url.scheme == "http" and not reach.plain:
        return "must begin with https://"
    if url.user is not None or url.password is not None or "#" in address:
        return "must hold no user name, no password and no fragment"
    if port is None or port in _NEVER or (port < _LEAST_PORT and port not in _WEB_PORTS[url.scheme]):
        return "names a port that is not for the web"
    if _is_numeric(host) and not public_addresses.is_allowed(host, reach.networks):
        return "must be reachable from the Internet"
    return None


def _is_numeric(host: str) -> bool:
    """An address instead of a name, also in the short and octal forms that C libraries take."""
    return ":" in host or host.rstrip(".").rpartition(".")[2][:1].isdigit()


def look_up(host: str, port: int) -> list[tuple[socket.AddressFamily, str]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, str(address[0])) for family, _, _, _, address in found]


class ForeignServers:
    """Opened on first use, because a client session must be made inside the running loop."""

    def __init__(self, reach: Reach, lookup: Lookup = look_up) -> None:
        self._reach = reach
        self._lookup = lookup
        self._session: aiohttp.ClientSession | None = None
        self._threads = ThreadPoolExecutor(_LOOK_UPS, thread_name_prefix="look-up")

    def fault(self, address: str) -> str | None:
        """Why nothing can be sent to this address, as far as it can be seen without a look-up; None when it may be."""
        return _fault(address, self._reach)

    async def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send `body` within 15 seconds. Raises Unreached."""
        if self.fault(address) is not None:
            raise Unreached("address_refused")
        try:
            async with (
                asyncio.timeout(_SECONDS),
                self._opened().post(URL(address), data=body, headers=headers, allow_redirects=False) as response,
            ):
                return Answer(response.status, _seconds(response.headers.get("Retry-After")))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreached(_reason(error)) from error

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=_Resolver(self._threads, self._lookup, self._reach),
                socket_factory=self._socket,
                use_dns_cache=False,
                force_close=True,
                limit=_CONNECTIONS,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=_SECONDS, sock_connect=_CONNECT_SECONDS),
                auto_decompress=False,
                headers={"User-Agent": "parley"},
            )
        return self._session

    def _socket(self, found: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = found
        if not public_addresses.is_allowed(str(address[0]), self._reach.networks):
            raise _Refused("not an address of the Internet")
        return socket.socket(family, kind, protocol)


class _Resolver(AbstractResolver):
    """Gives allowed addresses only. Has threads of its own: a slow name server must not hold those of the node."""

    def __init__(self, threads: ThreadPoolExecutor, lookup: Lookup, reach: Reach) -> None:
        self._threads = threads
        self._lookup = lookup
        self._reach = reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self._lookup, host, port)
        allowed = [one for one in found if public_addresses.is_allowed(one[1], self._reach.networks)]
        if not allowed:
            raise _Refused("not an address of the Internet")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for kind, address in allowed
        ]

    async def close(self) -> None:
        return None


def _reason(error: Exception) -> str:
    cause = getattr(error, "os_error", None) or error.__cause__
    if isinstance(cause, _Refused) or isinstance(error, aiohttp.InvalidURL):
        return "address_refused"
    if isinstance(error, TimeoutError | aiohttp.ConnectionTimeoutError):
        return "timed_out"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "name_unknown"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "tls_failed"
    is_connecting = isinstance(error, aiohttp.ClientConnectorError)
    return "connection_failed" if is_connecting or isinstance(error, OSError) else "answer_unreadable"


def _seconds(header: str | None) -> int | None:
    return int(header) if header is not None and header.isascii() and header.isdigit() and len(header) < 7 else None
