"""`POST /v1/realtime/calls`: conversations and transcription sessions of the OpenAI Realtime API over WebRTC.

An SDP offer, alone or in a form beside the session's settings, is answered by an SDP answer and the call's `Location`.
`POST` of `…/hangup` there ends the call, from any node.
"""

import orjson
from aiohttp import BodyPartReader, hdrs, web

from kit import errors, patience, storable
from kit.caller import Caller
from kit.clock import Clock
from kit.errors import Failure
from kit.http import bodies
from kit.storable import JsonObject
from realtime.node.credential_watch import CredentialWatch
from realtime.node.media import Offer
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.transports.openai import kinds, open_calls
from realtime.transports.openai.access import CONTROL
from realtime.transports.openai.call import Call, TalkingCall, TranscribingCall
from realtime.transports.openai.config import Config
from realtime.transports.openai.entrance import Entrance
from realtime.transports.openai.open_calls import OpenCalls
from realtime.transports.openai.talk_config import TalkConfig
from realtime.transports.webrtc import sdp
from realtime.transports.webrtc.session_peers import SessionPeers

PATH = "/v1/realtime/calls"
CHANNEL = "oai-events"
_SDP = "application/sdp"
_FORM = "multipart/form-data"
_LARGEST_SESSION = 256 * 1024
_MOST_PARTS = 10


class Calls:
    def __init__(
        self,
        registry: Registry,
        standing: CredentialWatch,
        clock: Clock,
        entrance: Entrance,
        lines: SessionPeers,
        running: OpenCalls,
    ) -> None:
        self._gate = entrance.gate
        self._registry = registry
        self._standing = standing
        self._clock = clock
        self._entrance = entrance
        self._lines = lines
        self._open = running

    def attach(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_post(PATH, self.start)
        app.router.add_post(PATH + "/{call_id}/hangup", self.stop)

    async def start(self, request: web.Request) -> web.Response:
        """Failures as of the gate and of a session's start; `unsupported_media_type`, `invalid_request`."""
        caller, wanted = await self._entrance.admit(request)
        offer, session = await _read(request)
        tracks = sdp.read(offer).audio_tracks
        if tracks > 1:
            raise errors.invalid("Only one audio track is accepted.", [("/sdp", "one audio line")], "too_many_tracks")
        if not tracks:  # before a session begins for it
            raise sdp.refused("an audio line that sends")
        # What a client secret was made for counts more than what came with the offer.
        settings = kinds.settings(session, wanted, model=request.query.get("model"))
        call = self._call(caller, settings)
        try:
            with patience.within():
                runner = await call.begin()
            answer = await self._connected(call, runner, offer)
        except Failure:
            await call.over()
            raise
        except BaseException:
            call.left()
            raise
        headers = {hdrs.LOCATION: f"{PATH}/{open_calls.PREFIX}{runner.session.id}"}
        return web.Response(status=201, text=answer, content_type=_SDP, headers=headers)

    def _call(self, caller: Caller, settings: Config | TalkConfig) -> Call:
        parts = caller, self._gate, self._registry, self._clock
        if isinstance(settings, TalkConfig):
            return TalkingCall(*parts, settings)
        return TranscribingCall(*parts, settings)

    async def _connected(self, call: Call, runner: SessionRunner, offer: str) -> str:
        """The answer's SDP. The call ends with its peer."""
        session_id = runner.session.id
        self._standing.add(call)
        self._open.add(session_id, call)

        def over() -> None:
            self._standing.discard(call)
            self._open.discard(session_id)

        def left(_: object) -> None:
            over()
            call.left()

        wanted = Offer(offer, runner, call.caller, call.take, lambda _: None, left, call, CHANNEL, call.plays)
        try:
            peer, answer = await self._lines.opened(wanted)
        except BaseException:
            over()
            raise
        call.connect(peer)
        if not call.alive:  # its credential or its session ended meanwhile, when there was no peer to close
            await peer.close()
            raise errors.conflict("session_ended", "The call was ended before it was answered.")
        return answer

    async def stop(self, request: web.Request) -> web.Response:
        """Failure `not_found`, also for somebody else's call."""
        caller, _ = await self._entrance.admit(request, CONTROL)
        await self._open.end(request.match_info["call_id"], caller.user_id)
        return web.Response(status=200)


async def _read(request: web.Request) -> tuple[str, JsonObject]:
    """The offer and the settings of the session, which may be left out."""
    if request.content_type == _SDP:
        return _text(await bodies.read(request, sdp.LARGEST)), {}
    if request.content_type != _FORM:
        raise errors.unsupported(f"The body is {_SDP}, or {_FORM} with sdp and session.")
    parts = await _parts(request)
    if "sdp" not in parts:
        raise errors.invalid("An SDP offer is needed.", [("/sdp", "an SDP offer")])
    if "session" not in parts:
        return _text(parts["sdp"]), {}
    try:
        session = orjson.loads(parts["session"])
    except orjson.JSONDecodeError as error:
        raise errors.invalid("session is no JSON.", [("/session", "an object")]) from error
    if not isinstance(session, dict) or storable.faults(session):
        raise errors.invalid("session is no object that can be kept.", [("/session", "an object")])
    return _text(parts["sdp"]), session


async def _parts(request: web.Request) -> dict[str, bytes]:
    largest = {"sdp": sdp.LARGEST, "session": _LARGEST_SESSION}
    parts: dict[str, bytes] = {}
    try:
        async for part in await request.multipart():
            name = part.name if isinstance(part, BodyPartReader) else None
            if not isinstance(part, BodyPartReader) or (name or "") in parts or len(parts) >= _MOST_PARTS:
                raise ValueError("a part within a part, one twice, or too many")
            content = bytearray()
            while piece := await part.read_chunk():
                content += piece
                if len(content) > largest.get(name or "", 0):
                    raise errors.too_large("A part of the form is too large.")
            parts[name or ""] = bytes(content)
    except bodies.BROKEN_FORM as error:
        raise errors.invalid("The form cannot be read.") from error
    return parts


def _text(data: bytes) -> str:
    """UTF-8, as SDP is written (RFC 8866, section 5)."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise errors.invalid("The offer is no SDP.", [("/sdp", "text in UTF-8")]) from error
    if not text.startswith("v=0"):
        raise errors.invalid("The offer is no SDP.", [("/sdp", "an SDP offer")])
    return text
