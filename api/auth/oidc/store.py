"""The SQL of identities at a provider, and of sign-ins that were begun there."""

import hashlib
from datetime import datetime

from api.auth.oidc.models import Attempt, Identity
from kit.database import Connection


async def add_attempt(cx: Connection, state_hash: bytes, attempt: Attempt) -> None:
    await cx.execute(
        "insert into identity_attempts (state_hash, browser_hash, secrets_sealed, expires_at) values ($1, $2, $3, $4)",
        state_hash,
        attempt.browser_hash,
        attempt.secrets_sealed,
        attempt.expires_at,
    )


async def take_attempt(cx: Connection, state_hash: bytes) -> Attempt | None:
    row = await cx.fetchrow(
        "delete from identity_attempts where state_hash = $1 returning browser_hash, secrets_sealed, expires_at",
        state_hash,
    )
    return Attempt(**dict(row)) if row is not None else None


async def lock_subject(tx: Connection, issuer: str, subject: str) -> None:
    """Two who come at once as the same subject come one after the other."""
    digest = hashlib.sha256(f"{issuer}\0{subject}".encode()).digest()
    await tx.execute("select pg_advisory_xact_lock($1)", int.from_bytes(digest[:8], "big", signed=True))


async def owner(tx: Connection, issuer: str, subject: str) -> str | None:
    """The account of somebody at the provider."""
    found: str | None = await tx.fetchval(
        "select user_id from identities where issuer = $1 and subject = $2", issuer, subject
    )
    return found


async def add(tx: Connection, identity: Identity) -> None:
    await tx.execute(
        "insert into identities (issuer, subject, user_id, joined_at, last_used_at) values ($1, $2, $3, $4, $5)",
        identity.issuer,
        identity.subject,
        identity.user_id,
        identity.joined_at,
        identity.last_used_at,
    )


async def use(tx: Connection, issuer: str, subject: str, now: datetime) -> None:
    await tx.execute("update identities set last_used_at = $3 where issuer = $1 and subject = $2", issuer, subject, now)


async def of_users(cx: Connection, user_ids: list[str]) -> list[Identity]:
    """The identities of these accounts, the oldest first."""
    rows = await cx.fetch(
        """select issuer, subject, user_id, joined_at, last_used_at from identities where user_id = any($1::uuid[])
           order by joined_at, issuer""",
        user_ids,
    )
    return [Identity(**dict(row)) for row in rows]


async def sweep(cx: Connection, now: datetime) -> None:
    await cx.execute("delete from identity_attempts where expires_at <= $1", now)
