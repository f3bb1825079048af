"""`run.py doctor --url URL`: whether each TURN server that clients are given lets them in."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from server.cli.doctor import BROKEN, OK, OPTIONAL, CheckResult

_SECONDS = 10.0
_PORTS = {"turn": 3478, "turns": 5349}
_DOOR = "/api/live/ice-servers"


async def relays(session: aiohttp.ClientSession, key: str | None, tls: ssl.SSLContext | None) -> CheckResult:
    """An allocation by each address, with the credentials that the server gives to `key` or to a guest."""
    async with _let_in(session, key) as headers:
        if headers is None:
            return CheckResult(OPTIONAL, "cannot be checked: no guests come in here, and --key FILE names no API key")
        async with session.get(_DOOR.removeprefix("/"), headers=headers) as response:
            if response.status != 200:
                return CheckResult(BROKEN, f"{_DOOR} is answered with {response.status}")
            servers = (await response.json())["ice_servers"]
    found = [(url, one) for one in servers for url in one["urls"] if url.startswith("turn")]
    if not found:
        return CheckResult(OPTIONAL, "none is configured: clients need a way by UDP to each node, or use the socket")
    faults = [why for url, one in found if (why := await _fault(url, one["username"], one["credential"], tls))]
    if faults:
        return CheckResult(BROKEN, "; ".join(faults))
    return CheckResult(OK, f"{', '.join(url for url, _ in found)}: each gives a relay")


@asynccontextmanager
async def _let_in(session: aiohttp.ClientSession, key: str | None) -> AsyncIterator[dict[str, str] | None]:
    """The head of a request; for a guest, whose account is deleted again, where there is no key."""
    if key is not None:
        yield {"Authorization": f"Bearer {key}"}
        return
    async with session.post("api/auth/page/guest", json={}) as response:
        token = (await response.json())["access_token"] if response.status == 200 else None
    if token is None:
        yield None
        return
    headers = {"Authorization": f"Bearer {token}"}
    try:
        yield headers
    finally:
        async with session.delete("api/auth/me", json={}, headers=headers):
            pass


async def _fault(url: str, name: str, password: str, tls: ssl.SSLContext | None) -> str | None:
    """What is wrong with a TURN server; None when it gives a relay, which is returned."""
    from aioice.stun import TransactionError, TransactionFailed
    from aioice.turn import create_turn_endpoint

    scheme, _, rest = url.partition(":")
    place, _, options = rest.partition("?")
    host, _, port = place.rpartition(":") if place.rpartition(":")[2].isdigit() else (place, "", "")
    by_tcp = options == "transport=tcp" or scheme == "turns"
    where = (host.strip("[]"), int(port or _PORTS[scheme]))
    secured = (tls or True) if scheme == "turns" else False
    closed = _Closed()
    try:
        async with asyncio.timeout(_SECONDS):
            if not by_tcp:
                found = await asyncio.get_running_loop().getaddrinfo(*where, type=socket.SOCK_DGRAM)
                where = (str(found[0][4][0]), int(found[0][4][1]))
            relay, _ = await create_turn_endpoint(
                lambda: closed, where, name, password, ssl=secured, transport="tcp" if by_tcp else "udp"
            )
            relay.close()
            await closed.over.wait()
    except TransactionFailed as refusal:
        code = refusal.response.attributes.get("ERROR-CODE", (0, ""))[0]
        if code in (401, 441):
            return f"{url} refuses the credentials: its secret and PARLEY_TURN_SECRET differ, or a clock is wrong"
        return f"{url} gives no relay ({code})"
    except ssl.SSLCertVerificationError as error:
        return f"{url}: the certificate is not trusted ({error.verify_message})"
    except (TimeoutError, TransactionError, OSError) as error:
        return f"{url} does not answer ({str(error) or 'no answer'}): open its port, by {'TCP' if by_tcp else 'UDP'}"
    return None


class _Closed(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.over = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        self.over.set()
