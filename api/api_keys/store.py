"""The SQL of API keys."""

from datetime import datetime

from api.api_keys.models import ApiKey, KnownKey
from kit.database import Connection


async def add(tx: Connection, key: ApiKey, key_hash: bytes) -> None:
    """Store a key; only its hash, never the key."""
    await tx.execute(
        """insert into api_keys (id, user_id, organization_id, name, prefix, key_hash, scopes, allowed_ips, expires_at,
                                 created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        key.id,
        key.user_id,
        key.organization_id,
        key.name,
        key.prefix,
        key_hash,
        key.scopes,
        key.allowed_ips,
        key.expires_at,
        key.created_at,
    )


async def of_user(cx: Connection, user_id: str, before: str | None, limit: int) -> list[ApiKey]:
    """The newest first."""
    rows = await cx.fetch(
        """select id, user_id, organization_id, name, prefix, scopes, allowed_ips, expires_at, last_used_at, created_at
           from api_keys where user_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3""",
        user_id,
        before,
        limit,
    )
    return [ApiKey(**dict(row)) for row in rows]


async def find(cx: Connection, key_hash: bytes) -> KnownKey | None:
    """The key with this hash, and the present role of its creator."""
    row = await cx.fetchrow(
        """select k.id, k.user_id, k.organization_id, k.name, k.prefix, k.scopes, k.allowed_ips, k.expires_at,
                  k.last_used_at, k.created_at, u.role as creator_role
           from api_keys k join users u on u.id = k.user_id where k.key_hash = $1""",
        key_hash,
    )
    if row is None:
        return None
    fields = dict(row)
    role = fields.pop("creator_role")
    return KnownKey(ApiKey(**fields), role)


async def existing(cx: Connection, key_ids: list[str]) -> set[str]:
    """Those of the ids that are still there."""
    rows = await cx.fetch("select id from api_keys where id = any($1::uuid[])", key_ids)
    return {row["id"] for row in rows}


async def note_use(cx: Connection, key_id: str, now: datetime) -> None:
    """The key was used just now."""
    await cx.execute("update api_keys set last_used_at = $2 where id = $1", key_id, now)


async def delete(tx: Connection, user_id: str, key_id: str) -> ApiKey | None:
    """The key that was deleted, if the user had it."""
    row = await tx.fetchrow(
        """delete from api_keys where id = $1 and user_id = $2
           returning id, user_id, organization_id, name, prefix, scopes, allowed_ips, expires_at, last_used_at,
                     created_at""",
        key_id,
        user_id,
    )
    return ApiKey(**dict(row)) if row is not None else None


async def hold(tx: Connection, key_id: str) -> bool:
    """Lock the key against deletion; False if it is gone."""
    return await tx.fetchval("select id from api_keys where id = $1 for key share", key_id) is not None
