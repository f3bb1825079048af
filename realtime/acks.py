"""What an acknowledgement of a client's event holds, and a refusal."""

from typing import Literal

from pydantic import Field

from realtime.fields import RemainingSeconds, SessionId, Status
from realtime.payload import ServerPayload


class FieldFault(ServerPayload):
    """A fault of one member."""

    path: str = Field(description="Where, as a JSON pointer.")
    message: str = Field(description="What is wrong.")


class SocketError(ServerPayload):
    """The `error` member of a refused acknowledgement, and the data of a refused connect."""

    error: str = Field(description="Stable code, the same as in REST.", examples=["not_joined", "read_only"])
    message: str = Field(description="One sentence for people.")
    fields: list[FieldFault] | None = Field(None, description="With `invalid_request`: what is wrong where.")
    expected_seq: int | None = Field(None, ge=0, description="With `out_of_order`: the frame that comes next.")
    retry_after: float | None = Field(None, ge=0, description="Seconds until trying again may help.")
    required_scope: str | None = Field(None, description="With `INSUFFICIENT_API_KEY_SCOPE`: what is needed.")
    granted_scopes: list[str] | None = Field(None, description="With it: what the credential has.")
    session_id: str | None = Field(None, description="With `session_active`: the session that runs.")


class Refusal(ServerPayload):
    """The acknowledgement of an event that was not taken."""

    ok: Literal[False] = Field(False, description="Always false.")
    error: SocketError = Field(description="Why.")


class Ack(ServerPayload):
    """The acknowledgement of an event that was taken. A refusal is `{"ok": false, "error": {...}}`."""

    ok: Literal[True] = Field(True, description="Always true.")


class JoinAck(Ack):
    session_id: SessionId
    status: Status
    seq: int = Field(description="Number of the newest server event.")
    audio_seq: int = Field(description="The last audio frame that need not be sent again; continue with the next.")
    replayed: int = Field(description="How many missed events follow, or 0 when a snapshot or nothing follows.")
    snapshot: bool = Field(description="True when `session.snapshot` follows in place of the missed events.")
    remaining_seconds: int = Field(description="Seconds left for this session.")
    heartbeat_interval_seconds: float = Field(description="Send `session.heartbeat` this often when no audio is sent.")
    resume_ticket: str | None = Field(None, description="Opens one later connection for this session, as a ticket.")
    observing: bool = Field(False, description="True for an observer: every other event is refused, `read_only`.")
    voice: Literal["server", "client"] = Field("client", description="Who speaks the replies.")


class AudioAck(Ack):
    duplicate: bool = Field(False, description="True when the frame had arrived before and was dropped.")


class HeartbeatAck(Ack):
    status: Status
    remaining_seconds: RemainingSeconds


class EndAck(Ack):
    status: Status


class UpdateAck(Ack):
    patience_ms: int | None = Field(description="As it is now; null adapts to the learner.")


class CancelAck(Ack):
    cancelled: bool = Field(description="False when no reply was under way.")


class OfferAck(Ack):
    sdp: str = Field(description="The answer, with all candidates of the server.")


class CloseAck(Ack):
    audio_seq: int = Field(description="Number the next `audio` frame one higher: the server counted the peer's sound.")
    missing_ms: int | None = Field(
        default=None,
        description="Since when no sound has come by the peer, null where there was none. Send what was said since.",
    )
