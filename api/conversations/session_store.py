"""SQL of study sessions and their stretches of activity."""

import math
from datetime import datetime

from api.conversations.activity import Interval
from api.conversations.models import StudySession
from kit.database import Connection, Record


async def insert(tx: Connection, *, id: str, conversation_id: str, owner_id: str, at: datetime) -> None:
    """Begin a study session."""
    await tx.execute(
        """
        insert into conversation_sessions (id, conversation_id, owner_id, started_at, last_activity_at)
        values ($1, $2, $3, $4, $4)
        """,
        id,
        conversation_id,
        owner_id,
        at,
    )


async def latest(tx: Connection, conversation_id: str) -> StudySession | None:
    """The running session, or else the one that ended last."""
    row = await tx.fetchrow(
        """
        select s.id, s.conversation_id, s.started_at, s.last_activity_at, s.ended_at, s.xp_awarded,
            (select coalesce(sum(extract(epoch from i.ended_at - i.started_at)), 0)
             from conversation_session_intervals i where i.session_id = s.id) as active
        from conversation_sessions s where s.conversation_id = $1
        order by s.ended_at is null desc, s.started_at desc, s.id desc limit 1
        """,
        conversation_id,
    )
    return _session(row) if row else None


async def intervals(tx: Connection, session_id: str) -> list[Interval]:
    """The stretches of a session, in order."""
    rows = await tx.fetch(
        "select started_at, ended_at from conversation_session_intervals where session_id = $1 order by started_at",
        session_id,
    )
    return [Interval(row["started_at"], row["ended_at"]) for row in rows]


async def replace(tx: Connection, session_id: str, gone: list[Interval], new: Interval) -> None:
    """Put one stretch in the place of those that it covers."""
    await tx.execute(
        "delete from conversation_session_intervals where session_id = $1 and started_at = any($2)",
        session_id,
        [one.start for one in gone],
    )
    await tx.execute(
        "insert into conversation_session_intervals (session_id, started_at, ended_at) values ($1, $2, $3)",
        session_id,
        new.start,
        new.end,
    )


async def touch(tx: Connection, session_id: str, at: datetime) -> None:
    """The learner was active at `at`."""
    await tx.execute(
        "update conversation_sessions set last_activity_at = greatest(last_activity_at, $2) where id = $1",
        session_id,
        at,
    )


async def end(tx: Connection, session_id: str, at: datetime, xp: int) -> None:
    """End a session."""
    await tx.execute(
        "update conversation_sessions set ended_at = $2, xp_awarded = $3 where id = $1", session_id, at, xp
    )


async def place(tx: Connection, session_id: str) -> tuple[str, str] | None:
    """Owner and conversation of a session; None once it is gone."""
    row = await tx.fetchrow("select owner_id, conversation_id from conversation_sessions where id = $1", session_id)
    return (row["owner_id"], row["conversation_id"]) if row else None


def _session(row: Record) -> StudySession:
    return StudySession(
        id=row["id"],
        conversation_id=row["conversation_id"],
        started_at=row["started_at"],
        last_activity_at=row["last_activity_at"],
        ended_at=row["ended_at"],
        xp_awarded=row["xp_awarded"],
        active_seconds=math.floor(row["active"]),
    )
