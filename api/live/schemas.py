"""Wire shapes of the live operations."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api.live.subtitles import Format
from kit.http.wire import Body, Id, Label, Moment, Page, Paging, View
from speech import assessment

_SESSION = "019b2f6e-5a7c-7d10-8c33-7a1d2f0e9b11"
_AT = "2026-11-23T18:04:05Z"


class LiveQuotaResponse(View):
    plan: str = Field(description="The caller's plan.", examples=["free"])
    limit_seconds: int = Field(description="Seconds of live sessions per calendar month (UTC).", examples=[600])
    used_seconds: int = Field(description="Seconds used this month, a running session included.", examples=[42])
    reserved_seconds: int = Field(
        description="Part of the remaining seconds that a running session holds.", examples=[0]
    )
    remaining_seconds: int = Field(description="Limit less used.", examples=[558])
    period_start: datetime = Field(description="Start of the month.", examples=["2026-11-01T00:00:00Z"])
    resets_at: datetime = Field(description="When the next month begins.", examples=["2026-12-01T00:00:00Z"])


class LiveStartSessionRequest(Body):
    session_type: Literal["voice", "avatar", "speaking"] = Field(
        description="A conversation, one with mouth shapes, or reading aloud and free speech, scored.",
        examples=["voice"],
    )
    reference_text: Annotated[str, Field(max_length=5000)] | None = Field(
        None, description="The text to be read, of `speaking`; absent in free speech.", examples=[None]
    )
    conversation_id: Id | None = Field(None, description="A conversation that this session goes on with.")
    scenario: str | None = Field(None, max_length=200, description="A scene to play.", examples=["At the bakery"])
    language: str = Field(
        "en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="Language spoken, BCP 47.", examples=["en"]
    )
    patience_ms: Literal[0] | Annotated[int, Field(ge=200, le=5000)] | None = Field(
        None,
        description="Silence that ends the learner's turn; null adapts to the learner, 0 is push-to-talk.",
        examples=[None],
    )
    record: bool = Field(False, description="Consent to keep the audio. Nothing is recorded without it.")
    takeover: bool = Field(False, description="End another running session of the caller first.")


class IceServer(View):
    urls: list[str] = Field(description="STUN or TURN addresses.", examples=[["turn:turn.example.com:3478"]])
    username: str | None = Field(None, description="Time-limited user name.", examples=["1764000000:learner"])
    credential: str | None = Field(None, description="Its password.", examples=["b64digest"])


class IceServers(View):
    ice_servers: list[IceServer] = Field(description="For `RTCPeerConnection`; empty without any.", examples=[[]])


class RealtimeAccess(View):
    url: str = Field(description="Where Socket.IO answers.", examples=["/socket.io"])
    namespace: str = Field(description="The namespace to connect to: `/live` or `/speaking`.", examples=["/live"])
    ticket: str = Field(description="Opens one connection within 60 s: `auth: {ticket}`.", examples=["q0Zx…"])
    ice_servers: list[IceServer] = Field(description="For WebRTC.", examples=[[]])


class LiveSessionResponse(View):
    session_id: str = Field(description="The new session.", examples=[_SESSION])
    session_type: str = Field(description="As asked for.", examples=["voice"])
    started_at: datetime = Field(description="When it was started.", examples=[_AT])
    expires_at: datetime = Field(description="When it ends at the latest if used without a pause.", examples=[_AT])
    heartbeat_interval_seconds: float = Field(
        description="Send a heartbeat this often while no media flows.", examples=[5]
    )
    remaining_seconds: int = Field(description="Seconds reserved for this session.", examples=[558])
    realtime: RealtimeAccess = Field(description="How to connect.")


class LiveHeartbeatRequest(Body):
    session_id: Id = Field(description="The session.", examples=[_SESSION])


class LiveSessionHeartbeatResponse(View):
    session_id: str = Field(description="The session.", examples=[_SESSION])
    status: str = Field(
        description="active, or ended when this heartbeat found the quota used up.", examples=["active"]
    )
    used_seconds: int = Field(description="Seconds this session has used.", examples=[31])
    remaining_seconds: int = Field(description="Seconds it may still use.", examples=[527])
    expires_at: datetime = Field(description="When it ends if used without a pause.", examples=[_AT])


class LiveEndRequest(Body):
    session_id: Id = Field(description="The session.", examples=[_SESSION])
    reason: str | None = Field(None, max_length=100, description="Why, for the records.", examples=["done"])


class LiveSessionEndResponse(View):
    session_id: str = Field(description="The session.", examples=[_SESSION])
    status: str = Field(description="Always `ended`.", examples=["ended"])
    started_at: datetime = Field(description="When it was started.", examples=[_AT])
    ended_at: datetime = Field(description="When it ended.", examples=[_AT])
    billed_seconds: int = Field(description="Seconds billed.", examples=[42])
    transcript_id: str | None = Field(description="Its transcript; null when nothing was said.", examples=[_SESSION])
    xp_awarded: int = Field(description="Points earned.", examples=[1])


class LiveNicknameRequest(Body):
    nickname: Annotated[str, Label] = Field(
        min_length=1, max_length=40, description="How the tutor calls the caller.", examples=["Mika"]
    )


class LiveNicknameResponse(View):
    nickname: str = Field(description="The nickname now in use.", examples=["Mika"])


class LiveTranscriptQuery(Paging):
    pass


class LiveTranscriptListItem(View):
    id: str = Field(description="The transcript.", examples=[_SESSION])
    session_id: str | None = Field(
        description="Its session; null when it was saved from elsewhere.", examples=[_SESSION]
    )
    started_at: datetime = Field(description="When the session started.", examples=[_AT])
    ended_at: datetime | None = Field(description="When it ended; null while it runs.", examples=[_AT])
    turns: int = Field(description="How many turns.", examples=[12])
    preview: str = Field(description="The beginning of the first turn.", examples=["Good morning, two rolls"])


class LiveTranscriptListResponse(Page[LiveTranscriptListItem]):
    pass


class TranscriptTurn(Body):
    role: Literal["user", "ai"] = Field(description="Who spoke.", examples=["user"])
    text: str = Field(min_length=1, max_length=10_000, description="What was said.", examples=["Good morning."])
    timestamp: Moment = Field(description="When it was said.", examples=[_AT])


class SaveLiveTranscriptsRequest(Body):
    session_started_at: Moment = Field(description="When the session started.", examples=[_AT])
    session_ended_at: Moment = Field(description="When it ended.", examples=[_AT])
    transcripts: list[TranscriptTurn] = Field(min_length=1, max_length=1000, description="The turns in order.")
    user_id: Id | None = Field(None, description="Whose it is; needed with a service key.", examples=[_SESSION])


class LiveTranscriptSaveResponse(View):
    id: str = Field(description="The new transcript.", examples=[_SESSION])
    saved: int = Field(description="Turns kept.", examples=[2])


class LiveTranscriptTurn(View):
    role: str = Field(description="user or ai.", examples=["user"])
    text: str = Field(description="What was said.", examples=["Good morning."])
    timestamp: datetime = Field(description="When the turn was complete.", examples=[_AT])
    turn_id: str = Field(description="As in the realtime events.", examples=["1"])
    start_ms: int | None = Field(None, description="Start on the session's audio clock.", examples=[400])
    end_ms: int | None = Field(None, description="End on the session's audio clock.", examples=[1900])
    words: list[assessment.Word] | None = Field(None, description="Words with times and confidence.", examples=[[]])
    engine: assessment.Engine | None = Field(
        None,
        description="What recognized it.",
        examples=[{"name": "faster-whisper", "model": "base", "version": "4.8.5"}],
    )
    pronunciation: assessment.Report | None = Field(None, description="How it was pronounced.", examples=[None])


class LiveTranscriptDetailResponse(View):
    id: str = Field(description="The transcript.", examples=[_SESSION])
    session_id: str | None = Field(description="Its session, if it has one.", examples=[_SESSION])
    started_at: datetime = Field(description="When the session started.", examples=[_AT])
    ended_at: datetime | None = Field(description="When it ended.", examples=[_AT])
    turns: list[LiveTranscriptTurn] = Field(description="All turns in order.")


class LiveRecordingQuery(Paging):
    pass


class LiveRecordingListItem(View):
    session_id: str = Field(description="The session it is of.", examples=[_SESSION])
    started_at: datetime = Field(description="When the session started.", examples=[_AT])
    duration_ms: int = Field(description="How long it is.", examples=[42_000])
    size_bytes: int = Field(description="Size of the WAV file.", examples=[1_344_044])
    expires_at: datetime = Field(description="When it will be deleted.", examples=[_AT])


class LiveRecordingListResponse(Page[LiveRecordingListItem]):
    pass


class LiveTranscriptFormat(Body):
    format: Format | None = Field(None, description="Subtitles or plain text instead of JSON.", examples=["srt"])
