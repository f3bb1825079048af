"""What OpenAPI says of the doors of live sessions that are no operations: WHIP and the OpenAI Realtime API. The
sockets and their events are in AsyncAPI."""

from kit.http.openapi_doors import Door
from kit.storable import JsonObject
from realtime.transports.openai import calls, realtime
from realtime.transports.webrtc import whip

_LIVE = "Live sessions"
_COMPATIBLE = "OpenAI clients"
_SDP = "application/sdp"
_LINE: JsonObject = {
    "name": "line_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "From the `Location` of the answer; a secret.",
}
_IF_MATCH: JsonObject = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "examples": ['"3f9c"']},
    "description": "The `ETag` of the answer.",
}


def _query(name: str, text: str, schema: JsonObject) -> JsonObject:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


_PUBLISH = Door(
    "post",
    whip.PATH,
    "Publish the learner's sound by WHIP",
    _LIVE,
    "WHIP (RFC 9725) for encoders and kiosks: an SDP offer with one audio track is answered by an SDP answer. The "
    "bearer is the `realtime.ticket` of `POST /api/live/session/start`. `DELETE` ends the media.",
    "ticket",
    ("ticket",),
    (201, "The SDP answer."),
    errors=(400, 401, 403, 409, 413, 415, 429, 500, 503),
    takes=(_SDP, "The offer (RFC 8866)."),
    gives=_SDP,
    headers=(
        ("Location", "Where to send candidates, and where to end the media."),
        ("ETag", "The ICE session, for `If-Match`."),
        ("Link", 'ICE servers, `rel="ice-server"` (RFC 9725, section 4.6).'),
        ("Accept-Patch", "The media type of candidates."),
    ),
)
_TRICKLE = Door(
    "patch",
    whip.PATH + "/{line_id}",
    "Add ICE candidates",
    _LIVE,
    "Candidates that were not in the offer (RFC 8840). ICE restarts are refused with 422 `ice_restart_unsupported`.",
    "public",
    (),
    (204, "They were added."),
    errors=(400, 404, 412, 413, 415, 422, 428, 500),
    parameters=(_LINE, _IF_MATCH),
    takes=("application/trickle-ice-sdpfrag", "A fragment of SDP with the candidates."),
)
_STOP = Door(
    "delete",
    whip.PATH + "/{line_id}",
    "End the media",
    _LIVE,
    "The session goes on without it.",
    "public",
    (),
    (200, "It was ended."),
    errors=(400, 404, 500),
    parameters=(_LINE,),
)
_REALTIME = Door(
    "get",
    realtime.PATH,
    "Talk or transcribe over the Realtime API",
    _COMPATIBLE,
    "A WebSocket that speaks the OpenAI Realtime API: the guide on OpenAI clients lists its events. Browsers send "
    "the key as the subprotocol `openai-insecure-api-key.<key>` beside `realtime`; `ek_…` of "
    "`POST /v1/realtime/client_secrets` is a key here, too. A request that is no WebSocket handshake is 400.",
    "bearer,key",
    ("bearer", "apiKey"),
    (101, "The WebSocket begins."),
    errors=(400, 401, 403, 404, 409, 429, 500, 503),
    scope="live:write",
    parameters=(
        _query(
            "call_id",
            "A call of the caller's, to hear and control beside its data channel; a client secret is no key for that.",
            {"type": "string", "examples": ["rtc_0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"]},
        ),
        _query(
            "intent",
            "`transcription` only writes down what is said.",
            {"type": "string", "examples": ["transcription"]},
        ),
        _query("model", "Accepted and not used.", {"type": "string", "maxLength": 200, "examples": ["gpt-realtime"]}),
    ),
)

_CALL = Door(
    "post",
    calls.PATH,
    "Call the tutor over WebRTC",
    _COMPATIBLE,
    "The OpenAI Realtime API over WebRTC: an SDP offer with one audio track and the data channel `oai-events` is "
    "answered by an SDP answer. The call is a live session and is billed like one; its events go over the data "
    "channel. With a session of the type `transcription` nobody answers. The key is one of ours, or `ek_…` of "
    "`POST /v1/realtime/client_secrets`.",
    "bearer,key",
    ("bearer", "apiKey"),
    (201, "The SDP answer."),
    errors=(400, 401, 403, 409, 413, 415, 429, 500, 503),
    scope="live:write",
    parameters=(
        _query("model", "Accepted and not used.", {"type": "string", "maxLength": 200, "examples": ["gpt-realtime"]}),
    ),
    takes=(_SDP, "The offer (RFC 8866)."),
    parts={
        "sdp": {"type": "string", "description": "The offer (RFC 8866)."},
        "session": {
            "type": "string",
            "contentMediaType": "application/json",
            "description": "The session's settings, as in `POST /v1/realtime/client_secrets`.",
        },
    },
    gives=_SDP,
    headers=(("Location", "The call: `/v1/realtime/calls/{call_id}`."),),
)
_HANG_UP = Door(
    "post",
    calls.PATH + "/{call_id}/hangup",
    "Hang up",
    _COMPATIBLE,
    "The call ends, on whichever node it runs.",
    "bearer,key",
    ("bearer", "apiKey"),
    (200, "It has ended."),
    errors=(400, 401, 403, 404, 429, 500, 503),
    scope="live:write",
    parameters=(
        {
            "name": "call_id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "examples": ["rtc_0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"]},
            "description": "From the `Location` of the answer.",
        },
    ),
)

DOORS = (_PUBLISH, _TRICKLE, _STOP, _REALTIME, _CALL, _HANG_UP)
