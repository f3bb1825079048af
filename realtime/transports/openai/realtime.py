"""`GET /v1/realtime`: sessions of the OpenAI Realtime API over a WebSocket, for transcription or for talking; with
`call_id` a side-band of a call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import WSCloseCode, hdrs, web

from kit import errors
from kit.caller import Caller
from kit.clock import Clock
from realtime.node.credential_watch import CredentialWatch
from realtime.node.registry import Registry
from realtime.transports.openai import kinds
from realtime.transports.openai.access import CONTROL
from realtime.transports.openai.config import Config
from realtime.transports.openai.entrance import Entrance
from realtime.transports.openai.messages import LARGEST
from realtime.transports.openai.open_calls import OpenCalls
from realtime.transports.openai.side_band import SideBand
from realtime.transports.openai.talk_config import TalkConfig
from realtime.transports.openai.talking import Talking
from realtime.transports.openai.transcribing import Transcribing
from realtime.transports.websocket import CLOSE_SECONDS, Line

PATH = "/v1/realtime"
_PROTOCOL = "realtime"
_KEY_PROTOCOL = "openai-insecure-api-key."  # how a browser, which cannot set headers, sends its key
_BETA = "realtime=v1"
_BETA_PROTOCOL = "openai-beta.realtime-v1"
_PING_SECONDS = 60.0  # a large message is read at the speed of speech, and no pong is read meanwhile


class Realtime:
    """`/v1/realtime`: sessions for clients of OpenAI."""

    def __init__(
        self, registry: Registry, standing: CredentialWatch, clock: Clock, entrance: Entrance, calls: OpenCalls
    ) -> None:
        self._gate = entrance.gate
        self._calls = calls
        self._registry = registry
        self._standing = standing
        self._clock = clock
        self._entrance = entrance
        self._open: set[web.WebSocketResponse] = set()

    def attach(self, app: web.Application) -> None:
        """Add the route to the application."""
        app.router.add_get(PATH, self.handle)
        app.on_shutdown.append(self._shut_down)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, until it ends."""
        if (call_id := request.query.get("call_id")) is not None:
            return await self._control(request, call_id)
        caller, wanted = await self._entrance.admit(request, browser_key=_key_of_browser(request))
        settings = kinds.settings(
            wanted, intent=request.query.get("intent"), model=request.query.get("model"), old=_is_old(request)
        )
        async with self._opened(request) as line:
            client = self._client(line, caller, settings)
            self._standing.add(client)
            try:
                await client.converse(line.socket)
            finally:
                self._standing.discard(client)
                client.left()
        return line.socket

    async def _control(self, request: web.Request, call_id: str) -> web.StreamResponse:
        """A side-band of a call."""
        caller, wanted = await self._entrance.admit(request, CONTROL, browser_key=_key_of_browser(request))
        if wanted is not None:
            raise errors.forbidden("A client secret opens sessions of its own; calls are controlled with a key.")
        call = await self._calls.find(call_id, caller.user_id)
        async with self._opened(request) as line:
            band = SideBand(line, caller, self._registry.tasks)
            if call is None:
                await band.refuse(errors.conflict("session_ended", "This call has ended."))
                return line.socket
            self._standing.add(band)
            try:
                await band.converse(call)
            finally:
                self._standing.discard(band)
        return line.socket

    @asynccontextmanager
    async def _opened(self, request: web.Request) -> AsyncIterator[Line]:
        socket = web.WebSocketResponse(
            protocols=(_PROTOCOL,),
            heartbeat=_PING_SECONDS,
            max_msg_size=LARGEST,
            compress=False,
            timeout=CLOSE_SECONDS,
        )
        await socket.prepare(request)
        self._open.add(socket)
        try:
            yield Line(socket, request.transport)
        finally:
            self._open.discard(socket)
            await socket.close()

    def _client(self, line: Line, caller: Caller, settings: Config | TalkConfig) -> Transcribing:
        parts = line, caller, self._gate, self._registry, self._clock
        return Talking(*parts, settings) if isinstance(settings, TalkConfig) else Transcribing(*parts, settings)

    async def _shut_down(self, _: web.Application) -> None:
        closing = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in list(self._open)]
        await asyncio.gather(*closing, return_exceptions=True)


def _is_old(request: web.Request) -> bool:
    return request.headers.get("OpenAI-Beta") == _BETA or _BETA_PROTOCOL in _protocols(request)


def _protocols(request: web.Request) -> list[str]:
    return [name.strip() for name in request.headers.get(hdrs.SEC_WEBSOCKET_PROTOCOL, "").split(",")]


def _key_of_browser(request: web.Request) -> str | None:
    offered = _protocols(request)
    return next((name[len(_KEY_PROTOCOL) :] for name in offered if name.startswith(_KEY_PROTOCOL)), None)
