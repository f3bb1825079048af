"""`run.py doctor --url URL`: checks the whole way from a browser to the server, with every proxy."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp
from pydantic import TypeAdapter, ValidationError

from server.bootstrap.terminal import Stop
from server.cli.doctor import BROKEN, OK, OPTIONAL, CheckResult
from server.cli.relays import relays
from server.setting_types import THIS_MACHINE, PublicAddress

_LARGEST_BODY = 25 * 1024 * 1024  # a recording at /v1/audio/transcriptions
_PIECE = bytes(64 * 1024)
_TOGETHER_SECONDS = 0.4  # between events that were sent a second apart
_PATIENCE_SECONDS = 20.0
_BODY_SECONDS = 120.0
_RELAYS_SECONDS = 60.0
_OURS = "X-Request-Id"

Check = Callable[[aiohttp.ClientSession], Awaitable[CheckResult]]


def examined(url: str, tls: ssl.SSLContext | None = None, key: str | None = None) -> list[tuple[str, CheckResult]]:
    """(what, verdict) for each step; nothing is left on the server. `tls` is for other certificates than the system
    trusts, `key` an API key that asks for TURN servers; without it a guest does. Stop for an invalid address."""
    try:
        checked: str = TypeAdapter(PublicAddress).validate_python(url)
    except ValidationError as error:
        raise Stop("--url has to be an address such as https://parley.example.") from error
    return asyncio.run(_examine(checked, tls, key))


async def _examine(url: str, tls: ssl.SSLContext | None, key: str | None) -> list[tuple[str, CheckResult]]:
    parts = urlsplit(url)
    found = [("Microphone", microphone(parts.scheme, parts.hostname or ""))]
    connector = aiohttp.TCPConnector(ssl=tls or True)
    headers = {"Origin": f"{parts.scheme}://{parts.netloc}"}  # as a page of the server's own would send
    async with aiohttp.ClientSession(url.rstrip("/") + "/", connector=connector, headers=headers) as session:
        reached = await _tried(_server, session, _PATIENCE_SECONDS)
        found.append(("Server", reached))
        if reached.state == BROKEN:
            return found
        for name, check, seconds in (
            ("WebSocket", _websocket, _PATIENCE_SECONDS),
            ("Socket.IO", _socket_io, _PATIENCE_SECONDS),
            ("Streams", _stream, _PATIENCE_SECONDS),
            ("Large bodies", _body, _BODY_SECONDS),
            ("Metrics", _metrics, _PATIENCE_SECONDS),
            ("TURN", lambda session: relays(session, key, tls), _RELAYS_SECONDS),
        ):
            found.append((name, await _tried(check, session, seconds)))
    return found


def microphone(scheme: str, host: str) -> CheckResult:
    """Whether browsers give a page of that address the microphone."""
    if scheme == "https":
        return CheckResult(OK, "browsers give it to a page over https")
    if host in THIS_MACHINE:
        return CheckResult(OPTIONAL, "browsers give it to a page of this machine only: others need https")
    return CheckResult(BROKEN, "browsers give it to no page over http: put a proxy with TLS in front (docs/deploy.md)")


async def _tried(check: Check, session: aiohttp.ClientSession, seconds: float) -> CheckResult:
    try:
        async with asyncio.timeout(seconds):
            return await check(session)
    except aiohttp.ClientConnectorCertificateError as error:
        why = error.certificate_error
        return CheckResult(BROKEN, f"the certificate is not trusted ({getattr(why, 'verify_message', why)})")
    except TimeoutError:
        return CheckResult(BROKEN, f"no answer in {seconds:.0f} s")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return CheckResult(BROKEN, f"no connection: {error or type(error).__name__}")


async def _server(session: aiohttp.ClientSession) -> CheckResult:
    async with session.get("api/health", allow_redirects=False) as response:
        if response.status != 200 or _OURS not in response.headers:
            return CheckResult(BROKEN, f"/api/health is answered with {response.status}, and not by Parley")
        version = (await response.json())["version"]
        hardened = "Strict-Transport-Security" in response.headers
    if response.url.scheme == "https" and not hardened:
        return CheckResult(OPTIONAL, f"Parley {version}; set PARLEY_PUBLIC_URL, so that it knows about the TLS")
    return CheckResult(OK, f"Parley {version}")


async def _websocket(session: aiohttp.ClientSession) -> CheckResult:
    return await _opened(session, "api/realtime/speaking")


async def _socket_io(session: aiohttp.ClientSession) -> CheckResult:
    return await _opened(session, "socket.io/?EIO=4&transport=websocket", greeting="0{")


async def _opened(session: aiohttp.ClientSession, path: str, greeting: str = "") -> CheckResult:
    try:
        async with session.ws_connect(path) as socket:
            if greeting and not (await socket.receive_str()).startswith(greeting):
                return CheckResult(BROKEN, "something else than Parley answers")
    except aiohttp.WSServerHandshakeError as error:
        return await _refused(session, path, error)
    return CheckResult(OK, "opens for a page of its own")


async def _refused(session: aiohttp.ClientSession, path: str, error: aiohttp.WSServerHandshakeError) -> CheckResult:
    if error.headers is None or _OURS not in error.headers:
        return CheckResult(BROKEN, f"the proxy answers with {error.status}: let it pass Upgrade and Connection")
    for_its_origin = error.status == 403
    if not for_its_origin:
        # Socket.IO has one status for all refusals; without Upgrade it checks the origin first.
        async with session.post(path) as response:
            for_its_origin = "not an accepted origin" in await response.text()
    if for_its_origin:
        return CheckResult(BROKEN, f"pages of {session.headers['Origin']} are refused: set PARLEY_PUBLIC_URL to it")
    return CheckResult(BROKEN, "the proxy takes away Upgrade and Connection: pass both, by HTTP/1.1")


async def _stream(session: aiohttp.ClientSession) -> CheckResult:
    async with session.get("api/health/stream") as response:
        if response.status != 200:
            return CheckResult(OPTIONAL, f"cannot be told: /api/health/stream is answered with {response.status}")
        await response.content.readuntil(b"\n\n")
        first = time.monotonic()
        await response.content.readuntil(b"\n\n")
    if time.monotonic() - first < _TOGETHER_SECONDS:
        return CheckResult(BROKEN, "the proxy holds answers back: turn its buffering off (nginx: proxy_buffering off)")
    return CheckResult(OK, "come as they are made")


async def _body(session: aiohttp.ClientSession) -> CheckResult:
    headers = {"Content-Length": str(_LARGEST_BODY), "Content-Type": "application/octet-stream"}
    try:
        async with session.post("v1/audio/transcriptions", data=_zeros(), headers=headers) as response:
            ours = _OURS in response.headers  # without a credential: refused, but by Parley
            status = response.status
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
        return CheckResult(OPTIONAL, "cannot be told: the connection was closed while 25 MiB were sent")
    if ours:
        return CheckResult(OK, "25 MiB are not too many for the proxy")
    return CheckResult(BROKEN, f"the proxy refuses 25 MiB with {status}: raise its limit (nginx: client_max_body_size)")


async def _zeros() -> AsyncIterator[bytes]:
    for _ in range(_LARGEST_BODY // len(_PIECE)):
        yield _PIECE


async def _metrics(session: aiohttp.ClientSession) -> CheckResult:
    async with session.get("metrics") as response:
        if response.status == 200:
            return CheckResult(OPTIONAL, "/metrics is open to everybody: close it at the proxy")
        return CheckResult(OK, "/metrics is closed")
