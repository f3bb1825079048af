"""A session's recording while this node runs it, for people who asked for one.

Sound is stored before its frames count as processed: what was not stored when a node died is requested again by the
next one, so a recording has no hole.
"""

import asyncio

from realtime import ports
from realtime.node.guard import BYTES_A_MS
from realtime.rows import SoundRow
from speech.audio import flac

_BYTES_A_SAMPLE = 2
_SAMPLES_A_MS = BYTES_A_MS // _BYTES_A_SAMPLE


class Sound:
    """A piece of a recording on its way to PostgreSQL."""

    def __init__(self, start_sample: int, pcm: bytes) -> None:
        self._start_sample = start_sample
        self._pcm = pcm
        self._row: SoundRow | None = None

    async def row(self) -> SoundRow:
        """Compressed once, however often it is retried."""
        if self._row is None:
            packed = await asyncio.to_thread(flac.encode, self._pcm)
            self._row = SoundRow(self._start_sample, len(self._pcm) // _BYTES_A_SAMPLE, packed)
            self._pcm = b""
        return self._row


class Recorder:
    """Sound of a session on its way to the database, where the learner wants it kept."""

    def __init__(self, session: ports.Session) -> None:
        self._start = session.audio_ms * _SAMPLES_A_MS
        self._sound = bytearray()

    def heard(self, pcm: bytes) -> None:
        """Keep sound (PCM, 16 bits, 16 kHz)."""
        self._sound += pcm

    def skip(self, milliseconds: float) -> None:
        """Sound that was recorded before does not come again. Before anything was heard."""
        self._start += round(milliseconds * _SAMPLES_A_MS)

    def take(self) -> Sound | None:
        """What was heard since the last one."""
        if not self._sound:
            return None
        sound = Sound(self._start, bytes(self._sound))
        self._start += len(self._sound) // _BYTES_A_SAMPLE
        self._sound.clear()
        return sound
