"""Calls to servers that users name, not the operator.

A name is looked up once, and a connection is opened only to what that look-up gave and `public_addresses` allows: a
name whose meaning changes between check and call comes to nothing. The socket is made behind a second check. Nothing is
followed: no redirect, no cookie, no proxy of the environment.

The exchange is written out here, on a connection of its own. Of an answer only the head is read, and of that no more
than a few kilobytes: a client for general use parses whatever comes, such as interim answers without end, and a
stranger could keep the loop of the node busy with them.
"""

import asyncio
import math
import re
import socket
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property

from yarl import URL

from kit import public_addresses
from kit.public_addresses import Network

LONGEST_ADDRESS = 2000
_CONNECT_SECONDS, _SECONDS = 5.0, 15.0
_LOOK_UPS = 64  # at once: a name server that does not answer holds a thread, longer than the call that asked
_LONGEST_LINE, _MOST_LINES, _MOST_INTERIM = 8 * 1024, 100, 4  # of an answer's head, and answers before it
_STATUS_LINE = re.compile(r"HTTP/1\.[01] ([1-5][0-9][0-9])(?: .*)?")
_LONGEST_WISH = 999_999  # seconds; who asks decides how much of that is kept
_SWITCHED = 101  # nobody asked for it, and nothing follows
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
    """The addresses of a host name. Blocking; raises OSError if there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, str(address[0])) for family, _, _, _, address in found]


class ForeignServers:
    """POST requests to addresses that users gave us. Only public addresses are reached, save those in `Reach`."""

    def __init__(self, reach: Reach, lookup: Lookup = look_up) -> None:
        self._reach = reach
        self._lookup = lookup
        self._threads = ThreadPoolExecutor(_LOOK_UPS, thread_name_prefix="look-up")

    def fault(self, address: str) -> str | None:
        """Why nothing can be sent to this address, as far as it can be seen without a look-up; None when it may be."""
        return _fault(address, self._reach)

    async def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send `body` within 15 seconds. Raises Unreached."""
        if self.fault(address) is not None:
            raise Unreached("address_refused")
        url = URL(address)
        try:
            request = _request(url, body, headers)
            async with asyncio.timeout(_SECONDS):
                reader, writer = await self._connected(url)
                try:
                    writer.write(request)
                    return await _answer(reader)
                finally:
                    writer.transport.abort()
        except (OSError, ValueError) as error:
            raise Unreached(_reason(error)) from error

    async def close(self) -> None:
        """Stop looking up names."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _connected(self, url: URL) -> tuple[StreamReader, StreamWriter]:
        """A connection to the first of the allowed addresses that takes one."""
        host, port = url.raw_host or "", url.port or 0
        failed: OSError = socket.gaierror("no address")
        for family, address in await self._addresses(host, port):
            one = self._socket(family, address)
            try:
                async with asyncio.timeout(_CONNECT_SECONDS):
                    await asyncio.get_running_loop().sock_connect(one, (address, port))
            except OSError as error:
                one.close()
                failed = error
                continue
            except BaseException:
                one.close()
                raise
            return await self._opened(one, url)
        raise failed

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Reads the certificates that this machine trusts, which takes a while."""
        made = ssl.create_default_context()
        made.set_alpn_protocols(["http/1.1"])
        return made

    async def _opened(self, one: socket.socket, url: URL) -> tuple[StreamReader, StreamWriter]:
        try:
            if url.scheme == "http":
                return await asyncio.open_connection(sock=one, limit=_LONGEST_LINE)
            name = (url.raw_host or "").rstrip(".")
            tls = await asyncio.get_running_loop().run_in_executor(self._threads, lambda: self._tls)
            return await asyncio.open_connection(sock=one, limit=_LONGEST_LINE, ssl=tls, server_hostname=name)
        except BaseException:
            one.close()
            raise

    async def _addresses(self, host: str, port: int) -> list[tuple[socket.AddressFamily, str]]:
        """The look-ups have threads of their own: a slow name server must not hold those of the node."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, self._lookup, host, port)
        except (OSError, UnicodeError) as error:
            raise socket.gaierror("no such name") from error
        allowed = [one for one in found if public_addresses.is_allowed(one[1], self._reach.networks)]
        if not allowed:
            raise _Refused("not an address of the Internet")
        return allowed

    def _socket(self, family: socket.AddressFamily, address: str) -> socket.socket:
        if not public_addresses.is_allowed(address, self._reach.networks):
            raise _Refused("not an address of the Internet")
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setblocking(False)
        return made


def _request(url: URL, body: bytes, headers: Mapping[str, str]) -> bytes:
    whole = {
        "Host": url.host_port_subcomponent or "",
        "User-Agent": "parley",
        "Accept": "*/*",
        "Connection": "close",
        "Content-Length": str(len(body)),
        **headers,
    }
    lines = [f"POST {url.raw_path_qs} HTTP/1.1", *(f"{name}: {value}" for name, value in whole.items())]
    if not all(line.isascii() and line.isprintable() for line in lines):
        raise ValueError("a header that is no line of text")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def _answer(reader: StreamReader) -> Answer:
    """ValueError when it is not HTTP, or longer than any that is meant well."""
    for _ in range(_MOST_INTERIM + 1):
        found = _STATUS_LINE.fullmatch(await _line(reader))
        if found is None:
            raise ValueError("no status line")
        status, wish = int(found[1]), await _wish(reader)
        if status >= 200 or status == _SWITCHED:
            return Answer(status, wish)
    raise ValueError("interim answers without end")


async def _wish(reader: StreamReader) -> int | None:
    """The seconds of the header Retry-After. The head is read up to its end."""
    said: dict[str, str] = {}
    for _ in range(_MOST_LINES):
        line = await _line(reader)
        if not line:
            return _seconds(said.get("retry-after", ""), said.get("date", ""))
        name, _, value = line.partition(":")
        if name.lower() in ("retry-after", "date"):
            said[name.lower()] = value.strip()
    raise ValueError("headers without end")


async def _line(reader: StreamReader) -> str:
    line = await reader.readline()
    if not line.endswith(b"\n"):
        raise ValueError("the connection ended in a line")
    return line.decode("latin-1").rstrip("\r\n")


def _reason(error: Exception) -> str:
    """The first kind of error that fits; TLS errors and the end of time are errors of the system, too."""
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (_Refused, "address_refused"),
        (TimeoutError, "timed_out"),
        (socket.gaierror, "name_unknown"),
        (ssl.SSLError, "tls_failed"),
        (OSError, "connection_failed"),
    )
    return next((reason for kind, reason in kinds if isinstance(error, kind)), "answer_unreadable")


def _seconds(wish: str, date: str) -> int | None:
    """Of a number, or of a time, which is counted from the `date` of the answer: clocks of others may be wrong."""
    if wish.isascii() and wish.isdigit():
        digits = wish.lstrip("0") or "0"
        return int(digits) if len(digits) < 7 else _LONGEST_WISH
    try:
        wait = parsedate_to_datetime(wish) - parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):  # neither, without a date, or far from any calendar
        return None
    return min(max(0, math.ceil(wait.total_seconds())), _LONGEST_WISH)
