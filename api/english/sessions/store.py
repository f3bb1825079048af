"""SQL of learning sessions and their transcripts."""

from datetime import datetime
from typing import Any

from api.english.models import Session, TranscriptEntry
from kit.database import Connection


async def add(tx: Connection, session: Session) -> None:
    """Store a session."""
    await tx.execute(
        """
        insert into english_sessions (id, user_id, module_id, kind, started_at, active_at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        session.id,
        session.user_id,
        session.module_id,
        session.kind,
        session.started_at,
        session.active_at,
    )


async def locked(tx: Connection, user_id: str, session_id: str) -> Session | None:
    """The caller's session, locked until the transaction ends."""
    row = await tx.fetchrow(
        """
        select id, user_id, module_id, kind, started_at, active_at, ended_at, tasks_done, xp_awarded
        from english_sessions where id = $2 and user_id = $1 for update
        """,
        user_id,
        session_id,
    )
    return Session(*row) if row else None


async def idle(tx: Connection, before: datetime, limit: int) -> list[Session]:
    """Open sessions without activity since `before`, locked; those another node holds are left to it."""
    rows = await tx.fetch(
        """
        select id, user_id, module_id, kind, started_at, active_at, ended_at, tasks_done, xp_awarded
        from english_sessions where ended_at is null and active_at < $1
        order by active_at limit $2 for update skip locked
        """,
        before,
        limit,
    )
    return [Session(*row) for row in rows]


async def open_ones(tx: Connection, user_id: str) -> list[Session]:
    """The learner's open sessions, locked."""
    rows = await tx.fetch(
        """
        select id, user_id, module_id, kind, started_at, active_at, ended_at, tasks_done, xp_awarded
        from english_sessions where user_id = $1 and ended_at is null order by started_at for update
        """,
        user_id,
    )
    return [Session(*row) for row in rows]


async def note_task(tx: Connection, session_id: str, at: datetime, xp: int) -> None:
    """A task was done in the session."""
    await tx.execute(
        """
        update english_sessions set active_at = greatest(active_at, $2), tasks_done = tasks_done + 1,
            xp_awarded = xp_awarded + $3 where id = $1
        """,
        session_id,
        at,
        xp,
    )


async def note_activity(tx: Connection, session_id: str, at: datetime) -> None:
    """The learner was active at `at`."""
    await tx.execute("update english_sessions set active_at = greatest(active_at, $2) where id = $1", session_id, at)


async def end(tx: Connection, session_id: str, at: datetime, xp: int) -> None:
    """End a session."""
    await tx.execute(
        "update english_sessions set ended_at = $2, xp_awarded = xp_awarded + $3 where id = $1", session_id, at, xp
    )


async def add_entry(tx: Connection, session_id: str, user_id: str, entry: TranscriptEntry) -> None:
    """Store one thing that was said."""
    await tx.execute(
        """
        insert into english_transcripts (id, session_id, user_id, role, text, spoken_at, pronunciation)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        entry.id,
        session_id,
        user_id,
        entry.role,
        entry.text,
        entry.spoken_at,
        entry.pronunciation,
    )


async def entries(
    tx: Connection, session_id: str, limit: int, after: tuple[datetime, str] | None
) -> list[TranscriptEntry]:
    """Entries in the order they were said, beginning after (spoken_at, id)."""
    rows = await tx.fetch(
        """
        select id, role, text, spoken_at, pronunciation from english_transcripts
        where session_id = $1 and ($2::timestamptz is null or (spoken_at, id) > ($2, $3::uuid))
        order by spoken_at, id limit $4
        """,
        session_id,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [_entry(*row) for row in rows]


def _entry(id_: str, role: str, text: str, spoken_at: datetime, pronunciation: Any) -> TranscriptEntry:
    return TranscriptEntry(id_, role, text, spoken_at, pronunciation)
