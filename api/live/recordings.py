"""Use cases of recordings: list, download, delete, and delete in time. A download is a WAV file with ranges; only the
pieces of the requested range are read and decoded."""

import asyncio
import struct
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta

from api.live import recording_store
from api.live.models import Recording
from kit import errors, paging
from kit.clock import Clock
from kit.database import Database
from speech.audio import flac
from speech.audio.pcm import RATE

HEADER_BYTES = 44
_SILENCE = b"\0\0"


class Recordings:
    """Sound of sessions that learners wanted kept."""

    def __init__(self, database: Database, clock: Clock, days: int) -> None:
        """`days` is how long they are kept; 0 means that there are none."""
        self._database = database
        self._clock = clock
        self._kept = timedelta(days=days)

    @property
    def on(self) -> bool:
        """Whether this server keeps any."""
        return bool(self._kept)

    def expires_at(self, recording: Recording) -> datetime:
        """When it will be deleted."""
        return recording.recorded_at + self._kept

    async def page(self, user_id: str, cursor: str | None, limit: int) -> tuple[list[Recording], str | None]:
        """The user's recordings, newest first, and the cursor of the next page."""
        before = paging.place_in(cursor)
        async with self._database.connection() as cx:
            found = await recording_store.page(cx, user_id, before, limit + 1)
        shown = found[:limit]
        last = shown[-1] if len(found) > limit else None
        return shown, paging.of_place(last.started_at, last.session_id) if last else None

    async def find(self, user_id: str, session_id: str) -> Recording:
        """Failure `not_found`, also for another person's."""
        async with self._database.connection() as cx:
            recording = await recording_store.find(cx, session_id, user_id)
        if recording is None:
            raise errors.not_found("Recording")
        return recording

    async def wav(self, recording: Recording, wanted: range) -> AsyncGenerator[bytes, None]:
        """These bytes of the file, in order."""
        if wanted.start < HEADER_BYTES:
            yield header(recording.samples)[wanted.start : wanted.stop]
        first, stop = max(0, wanted.start - HEADER_BYTES), wanted.stop - HEADER_BYTES
        if stop <= first:
            return
        at = first // 2
        skip = first % 2  # a range may begin within a sample
        left = stop - first
        async for sound in self._sound(recording.session_id, at, -(-stop // 2)):
            part = sound[skip : skip + left]
            skip = 0
            left -= len(part)
            yield part

    async def delete(self, user_id: str, session_id: str) -> None:
        """Delete it. A session that still runs is recorded no further."""
        await self.find(user_id, session_id)
        async with self._database.transaction() as tx:
            await recording_store.forget(tx, session_id)

    async def sweep(self) -> None:
        """Delete those that were kept long enough."""
        async with self._database.connection() as cx:
            await recording_store.delete_before(cx, self._clock.now() - self._kept)

    async def _sound(self, session_id: str, at: int, end: int) -> AsyncGenerator[bytes, None]:
        """PCM from sample `at` to before `end`; where nothing was heard, silence."""
        async with self._database.connection() as cx:
            pieces = await recording_store.pieces(cx, session_id, at, end)
        for piece in pieces:
            if piece.start_sample > at:
                yield _SILENCE * (piece.start_sample - at)
                at = piece.start_sample
            until = min(end, piece.start_sample + piece.samples)
            if until <= at:
                continue
            async with self._database.connection() as cx:
                packed = await recording_store.flac(cx, session_id, piece.start_sample)
            if packed is None:  # deleted meanwhile
                return
            sound = await asyncio.to_thread(flac.decode, packed)
            yield sound[2 * (at - piece.start_sample) : 2 * (until - piece.start_sample)]
            at = until


def size(recording: Recording) -> int:
    """Bytes of the file."""
    return HEADER_BYTES + 2 * recording.samples


def header(samples: int) -> bytes:
    """Of a WAV file with one channel of PCM16."""
    data = 2 * samples
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + data, b"WAVE", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", data
    )
