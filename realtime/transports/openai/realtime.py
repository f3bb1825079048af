"""`GET /v1/realtime`: sessions of the OpenAI Realtime API over a WebSocket, for transcription or for talking."""

import asyncio

from aiohttp import WSCloseCode, hdrs, web

from kit.caller import Caller
from kit.clock import Clock
from kit.http.gate import Gate, bearer_token
from realtime.node.credential_watch import CredentialWatch
from realtime.node.registry import Registry
from realtime.transports.openai import config, talk_config
from realtime.transports.openai.entrance import Entrance
from realtime.transports.openai.talking import Talking
from realtime.transports.openai.transcribing import LARGEST_MESSAGE, Transcribing
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
        self, gate: Gate, registry: Registry, standing: CredentialWatch, clock: Clock, entrance: Entrance
    ) -> None:
        self._gate = gate
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
        token = bearer_token(request.headers) or _key_of_browser(request)
        caller, wanted = await self._entrance.admit(request, token)
        socket = web.WebSocketResponse(
            protocols=(_PROTOCOL,),
            heartbeat=_PING_SECONDS,
            max_msg_size=LARGEST_MESSAGE,
            compress=False,
            timeout=CLOSE_SECONDS,
        )
        await socket.prepare(request)
        self._open.add(socket)
        client = self._client(request, Line(socket, request.transport), caller, wanted)
        self._standing.add(client)
        try:
            await client.converse(socket)
        finally:
            self._open.discard(socket)
            self._standing.discard(client)
            client.left()
            await socket.close()
        return socket

    def _client(
        self, request: web.Request, line: Line, caller: Caller, wanted: dict[str, object] | None
    ) -> Transcribing:
        old = request.headers.get("OpenAI-Beta") == _BETA or _BETA_PROTOCOL in _protocols(request)
        transcribes = request.query.get("intent") == "transcription" or (wanted or {}).get("type") == "transcription"
        parts = line, caller, self._gate, self._registry, self._clock
        if transcribes:
            heard = config.default(old=old)
            return Transcribing(*parts, heard.updated(wanted, old=False) if wanted else heard)
        talk = talk_config.default(old=old, model=request.query.get("model"))
        return Talking(*parts, talk.updated(wanted) if wanted else talk)

    async def _shut_down(self, _: web.Application) -> None:
        closing = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in list(self._open)]
        await asyncio.gather(*closing, return_exceptions=True)


def _protocols(request: web.Request) -> list[str]:
    return [name.strip() for name in request.headers.get(hdrs.SEC_WEBSOCKET_PROTOCOL, "").split(",")]


def _key_of_browser(request: web.Request) -> str | None:
    offered = _protocols(request)
    return next((name[len(_KEY_PROTOCOL) :] for name in offered if name.startswith(_KEY_PROTOCOL)), None)
