"""SQL of live sessions and their ledger, one function for each statement."""

from collections.abc import Sequence
from datetime import datetime

from api.live.models import LiveSession, Order, Progress, Reservation
from api.live.quota import Span
from kit.database import Connection


async def insert(
    tx: Connection, session_id: str, user_id: str, order: Order, reserved: Reservation, now: datetime
) -> LiveSession:
    """Begin a session."""
    row = await tx.fetchrow(
        """
        insert into live_sessions (id, user_id, kind, status, conversation_id, scenario, language, reference_text,
          patience_ms, record, reserved_seconds, started_at, limit_at, seen_at)
        values ($1, $2, $3, 'created', $4, $5, $6, $7, $8, $9, $10, $11, $12, $11) returning *
        """,
        session_id,
        user_id,
        order.kind,
        order.conversation_id,
        order.scenario,
        order.language,
        order.reference_text,
        order.patience_ms,
        order.record,
        reserved.seconds,
        now,
        reserved.limit_at,
    )
    assert row is not None
    return LiveSession.from_row(row)


async def find(tx: Connection, session_id: str, user_id: str) -> LiveSession | None:
    """The user's session; None if there is none."""
    row = await tx.fetchrow("select * from live_sessions where id = $1 and user_id = $2", session_id, user_id)
    return LiveSession.from_row(row) if row else None


async def lock(tx: Connection, session_id: str) -> LiveSession | None:
    """The session, locked until `tx` ends."""
    row = await tx.fetchrow("select * from live_sessions where id = $1 for update", session_id)
    return LiveSession.from_row(row) if row else None


async def running(tx: Connection, user_id: str) -> LiveSession | None:
    """The user's session that has not ended."""
    row = await tx.fetchrow("select * from live_sessions where user_id = $1 and ended_at is null", user_id)
    return LiveSession.from_row(row) if row else None


async def running_of(cx: Connection, user_ids: Sequence[str]) -> dict[str, str]:
    """The sessions that run now, by user."""
    rows = await cx.fetch(
        "select user_id, id from live_sessions where user_id = any($1::uuid[]) and ended_at is null", user_ids
    )
    return {row["user_id"]: row["id"] for row in rows}


async def claim(tx: Connection, session_id: str, user_id: str, node: str, now: datetime) -> LiveSession | None:
    """Take ownership: from here on every older fence is refused."""
    row = await tx.fetchrow(
        """
        update live_sessions set fence = fence + 1, owner = $3, seen_at = greatest(seen_at, $4)
        where id = $1 and user_id = $2 and ended_at is null returning *
        """,
        session_id,
        user_id,
        node,
        now,
    )
    return LiveSession.from_row(row) if row else None


async def add_intervals(tx: Connection, session_id: str, fence: int, spans: Sequence[Span]) -> None:
    """Store stretches under the owner's fence; a repeated one changes nothing."""
    await tx.execute(
        """
        insert into live_intervals (session_id, started_at, ended_at, fence)
        select $1, s, e, $2 from unnest($3::timestamptz[], $4::timestamptz[]) as spans (s, e)
        """,
        session_id,
        fence,
        [start for start, _ in spans],
        [end for _, end in spans],
    )


async def note_sign(tx: Connection, session_id: str, at: datetime) -> None:
    """A sign of life came by REST."""
    await tx.execute(
        """
        update live_sessions set last_sign_at = greatest(last_sign_at, $2), seen_at = greatest(seen_at, $2),
          status = 'active'
        where id = $1 and ended_at is null
        """,
        session_id,
        at,
    )


async def advance(
    tx: Connection, session_id: str, fence: int, progress: Progress, lived_at: datetime | None, now: datetime
) -> LiveSession | None:
    """Audio before the resume point is processed; with `lived_at`, the session was in use until then. None when the
    writer no longer owns the session."""
    point = progress.resume_point
    row = await tx.fetchrow(
        """
        update live_sessions set last_seq = greatest(last_seq, $3), audio_seq = $4, audio_ms = $5, next_turn = $6,
          done_ms = $7, frame_mark = $8, heard_ms = greatest(heard_ms, $9),
          status = case when $11::timestamptz is null then status else $10 end,
          last_sign_at = greatest(last_sign_at, $11),
          seen_at = case when $11::timestamptz is null then seen_at else greatest(seen_at, $12) end
        where id = $1 and fence = $2 and ended_at is null returning *
        """,
        session_id,
        fence,
        progress.last_seq,
        point.seq,
        point.audio_ms,
        point.next_turn,
        point.done_ms,
        point.mark,
        progress.heard_ms,
        progress.status,
        lived_at,
        now,
    )
    return LiveSession.from_row(row) if row else None


async def set_patience(tx: Connection, session_id: str, fence: int, patience_ms: int | None) -> bool:
    """Store how long a silence ends a turn, in ms; False for an owner that was replaced."""
    found = await tx.fetchval(
        "update live_sessions set patience_ms = $3 where id = $1 and fence = $2 and ended_at is null returning true",
        session_id,
        fence,
        patience_ms,
    )
    return found is not None


async def covered(tx: Connection, session_id: str) -> list[Span]:
    """The session's stretches of use, joined where they touch or overlap."""
    rows = await tx.fetch(
        """
        select lower(stretch) as started_at, upper(stretch) as ended_at from (
          select unnest(range_agg(tstzrange(started_at, ended_at))) as stretch
          from live_intervals where session_id = $1) as stretches
        """,
        session_id,
    )
    return [(row["started_at"], row["ended_at"]) for row in rows]


async def settled_seconds(tx: Connection, user_id: str, period_start: datetime) -> int:
    """Seconds of the period that are on the ledger."""
    used: int = await tx.fetchval(
        "select coalesce(sum(seconds), 0)::int from live_usage where user_id = $1 and period_start = $2",
        user_id,
        period_start,
    )
    return used


async def add_usage(tx: Connection, session: LiveSession, shares: dict[datetime, int], now: datetime) -> None:
    """Write the seconds of a session to the ledger, by period."""
    await tx.executemany(
        "insert into live_usage (session_id, user_id, period_start, seconds, settled_at) values ($1, $2, $3, $4, $5)",
        [(session.id, session.user_id, period, seconds, now) for period, seconds in shares.items() if seconds],
    )


async def close(
    tx: Connection, session_id: str, ended_at: datetime, reason: str, billed_s: int, xp: int
) -> LiveSession:
    """End a session with what it cost."""
    row = await tx.fetchrow(
        """
        update live_sessions set status = 'ended', ended_at = $2, end_reason = $3, billed_seconds = $4, xp_awarded = $5,
          reserved_seconds = 0, fence = fence + 1, owner = null
        where id = $1 and ended_at is null returning *
        """,
        session_id,
        ended_at,
        reason,
        billed_s,
        xp,
    )
    assert row is not None
    return LiveSession.from_row(row)


async def silent_since(tx: Connection, before: datetime, limit: int = 100) -> list[tuple[str, str, datetime]]:
    """Running sessions without a sign of life since `before`: (id, user, last seen)."""
    rows = await tx.fetch(
        """
        select id, user_id, seen_at from live_sessions where ended_at is null and seen_at < $1 order by seen_at limit $2
        """,
        before,
        limit,
    )
    return [(row["id"], row["user_id"], row["seen_at"]) for row in rows]


async def owner_of(tx: Connection, session_id: str) -> str | None:
    """The node that runs the session."""
    owner: str | None = await tx.fetchval(
        "select owner from live_sessions where id = $1 and ended_at is null", session_id
    )
    return owner
