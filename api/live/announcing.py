"""What is announced of live sessions: ids, times and numbers, not what was said, and not a reason in the client's
words."""

from datetime import datetime, timedelta

from api.live import quota
from api.live.models import LiveSession, Settlement
from api.live.ports import Announcements
from kit.database import Connection

_REASONS = frozenset({"client", "quota", "limit", "timeout", "taken_over", "draining", "unavailable"})
_LOW = 5
"""Few minutes are left when it is less than this part of the month's."""


async def ended(tx: Connection, announcements: Announcements, settled: Settlement) -> None:
    """Queue the webhook event of a session's end."""
    session = settled.session
    assert session.ended_at is not None, "it is settled"
    data = {
        "session_id": session.id,
        "session_type": session.kind,
        "reason": session.end_reason if session.end_reason in _REASONS else "client",
        "started_at": _written(session.started_at),
        "ended_at": _written(session.ended_at),
        "billed_seconds": settled.billed_seconds,
        "transcript_id": settled.transcript_id,
    }
    await announcements.of_account(tx, "session.ended", session.user_id, data)
    if settled.transcript_id is not None:
        await transcribed(tx, announcements, session.user_id, settled.transcript_id, session.id)


async def transcribed(
    tx: Connection, announcements: Announcements, user_id: str, transcript_id: str, session_id: str | None
) -> None:
    """Queue the webhook event of a transcript."""
    data = {"transcript_id": transcript_id, "session_id": session_id}
    await announcements.of_account(tx, "transcript.ready", user_id, data)


async def low(
    tx: Connection, announcements: Announcements, session: LiveSession, limit_s: int, left: timedelta, now: datetime
) -> None:
    """Once a month, when little is left of it."""
    if left * _LOW >= timedelta(seconds=limit_s) or limit_s == 0:
        return
    period = quota.period_of(now)
    data = {
        "limit_seconds": limit_s,
        "remaining_seconds": quota.seconds(left),
        "resets_at": _written(period.end),
    }
    once = f"quota.low:{session.user_id}:{period.start:%Y-%m}"
    await announcements.of_account(tx, "quota.low", session.user_id, data, once=once)


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
