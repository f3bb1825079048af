"""WHIP (RFC 9725): the learner's sound from anything that can publish WebRTC, such as an encoder or a kiosk.

`POST /api/live/whip` with the ticket of `session/start` as bearer and an SDP offer is answered 201 with the SDP answer
and a `Location`; `PATCH` of the location adds candidates, `DELETE` ends the media, not the session. The location is a
secret of its own.
"""

from collections.abc import Callable, Sequence

from aiohttp import hdrs, web

from kit import errors, patience
from kit.http import bodies, failures
from kit.http.gate import Gate, bearer_token
from kit.storable import JsonObject
from realtime import wire
from realtime.node.dialogue import Dialogue
from realtime.node.media import Offer
from realtime.node.registry import Registry
from realtime.transports.webrtc import sdp
from realtime.transports.webrtc.session_peers import SessionPeer, SessionPeers

PATH = "/api/live/whip"
_SDP = "application/sdp"
_FRAGMENT = "application/trickle-ice-sdpfrag"


class Whip:
    """WebRTC over HTTP (WHIP, RFC 9725), for publishers without a socket."""

    def __init__(
        self,
        dialogues: Sequence[Dialogue],
        registry: Registry,
        lines: SessionPeers,
        gate: Gate,
        ice_servers: Callable[[str], list[JsonObject]],
    ) -> None:
        """`ice_servers` gives a user's servers, which clients get in `Link` headers."""
        self._dialogues = {dialogue.namespace: dialogue for dialogue in dialogues}
        self._registry = registry
        self._lines = lines
        self._gate = gate
        self._ice_servers = ice_servers

    def attach(self, app: web.Application) -> None:
        """Add the routes to the application."""
        app.router.add_post(PATH, self.start)
        app.router.add_options(PATH, _endpoint)
        app.router.add_patch(PATH + "/{line_id}", self.trickle)
        app.router.add_delete(PATH + "/{line_id}", self.stop)
        app.router.add_options(PATH + "/{line_id}", _session)

    async def start(self, request: web.Request) -> web.Response:
        """Failure `unsupported_media_type`, `invalid_request`, `not_authenticated`, `session_ended`, `unavailable`."""
        if request.content_type != _SDP:
            raise errors.unsupported("The body of a WHIP request is application/sdp.")
        offer = await _text(request)
        if not offer.startswith("v=0"):
            raise errors.invalid("The body is no SDP.", [("/", "an SDP offer")])
        if sdp.read(offer).audio_tracks > 1:  # RFC 9725, section 4.4.2: the client must not assume that both are heard
            raise errors.invalid("Only one audio track is accepted.", [("/sdp", "one audio line")], "too_many_tracks")
        ticket = {"ticket": _bearer(request)}
        caller, session_id = await self._dialogues[wire.LIVE].identify(ticket, self._gate.knock(request))
        assert session_id is not None, "a ticket is always for one session"
        caller.require(wire.CLIENT["audio"].scope)
        with patience.within():
            runner = await self._registry.media(session_id, caller.user_id)
        dialogue = self._dialogues[wire.SPEAKING if runner.session.kind == "speaking" else wire.LIVE]
        wanted = Offer(offer, runner, caller, dialogue.take, dialogue.entered, dialogue.left)
        line, answer = await self._lines.opened(wanted)
        headers = {hdrs.LOCATION: f"{PATH}/{line.id}", hdrs.ETAG: _tag(line), "Accept-Patch": _FRAGMENT}
        response = web.Response(status=201, text=answer, content_type=_SDP, headers=headers)
        for link in _links(self._ice_servers(caller.user_id)):
            response.headers.add(hdrs.LINK, link)
        return response

    async def trickle(self, request: web.Request) -> web.Response:
        """More candidates (RFC 9725, section 4.3). Failure `not_found`, `unsupported_media_type`, `invalid_request`."""
        line = self._lines.one(request.match_info["line_id"])
        if request.content_type != _FRAGMENT:
            raise errors.unsupported(f"The body of a WHIP PATCH is {_FRAGMENT}.")
        if (refusal := _unmatched(request, line)) is not None:
            return refusal
        fragment = sdp.read(await _text(request))
        if not fragment.ice <= line.ice:
            why = errors.invalid("ICE restart is not supported: publish again.", code="ice_restart_unsupported")
            return failures.response(request, why, status=422)
        for mid, text in fragment.candidates:
            await line.candidate({"candidate": text, "sdpMid": mid})
        return web.Response(status=204)

    async def stop(self, request: web.Request) -> web.Response:
        """Failure `not_found`, also when the media has ended before."""
        await self._lines.close_one(request.match_info["line_id"])
        return web.Response(status=200)


async def _endpoint(_: web.Request) -> web.Response:
    return web.Response(headers={hdrs.ALLOW: "OPTIONS, POST", "Accept-Post": _SDP})


async def _session(_: web.Request) -> web.Response:
    return web.Response(headers={hdrs.ALLOW: "DELETE, OPTIONS, PATCH", "Accept-Patch": _FRAGMENT})


def _tag(line: SessionPeer) -> str:
    return f'"{line.tag}"'


def _unmatched(request: web.Request, line: SessionPeer) -> web.Response | None:
    """The refusal of a request that is not, or not surely, for this line's ICE session."""
    if hdrs.IF_MATCH not in request.headers:
        why = errors.invalid("Send If-Match with the ETag of the answer.", code="precondition_required")
        return failures.response(request, why, status=428)
    if any(tag.value in ("*", line.tag) for tag in request.if_match or () if not tag.is_weak):
        return None
    why = errors.invalid("If-Match names another ICE session.", code="precondition_failed")
    return failures.response(request, why, status=412)


async def _text(request: web.Request) -> str:
    """UTF-8 as SDP is written (RFC 8866, section 5), whatever charset is declared."""
    try:
        return (await bodies.read(request, sdp.LARGEST)).decode()
    except UnicodeDecodeError as error:
        raise errors.invalid("The body is no SDP.", [("/", "text in UTF-8")]) from error


def _bearer(request: web.Request) -> str:
    if (ticket := bearer_token(request.headers)) is None:
        raise errors.unauthenticated(message="Send Authorization: Bearer with the ticket of session/start.")
    return ticket


def _links(servers: list[JsonObject]) -> list[str]:
    """RFC 9725, section 4.6."""
    links = []
    for server in servers:
        secret = ""
        if "username" in server:
            secret = (
                f'; username="{server["username"]}"; credential="{server["credential"]}"; credential-type="password"'
            )
        links += [f'<{url}>; rel="ice-server"{secret}' for url in server["urls"]]
    return links
