"""The operations of live sessions."""

from collections.abc import Callable
from datetime import timedelta

from api.live import subtitles
from api.live.models import Order, StoredTurn, Transcript
from api.live.recording_routes import RecordingRoutes
from api.live.recordings import Recordings
from api.live.schemas import (
    IceServer,
    IceServers,
    LiveEndRequest,
    LiveHeartbeatRequest,
    LiveNicknameRequest,
    LiveNicknameResponse,
    LiveQuotaResponse,
    LiveSessionEndResponse,
    LiveSessionHeartbeatResponse,
    LiveSessionResponse,
    LiveStartSessionRequest,
    LiveTranscriptDetailResponse,
    LiveTranscriptFormat,
    LiveTranscriptListItem,
    LiveTranscriptListResponse,
    LiveTranscriptQuery,
    LiveTranscriptSaveResponse,
    LiveTranscriptTurn,
    RealtimeAccess,
    SaveLiveTranscriptsRequest,
)
from api.live.service import LiveSessions
from api.live.transcripts import SavedTurn, Transcripts
from kit import errors
from kit.http import documents
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id
from kit.storable import JsonObject

_TAG = "Live sessions"


class LiveRoutes:
    """The operations of live sessions."""

    def __init__(
        self,
        sessions: LiveSessions,
        transcripts: Transcripts,
        recordings: Recordings,
        socket_url: str,
        ice_servers: Callable[[str], list[JsonObject]],
    ) -> None:
        """`ice_servers` gives what a user's RTCPeerConnection takes as `iceServers`."""
        self._ice_servers = ice_servers
        self._sessions = sessions
        self._transcripts = transcripts
        self._recordings = recordings
        self._socket_url = socket_url

    async def quota(self, call: Call) -> LiveQuotaResponse:
        """The caller's live minutes this month."""
        balance = await self._sessions.balance(call.caller.user_id)
        return LiveQuotaResponse(
            plan=balance.plan,
            limit_seconds=balance.limit_s,
            used_seconds=balance.used_s,
            reserved_seconds=balance.reserved_s,
            remaining_seconds=balance.remaining_s,
            period_start=balance.period.start,
            resets_at=balance.period.end,
        )

    async def start(self, call: Call, body: LiveStartSessionRequest) -> LiveSessionResponse:
        """Start a session, reserve its seconds and get a ticket for the realtime connection."""
        if body.record and not self._recordings.on:
            raise errors.invalid("This server keeps no recordings.", [("/record", "recording is not available")])
        order = _order(body)
        started, ticket = await self._sessions.start_with_ticket(call.caller, order, takeover=body.takeover)
        session = started.session
        ice_servers = [IceServer(**server) for server in self._ice_servers(session.user_id)]
        return LiveSessionResponse(
            session_id=session.id,
            session_type=session.kind,
            started_at=session.started_at,
            expires_at=min(session.limit_at, session.started_at + timedelta(seconds=started.remaining_seconds)),
            heartbeat_interval_seconds=self._sessions.rules.heartbeat_s,
            remaining_seconds=started.remaining_seconds,
            realtime=RealtimeAccess(
                url=self._socket_url,
                namespace="/speaking" if order.kind == "speaking" else "/live",
                ticket=ticket,
                ice_servers=ice_servers,
            ),
        )

    async def ice(self, call: Call) -> IceServers:
        """What RTCPeerConnection takes as `iceServers`, with new credentials; `session/start` gives it, too."""
        return IceServers(ice_servers=[IceServer(**one) for one in self._ice_servers(call.caller.user_id)])

    async def heartbeat(self, call: Call, body: LiveHeartbeatRequest) -> LiveSessionHeartbeatResponse:
        """A sign of life for a session whose media does not flow. 404 after the end."""
        beat = await self._sessions.heartbeat(call.caller.user_id, body.session_id)
        return LiveSessionHeartbeatResponse(
            session_id=beat.session_id,
            status=beat.status,
            used_seconds=beat.used_seconds,
            remaining_seconds=beat.remaining_seconds,
            expires_at=beat.expires_at,
        )

    async def end(self, call: Call, body: LiveEndRequest) -> LiveSessionEndResponse:
        """End a session. The last words are still recognised; a second call gets the same answer."""
        settled = await self._sessions.end(call.caller.user_id, body.session_id, body.reason)
        session = settled.session
        return LiveSessionEndResponse(
            session_id=session.id,
            status="ended",
            started_at=session.started_at,
            ended_at=session.ended_at or session.started_at,
            billed_seconds=settled.billed_seconds,
            transcript_id=settled.transcript_id,
            xp_awarded=settled.xp_awarded,
        )

    async def set_nickname(self, call: Call, body: LiveNicknameRequest) -> LiveNicknameResponse:
        """How the tutor calls the caller."""
        await self._sessions.set_nickname(call.caller.user_id, body.nickname)
        return LiveNicknameResponse(nickname=body.nickname)

    async def list_transcripts(self, call: Call, query: LiveTranscriptQuery) -> LiveTranscriptListResponse:
        """The caller's transcripts, newest first."""
        found, cursor = await self._transcripts.page(call.caller.user_id, query.cursor, query.limit)
        return LiveTranscriptListResponse(items=[_item(transcript) for transcript in found], next_cursor=cursor)

    async def save_transcript(self, call: Call, body: SaveLiveTranscriptsRequest) -> LiveTranscriptSaveResponse:
        """Save a transcript that a client or an internal service made."""
        turns = [SavedTurn(turn.role, turn.text, turn.timestamp) for turn in body.transcripts]
        saved = await self._transcripts.save(
            call.caller, body.user_id, body.session_started_at, body.session_ended_at, turns
        )
        return LiveTranscriptSaveResponse(id=saved, saved=len(turns))

    async def get_transcript(
        self, call: Call, transcript_id: Id, query: LiveTranscriptFormat
    ) -> LiveTranscriptDetailResponse | documents.Document:
        """One transcript, or with `format` its subtitles or plain text."""
        transcript, turns = await self._transcripts.read(call.caller.user_id, transcript_id)
        if query.format is not None:
            text = subtitles.render(turns, query.format, transcript.started_at)
            return documents.text(text, subtitles.MEDIA_TYPES[query.format])
        return LiveTranscriptDetailResponse(
            id=transcript.id,
            session_id=transcript.session_id,
            started_at=transcript.started_at,
            ended_at=transcript.ended_at,
            turns=[_turn(turn) for turn in turns],
        )

    def operations(self) -> list[Operation]:
        both, read, write = Access.BEARER_OR_KEY, "live:read", "live:write"
        one = "/api/live/transcripts/{transcript_id}"
        texts = tuple(subtitles.MEDIA_TYPES.values())
        return [
            Operation("GET", "/api/live/quota", self.quota, "Get the remaining live minutes", _TAG, both, read),
            Operation(
                "GET", "/api/live/ice-servers", self.ice, "Get STUN and TURN servers", _TAG, both, write, added=True
            ),
            Operation(
                "POST",
                "/api/live/session/start",
                self.start,
                "Start a live session",
                _TAG,
                both,
                write,
                201,
                errors=(404, 409, 503),
                idempotent=True,
            ),
            Operation(
                "POST",
                "/api/live/session/heartbeat",
                self.heartbeat,
                "Update an active live session heartbeat",
                _TAG,
                both,
                write,
                errors=(404,),
            ),
            Operation(
                "POST",
                "/api/live/session/end",
                self.end,
                "End a live session",
                _TAG,
                both,
                write,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "PATCH",
                "/api/live/nickname",
                self.set_nickname,
                "Update the nickname that live sessions show",
                _TAG,
                both,
                write,
            ),
            Operation(
                "GET",
                "/api/live/transcripts",
                self.list_transcripts,
                "List live transcripts for the current user",
                _TAG,
                both,
                read,
            ),
            Operation(
                "POST",
                "/api/live/transcripts",
                self.save_transcript,
                "Save live session transcripts",
                _TAG,
                Access.BEARER_OR_SERVICE,
                status=201,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "GET",
                one,
                self.get_transcript,
                "Get a single live transcript",
                _TAG,
                both,
                read,
                produces=texts,
                errors=(404,),
            ),
            *RecordingRoutes(self._recordings).operations(),
        ]


def _item(transcript: Transcript) -> LiveTranscriptListItem:
    return LiveTranscriptListItem(
        id=transcript.id,
        session_id=transcript.session_id,
        started_at=transcript.started_at,
        ended_at=transcript.ended_at,
        turns=transcript.turns,
        preview=transcript.preview,
    )


def _turn(turn: StoredTurn) -> LiveTranscriptTurn:
    return LiveTranscriptTurn(
        role=turn.role,
        text=turn.text,
        timestamp=turn.at,
        turn_id=turn.turn_id,
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
        words=turn.words,
        engine=turn.engine,
        pronunciation=turn.pronunciation,
    )


def _order(body: LiveStartSessionRequest) -> Order:
    """Failure `invalid_request` for what this kind of session does not have."""
    speaking = body.session_type == "speaking"
    if not speaking and body.reference_text is not None:
        raise errors.invalid("Only a speaking session has a text to read.", [("/reference_text", "leave it out")])
    if speaking and (body.conversation_id or body.scenario):
        raise errors.invalid("A speaking session belongs to no conversation.", [("/session_type", "voice or avatar")])
    return Order(
        body.session_type,
        body.language,
        body.conversation_id,
        body.scenario,
        reference_text=body.reference_text,
        patience_ms=body.patience_ms,
        record=body.record,
    )
