"""The SQL of connections."""

from datetime import datetime

from api.skills.models import Attempt, Connection, Status
from kit.database import Connection as Cx


async def add_attempt(tx: Cx, state_hash: bytes, attempt: Attempt) -> None:
    """Store an attempt to connect."""
    await tx.execute(
        """insert into connection_attempts (state_hash, user_id, browser_hash, verifier_sealed, redirect_to, expires_at)
           values ($1, $2, $3, $4, $5, $6)""",
        state_hash,
        attempt.user_id,
        attempt.browser_hash,
        attempt.verifier_sealed,
        attempt.redirect_to,
        attempt.expires_at,
    )


async def take_attempt(tx: Cx, state_hash: bytes) -> Attempt | None:
    """The attempt, which is over by this."""
    row = await tx.fetchrow(
        """delete from connection_attempts where state_hash = $1
           returning user_id, browser_hash, verifier_sealed, redirect_to, expires_at""",
        state_hash,
    )
    return Attempt(**dict(row)) if row is not None else None


async def save(tx: Cx, connection: Connection) -> str:
    """Add a connection, or renew the one that the user has with this account; its id."""
    found: str = await tx.fetchval(
        """insert into connections (id, user_id, provider, account, scopes, status, access_token_sealed,
                                    refresh_token_sealed, access_expires_at, connected_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (user_id, provider, account) do update
           set scopes = excluded.scopes, status = excluded.status, access_token_sealed = excluded.access_token_sealed,
               refresh_token_sealed = coalesce(excluded.refresh_token_sealed, connections.refresh_token_sealed),
               access_expires_at = excluded.access_expires_at, connected_at = excluded.connected_at
           returning id""",
        connection.id,
        connection.user_id,
        connection.provider,
        connection.account,
        connection.scopes,
        connection.status,
        connection.access_token_sealed,
        connection.refresh_token_sealed,
        connection.access_expires_at,
        connection.connected_at,
    )
    return found


async def of_user(cx: Cx, user_id: str, before: str | None, limit: int) -> list[Connection]:
    """The newest first."""
    rows = await cx.fetch(
        """select id, user_id, provider, account, scopes, status, access_token_sealed, refresh_token_sealed,
                  access_expires_at, connected_at
           from connections where user_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3""",
        user_id,
        before,
        limit,
    )
    return [Connection(**dict(row)) for row in rows]


async def usable(cx: Cx, user_id: str, provider: str) -> Connection | None:
    """The connection to use: an active one before others, the newest first."""
    row = await cx.fetchrow(
        """select id, user_id, provider, account, scopes, status, access_token_sealed, refresh_token_sealed,
                  access_expires_at, connected_at
           from connections where user_id = $1 and provider = $2
           order by status = 'active' desc, connected_at desc limit 1""",
        user_id,
        provider,
    )
    return Connection(**dict(row)) if row is not None else None


async def renew(cx: Cx, connection_id: str, access_token_sealed: bytes, expires_at: datetime) -> None:
    """Store a new access token."""
    await cx.execute(
        "update connections set access_token_sealed = $2, access_expires_at = $3, status = 'active' where id = $1",
        connection_id,
        access_token_sealed,
        expires_at,
    )


async def set_status(cx: Cx, connection_id: str, status: Status) -> None:
    """Store whether the connection still works."""
    await cx.execute("update connections set status = $2 where id = $1", connection_id, status)


async def delete(tx: Cx, user_id: str, connection_id: str) -> Connection | None:
    """Delete a connection; None if there is none."""
    row = await tx.fetchrow(
        """delete from connections where id = $1 and user_id = $2
           returning id, user_id, provider, account, scopes, status, access_token_sealed, refresh_token_sealed,
                     access_expires_at, connected_at""",
        connection_id,
        user_id,
    )
    return Connection(**dict(row)) if row is not None else None


async def sweep(cx: Cx, now: datetime) -> None:
    """Delete attempts whose time is over."""
    await cx.execute("delete from connection_attempts where expires_at <= $1", now)
