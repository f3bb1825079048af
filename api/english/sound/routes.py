"""The operations of sound: listening texts, and the recordings that a learner kept."""

from api.english.sound.service import Recordings
from kit.http import documents
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id

_TAG = "English course"
_ROOT = "/api/learn/english"
_BK = Access.BEARER_OR_KEY
_READ, _WRITE = "xel:read", "xel:write"


class SoundRoutes:
    """The operations of sound."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                f"{_ROOT}/audio/{{audio_id}}",
                self.get_audio,
                "Get a recording or listening audio",
                _TAG,
                _BK,
                scope=_READ,
                errors=(416,),
                produces=("audio/ogg",),
                added=True,
            ),
            Operation(
                "DELETE",
                f"{_ROOT}/audio/{{audio_id}}",
                self.delete_audio,
                "Delete a recording",
                _TAG,
                _BK,
                scope=_WRITE,
                status=204,
                added=True,
            ),
        ]

    async def get_audio(self, call: Call, audio_id: Id) -> documents.Document:
        """A listening text, or a recording of the caller's own. Range requests are answered with 206."""
        found = await self._recordings.sound(call.caller.user_id, audio_id)
        return documents.ranged(call.http, found.content, found.media_type)

    async def delete_audio(self, call: Call, audio_id: Id) -> None:
        """Delete a recording; its evaluation stays."""
        await self._recordings.delete(call.caller.user_id, audio_id)
