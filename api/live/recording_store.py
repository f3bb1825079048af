"""SQL of recordings, one function for each statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from api.live.models import Recording, Sound
from kit.database import Connection

_LISTED = """
    select s.id as session_id, s.started_at, max(r.start_sample + r.samples)::bigint as samples,
      max(r.recorded_at) as recorded_at
    from live_sessions s join live_recordings r on r.session_id = s.id
"""


class Piece(NamedTuple):
    """Where a piece of sound lies in its session."""

    start_sample: int
    samples: int


async def add(tx: Connection, session_id: str, fence: int, sound: Sequence[Sound], now: datetime) -> None:
    """Keep pieces of a session, unless its person has withdrawn the wish for a recording meanwhile; the same ones again
    do no harm."""
    await tx.executemany(
        """
        insert into live_recordings (session_id, start_sample, samples, flac, recorded_at)
        select $1, $3, $4, $5, $6 from live_sessions where id = $1 and fence = $2 and record
        on conflict (session_id, start_sample) do update set samples = excluded.samples, flac = excluded.flac
        where excluded.samples > live_recordings.samples
        """,
        [(session_id, fence, piece.start_sample, piece.samples, piece.flac, now) for piece in sound],
    )


async def page(tx: Connection, user_id: str, before: tuple[datetime, str] | None, limit: int) -> list[Recording]:
    """The user's recordings, newest first, that come after `before` in that order."""
    rows = await tx.fetch(
        _LISTED
        + """
        where s.user_id = $1 and ($2::timestamptz is null or (s.started_at, s.id) < ($2, $3::uuid))
        group by s.id order by s.started_at desc, s.id desc limit $4
        """,
        user_id,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
    return [Recording.from_row(row) for row in rows]


async def find(tx: Connection, session_id: str, user_id: str) -> Recording | None:
    """The user's recording of a session."""
    row = await tx.fetchrow(_LISTED + "where s.id = $1 and s.user_id = $2 group by s.id", session_id, user_id)
    return Recording.from_row(row) if row else None


async def pieces(tx: Connection, session_id: str, first: int, end: int) -> list[Piece]:
    """Those with a sample from `first` to before `end`, in order."""
    rows = await tx.fetch(
        """
        select start_sample, samples from live_recordings
        where session_id = $1 and start_sample < $3 and start_sample + samples > $2 order by start_sample
        """,
        session_id,
        first,
        end,
    )
    return [Piece(row["start_sample"], row["samples"]) for row in rows]


async def flac(tx: Connection, session_id: str, start_sample: int) -> bytes | None:
    """One piece of sound."""
    found: bytes | None = await tx.fetchval(
        "select flac from live_recordings where session_id = $1 and start_sample = $2", session_id, start_sample
    )
    return found


async def forget(tx: Connection, session_id: str) -> None:
    """Delete what there is and record no more."""
    await tx.execute("update live_sessions set record = false where id = $1", session_id)
    await tx.execute("delete from live_recordings where session_id = $1", session_id)


async def delete_before(tx: Connection, before: datetime) -> None:
    """Recordings whose last piece is older; never half of one."""
    await tx.execute(
        """
        delete from live_recordings where session_id in (
          select session_id from live_recordings group by session_id having max(recorded_at) < $1)
        """,
        before,
    )
