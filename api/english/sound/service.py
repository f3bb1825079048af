"""Use cases of sound: reading a recording or a listening text, whole or in part, and withdrawing consent."""

from api.english.own.shelf import Shelf
from api.english.sound import store as sound_store
from api.english.sound.store import Sound
from api.english.sound.voicing import Voicing
from kit import errors
from kit.database import Database


class Recordings:
    """Listening texts, and recordings that learners kept."""

    def __init__(self, database: Database, voicing: Voicing, shelf: Shelf) -> None:
        self._database = database
        self._voicing = voicing
        self._shelf = shelf

    async def sound(self, user_id: str, audio_id: str) -> Sound:
        """The learner's own recording, or a listening text. Failure `not_found` for any other id."""
        spoken = await self._voicing.sound(audio_id)
        if spoken is not None:
            return spoken
        async with self._database.connection() as cx:
            found = await sound_store.recording(cx, user_id, audio_id)
            own = await self._shelf.own(cx, user_id) if found is None else []
        if own:
            found = await self._voicing.sound_among(audio_id, own)
        if found is None:
            raise errors.not_found("Audio")
        return found

    async def delete(self, user_id: str, audio_id: str) -> None:
        """Delete the user's recording. Failure `not_found`."""
        async with self._database.connection() as cx:
            if not await sound_store.delete_recording(cx, user_id, audio_id):
                raise errors.not_found("Audio")
