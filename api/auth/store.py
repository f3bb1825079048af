"""The SQL of accounts and sign-ins."""

from datetime import datetime, timedelta

import asyncpg

from api.auth.models import NO_PASSWORD, RefreshToken, Role, Session, User
from kit.caller import Caller
from kit.database import Connection, Record


def _user(row: Record | None) -> User | None:
    return User(**dict(row)) if row is not None else None


async def add_user(tx: Connection, user: User, password_hash: str) -> bool:
    """False when the e-mail address or the name is taken."""
    row = await tx.fetchval(
        """insert into users (id, email, username, password_hash, full_name, timezone, native_language, role, plan,
                              created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict do nothing returning id""",
        user.id,
        user.email,
        user.username,
        password_hash,
        user.full_name,
        user.timezone,
        user.native_language,
        user.role,
        user.plan,
        user.created_at,
    )
    return row is not None


async def email_taken(tx: Connection, email: str) -> bool:
    return bool(await tx.fetchval("select exists (select 1 from users where lower(email) = lower($1))", email))


async def user(cx: Connection, user_id: str) -> User | None:
    row = await cx.fetchrow(
        """select id, email, username, full_name, nickname, avatar_url, timezone, native_language, cefr_level, role,
                  plan, created_at, password_hash = $2 as is_guest from users where id = $1""",
        user_id,
        NO_PASSWORD,
    )
    return _user(row)


async def lock_user(tx: Connection, user_id: str) -> User | None:
    row = await tx.fetchrow(
        """select id, email, username, full_name, nickname, avatar_url, timezone, native_language, cefr_level, role,
                  plan, created_at, password_hash = $2 as is_guest from users where id = $1 for update""",
        user_id,
        NO_PASSWORD,
    )
    return _user(row)


async def claim_user(tx: Connection, user: User, password_hash: str, now: datetime) -> bool:
    """Give a guest an address and a password. False when the address or the name belongs to somebody else."""
    try:
        async with tx.transaction():
            await tx.execute(
                """update users set email = $2, username = $3, full_name = $4, password_hash = $5, updated_at = $6
                   where id = $1""",
                user.id,
                user.email,
                user.username,
                user.full_name,
                password_hash,
                now,
            )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def credentials(cx: Connection, name: str) -> tuple[str, str] | None:
    """(user id, password hash) of the account with this e-mail address or user name."""
    row = await cx.fetchrow(
        "select id, password_hash from users where lower(email) = lower($1) or username = lower($1)", name
    )
    return (row["id"], row["password_hash"]) if row is not None else None


async def password_hash(cx: Connection, user_id: str) -> str | None:
    found: str | None = await cx.fetchval("select password_hash from users where id = $1", user_id)
    return found


async def lock_password(tx: Connection, user_id: str) -> str | None:
    """The password's hash, locked until `tx` ends; None when the account is gone."""
    query = "select password_hash from users where id = $1 for no key update"
    found: str | None = await tx.fetchval(query, user_id)
    return found


async def update_user(tx: Connection, user: User, now: datetime) -> None:
    await tx.execute(
        """update users set full_name = $2, nickname = $3, avatar_url = $4, timezone = $5, native_language = $6,
                            updated_at = $7
           where id = $1""",
        user.id,
        user.full_name,
        user.nickname,
        user.avatar_url,
        user.timezone,
        user.native_language,
        now,
    )


async def set_password(tx: Connection, user_id: str, password_hash: str, now: datetime) -> None:
    await tx.execute("update users set password_hash = $2, updated_at = $3 where id = $1", user_id, password_hash, now)


async def set_role(tx: Connection, email: str, role: Role, now: datetime) -> str | None:
    """The id of the user, or None when no account has this address."""
    found: str | None = await tx.fetchval(
        "update users set role = $2, updated_at = $3 where lower(email) = lower($1) returning id", email, role, now
    )
    return found


async def delete_user(tx: Connection, user_id: str) -> None:
    await tx.execute("delete from users where id = $1", user_id)


async def add_session(tx: Connection, session: Session) -> None:
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
           where s.id = any($1::uuid[]) and s.revoked_at is null and s.expires_at > $2""",
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
    await tx.execute(
        """update auth_sessions set revoked_at = $4, revoked_reason = $3
           where user_id = $1 and id <> $2 and revoked_at is null""",
        user_id,
        kept,
        reason,
        now,
    )


async def extend_session(tx: Connection, session_id: str, expires_at: datetime, now: datetime) -> None:
    await tx.execute(
        "update auth_sessions set last_seen_at = $3, expires_at = $2 where id = $1", session_id, expires_at, now
    )


async def add_refresh(
    tx: Connection, token_hash: bytes, session_id: str, created_at: datetime, expires_at: datetime
) -> None:
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
    await tx.execute(
        "update refresh_tokens set used_at = $4, successor_hash = $2, successor_sealed = $3 where token_hash = $1",
        token_hash,
        successor_hash,
        successor_sealed,
        now,
    )


async def lock_bucket(tx: Connection, bucket: bytes) -> None:
    number = int.from_bytes(bucket[:8], "big", signed=True)
    await tx.execute("select pg_advisory_xact_lock($1)", number)


async def bucket_free_at(tx: Connection, bucket: bytes, now: datetime, window: timedelta, most: int) -> datetime | None:
    """When a full bucket has room again; None when it has room now."""
    oldest: datetime | None = await tx.fetchval(
        "select at from login_attempts where bucket = $1 and at > $2 order by at desc offset $3 limit 1",
        bucket,
        now - window,
        most - 1,
    )
    return oldest + window if oldest is not None else None


async def add_attempt(tx: Connection, attempt: str, bucket: bytes, now: datetime) -> None:
    await tx.execute("insert into login_attempts (id, bucket, at) values ($1, $2, $3)", attempt, bucket, now)


async def remove_attempt(cx: Connection, attempt: str) -> None:
    await cx.execute("delete from login_attempts where id = $1", attempt)


async def sweep(cx: Connection, now: datetime, window: timedelta, kept: timedelta) -> None:
    """Forget attempts outside the window and sessions that ended `kept` ago (until then their address is known)."""
    await cx.execute("delete from login_attempts where at <= $1", now - window)
    await cx.execute(
        "delete from auth_sessions where expires_at < $1 or revoked_at < $1 and created_at < $1", now - kept
    )
