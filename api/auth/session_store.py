"""The SQL of sign-ins and their refresh tokens."""

from datetime import datetime, timedelta

from api.auth.models import RefreshToken, Session
from kit.caller import Caller
from kit.database import Connection


async def add_session(tx: Connection, session: Session) -> None:
    """Store a sign-in."""
    await tx.execute(
        """insert into auth_sessions (id, user_id, created_at, last_seen_at, expires_at, address, user_agent)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        session.id,
        session.user_id,
        session.created_at,
        session.last_seen_at,
        session.expires_at,
        session.address,
        session.user_agent,
    )


async def session_callers(cx: Connection, session_ids: list[str], now: datetime) -> dict[str, Caller]:
    """Session id → signed-in user, for valid sessions."""
    rows = await cx.fetch(
        """select s.id, s.user_id, u.role from auth_sessions s join users u on u.id = s.user_id
           where s.id = any($1::uuid[]) and s.revoked_at is null and s.expires_at > $2
             and u.disabled_at is null""",
        session_ids,
        now,
    )
    return {row["id"]: Caller(row["user_id"], row["role"], "bearer", row["id"]) for row in rows}


async def sessions(cx: Connection, user_id: str, now: datetime, before: str | None, limit: int) -> list[Session]:
    """Valid sessions, newest first, older than `before` (ids sort by age)."""
    rows = await cx.fetch(
        """select id, user_id, created_at, last_seen_at, expires_at, address, user_agent from auth_sessions
           where user_id = $1 and revoked_at is null and expires_at > $2 and ($3::uuid is null or id < $3)
           order by id desc limit $4""",
        user_id,
        now,
        before,
        limit,
    )
    return [Session(**dict(row)) for row in rows]


async def addresses(cx: Connection, user_id: str, since: datetime) -> list[str]:
    """Where this account was opened and signed in, the most recent places first."""
    rows = await cx.fetch(
        """select address from (
               select address, created_at as at from auth_sessions where user_id = $1 and created_at > $2
               union all
               select address, at from audit_events
               where actor_id = $1 and action = 'account.registered' and at > $2 and address is not null
           ) as places group by address order by max(at) desc limit 100""",
        user_id,
        since,
    )
    return [row["address"] for row in rows]


async def revoke_session(tx: Connection, user_id: str, session_id: str, reason: str, now: datetime) -> bool:
    """End a sign-in; False if it had ended already."""
    row = await tx.fetchval(
        """update auth_sessions set revoked_at = $4, revoked_reason = $3
           where id = $1 and user_id = $2 and revoked_at is null and expires_at > $4 returning id""",
        session_id,
        user_id,
        reason,
        now,
    )
    return row is not None


async def revoke_all_sessions(tx: Connection, user_id: str, reason: str, now: datetime) -> int:
    """How many ended."""
    rows = await tx.fetch(
        """update auth_sessions set revoked_at = $3, revoked_reason = $2
           where user_id = $1 and revoked_at is null and expires_at > $3 returning id""",
        user_id,
        reason,
        now,
    )
    return len(rows)


async def revoke_other_sessions(tx: Connection, user_id: str, kept: str, reason: str, now: datetime) -> None:
    """End all sign-ins of the user but one."""
    await tx.execute(
        """update auth_sessions set revoked_at = $4, revoked_reason = $3
           where user_id = $1 and id <> $2 and revoked_at is null""",
        user_id,
        kept,
        reason,
        now,
    )


async def extend_session(tx: Connection, session_id: str, expires_at: datetime, now: datetime) -> None:
    """The sign-in was used: it ends later."""
    await tx.execute(
        "update auth_sessions set last_seen_at = $3, expires_at = $2 where id = $1", session_id, expires_at, now
    )


async def add_refresh(
    tx: Connection, token_hash: bytes, session_id: str, created_at: datetime, expires_at: datetime
) -> None:
    """Store a refresh token's hash."""
    await tx.execute(
        "insert into refresh_tokens (token_hash, session_id, created_at, expires_at) values ($1, $2, $3, $4)",
        token_hash,
        session_id,
        created_at,
        expires_at,
    )


async def lock_refresh(tx: Connection, token_hash: bytes) -> RefreshToken | None:
    """The token with its session, both locked: two uses of one token come one after the other."""
    row = await tx.fetchrow(
        """select r.session_id, s.user_id, r.expires_at, r.used_at, r.successor_sealed,
                  exists (select 1 from refresh_tokens n
                          where n.token_hash = r.successor_hash and n.used_at is not null) as successor_used,
                  s.revoked_at is not null as session_revoked
           from refresh_tokens r join auth_sessions s on s.id = r.session_id
           where r.token_hash = $1 for update of r, s""",
        token_hash,
    )
    return RefreshToken(**dict(row)) if row is not None else None


async def refresh_session(tx: Connection, token_hash: bytes, user_id: str) -> str | None:
    """The session of a refresh token of this user."""
    found: str | None = await tx.fetchval(
        """select s.id from refresh_tokens r join auth_sessions s on s.id = r.session_id
           where r.token_hash = $1 and s.user_id = $2""",
        token_hash,
        user_id,
    )
    return found


async def use_refresh(
    tx: Connection, token_hash: bytes, successor_hash: bytes, successor_sealed: bytes, now: datetime
) -> None:
    """The token was used; its successor is kept sealed, for a repeated request."""
    await tx.execute(
        "update refresh_tokens set used_at = $4, successor_hash = $2, successor_sealed = $3 where token_hash = $1",
        token_hash,
        successor_hash,
        successor_sealed,
        now,
    )


async def sweep(cx: Connection, now: datetime, kept: timedelta) -> None:
    """Forget sessions that ended `kept` ago (until then their address is known)."""
    await cx.execute(
        "delete from auth_sessions where expires_at < $1 or revoked_at < $1 and created_at < $1", now - kept
    )
