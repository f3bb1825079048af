"""Use cases of sound: hearing a recording or a listening text, whole or in part, and taking consent back."""

from aiohttp import web

from api.english import sound_store
from api.english.sound_store import Sound
from api.english.voicing import Voicing
from server.kit import errors
from server.kit.database import Database


class Recordings:
    def __init__(self, database: Database, voicing: Voicing) -> None:
        self._database = database
        self._voicing = voicing

    async def sound(self, user_id: str, audio_id: str) -> Sound:
        """The learner's own recording, or a listening text. Failure `not_found` for any other id."""
        spoken = await self._voicing.sound(audio_id)
        if spoken is not None:
            return spoken
        async with self._database.connection() as cx:
            found = await sound_store.recording(cx, user_id, audio_id)
        if found is None:
            raise errors.not_found("Audio")
        return found

    async def delete(self, user_id: str, audio_id: str) -> None:
        async with self._database.connection() as cx:
            if not await sound_store.delete_recording(cx, user_id, audio_id):
                raise errors.not_found("Audio")

    def response(self, request: web.Request, sound: Sound) -> web.Response:
        """200 with everything, 206 with one range, 416 for a range outside (RFC 9110, section 14)."""
        size = len(sound.content)
        headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, max-age=86400"}
        wanted = _range(request.headers.get("Range"), size)
        if wanted is None:
            return web.Response(body=sound.content, content_type=sound.media_type, headers=headers)
        if not wanted:
            return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
        part = sound.content[wanted.start : wanted.stop]
        return web.Response(status=206, body=part, content_type=sound.media_type, headers=headers)


def _range(header: str | None, size: int) -> range | None:
    """The bytes of a single range; empty when it lies outside; None for no range or one to be ignored."""
    if header is None or not header.startswith("bytes=") or "," in header:
        return None
    first, dash, last = header.removeprefix("bytes=").strip().partition("-")
    if not dash or not (first + last).isdigit():
        return None
    if not first:
        return range(max(0, size - int(last)), size) if int(last) else range(0)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1 if last else size)) if int(first) < size else range(0)
