"""A session's recording while this node runs it, for people who asked for one.

Sound is stored before the books say that its frames are done with: whatever was not stored when a node died is asked
for again by the next one, so a recording has no hole.
"""

import asyncio

from realtime import ports
from realtime.node.guard import BYTES_A_MS
from realtime.node.outbox import Job
from speech.audio import flac

_BYTES_A_SAMPLE = 2
_SAMPLES_A_MS = BYTES_A_MS // _BYTES_A_SAMPLE


class Recorder:
    def __init__(self, session: ports.Session, repository: ports.SessionRepository) -> None:
        self._session = session
        self._repository = repository
        self._start = session.audio_ms * _SAMPLES_A_MS
        self._sound = bytearray()

    def heard(self, pcm: bytes) -> None:
        self._sound += pcm

    def skip(self, milliseconds: float) -> None:
        """Sound that was recorded before does not come again. Before anything was heard."""
        self._start += round(milliseconds * _SAMPLES_A_MS)

    def job(self) -> Job | None:
        """Stores what was heard since the last one."""
        if not self._sound:
            return None
        start, sound = self._start, bytes(self._sound)
        samples = len(sound) // _BYTES_A_SAMPLE
        self._start += samples
        self._sound.clear()

        async def store() -> None:
            packed = await asyncio.to_thread(flac.encode, sound)
            await self._repository.store_sound(
                self._session.id, self._session.fence, start_sample=start, samples=samples, flac=packed
            )

        return store
