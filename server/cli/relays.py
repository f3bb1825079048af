"""`run.py doctor --url URL`: whether each TURN server that clients are given lets them in."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from realtime.transports.webrtc import relaying
from server.cli.doctor import BROKEN, OK, OPTIONAL, CheckResult

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
    faults = [why for url, one in found if (why := await relaying.fault(url, one["username"], one["credential"], tls))]
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
