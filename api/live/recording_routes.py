"""The operations of recordings. They are added to the API of docs/guides/moving.md."""

from api.live import recordings
from api.live.models import Recording
from api.live.recordings import Recordings
from api.live.schemas import LiveRecordingListItem, LiveRecordingListResponse, LiveRecordingQuery
from kit.http import documents
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id

_TAG = "Live sessions"
_WAV = "audio/wav"


class RecordingRoutes:
    """The operations of recordings."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings

    async def list_recordings(self, call: Call, query: LiveRecordingQuery) -> LiveRecordingListResponse:
        """The caller's recordings, newest first: of sessions that were started with `record`."""
        found, cursor = await self._recordings.page(call.caller.user_id, query.cursor, query.limit)
        return LiveRecordingListResponse(items=[self._item(one) for one in found], next_cursor=cursor)

    async def get_recording(self, call: Call, session_id: Id) -> documents.Stream:
        """What the caller said in a session, as a WAV file. Range requests are answered with 206."""
        recording = await self._recordings.find(call.caller.user_id, session_id)
        return await documents.streamed(
            call.http, recordings.size(recording), lambda wanted: self._recordings.wav(recording, wanted), _WAV
        )

    async def delete_recording(self, call: Call, session_id: Id) -> None:
        """Delete a recording. A session that still runs is recorded no further."""
        await self._recordings.delete(call.caller.user_id, session_id)

    def operations(self) -> list[Operation]:
        both, one = Access.BEARER_OR_KEY, "/api/live/recordings/{session_id}"
        return [
            Operation(
                "GET",
                "/api/live/recordings",
                self.list_recordings,
                "List recordings of live sessions",
                _TAG,
                both,
                "live:read",
                added=True,
            ),
            Operation(
                "GET",
                one,
                self.get_recording,
                "Get the recording of a live session",
                _TAG,
                both,
                "live:read",
                produces=(_WAV,),
                errors=(404, 416),
                added=True,
            ),
            Operation(
                "DELETE",
                one,
                self.delete_recording,
                "Delete the recording of a live session",
                _TAG,
                both,
                "live:write",
                204,
                errors=(404,),
                added=True,
            ),
        ]

    def _item(self, recording: Recording) -> LiveRecordingListItem:
        return LiveRecordingListItem(
            session_id=recording.session_id,
            started_at=recording.started_at,
            duration_ms=recording.duration_ms,
            size_bytes=recordings.size(recording),
            expires_at=self._recordings.expires_at(recording),
        )
