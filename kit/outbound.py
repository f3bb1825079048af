"""Calls to other servers: one client session, strict timeouts, no redirects unless asked for."""

from types import TracebackType
from typing import Any

import aiohttp

from kit.breakers import Breakers
from kit.clock import Clock, SystemClock
from kit.openai_servers import OpenAIServers

TROUBLE = (aiohttp.ClientError, OSError)
"""What a call can raise when the other side or the way to it fails (besides TimeoutError, which is an OSError)."""


class Outbound:
    """Opened on first use, because a client session must be made inside the running loop. `breakers` stand before every
    server with the OpenAI API."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.breakers = Breakers(clock or SystemClock())
        self._session: aiohttp.ClientSession | None = None
        self.openai = OpenAIServers()

    def session(self) -> aiohttp.ClientSession:
        """The one client session, made when it is first needed."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=30, connect=5)
            self._session = aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": "parley"})
        return self._session

    def request(
        self, method: str, url: str, *, endless: bool = False, seconds: float | None = None, **options: Any
    ) -> Any:
        """`async with outbound.request("GET", url) as response:`

        `endless` leaves all deadlines but the connection's to the caller, for answers that stream; `seconds` is
        another deadline than the usual one.
        """
        if endless or seconds is not None:
            options["timeout"] = aiohttp.ClientTimeout(total=None if endless else seconds, connect=5)
        options.setdefault("allow_redirects", False)
        return self.session().request(method, url, **options)

    async def socket(self, url: str, **options: Any) -> Any:
        """A WebSocket. Closing waits at most a second for the other side."""
        timeout = aiohttp.ClientWSTimeout(ws_receive=None, ws_close=1.0)
        return await self.session().ws_connect(url, timeout=timeout, **options)

    async def close(self) -> None:
        """End all connections."""
        await self.openai.close()
        if self._session is not None:
            await self._session.close()

    async def __aenter__(self) -> "Outbound":
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        await self.close()
