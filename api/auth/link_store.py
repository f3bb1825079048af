"""The SQL of links that stand for a password."""

from datetime import datetime

from api.auth.models import Link, LinkKind
from kit.database import Connection, Record


def _link(row: Record | None) -> Link | None:
    return Link(**dict(row)) if row is not None else None


async def add(tx: Connection, link: Link, token_hash: bytes, created_by: str | None) -> None:
    """Store a link; only the hash of its token."""
    await tx.execute(
        """insert into account_links (token_hash, id, kind, user_id, email, full_name, plan, mailed, created_by,
                                      created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        token_hash,
        link.id,
        link.kind,
        link.user_id,
        link.email,
        link.full_name,
        link.plan,
        link.mailed,
        created_by,
        link.created_at,
        link.expires_at,
    )


async def find(cx: Connection, kind: LinkKind, token_hash: bytes, now: datetime) -> Link | None:
    """The link of this kind with this token, if it has not ended."""
    row = await cx.fetchrow(
        """select id, kind, user_id, email, full_name, plan, mailed, created_at, expires_at from account_links
           where token_hash = $1 and kind = $2 and expires_at > $3""",
        token_hash,
        kind,
        now,
    )
    return _link(row)


async def by_id(cx: Connection, link_id: str, now: datetime) -> Link | None:
    """The link, if it has not ended."""
    row = await cx.fetchrow(
        """select id, kind, user_id, email, full_name, plan, mailed, created_at, expires_at from account_links
           where id = $1 and expires_at > $2""",
        link_id,
        now,
    )
    return _link(row)


async def take(tx: Connection, kind: LinkKind, token_hash: bytes, now: datetime) -> Link | None:
    """The link, which nothing opens any more once `tx` is committed."""
    row = await tx.fetchrow(
        """delete from account_links where token_hash = $1 and kind = $2 and expires_at > $3
           returning id, kind, user_id, email, full_name, plan, mailed, created_at, expires_at""",
        token_hash,
        kind,
        now,
    )
    return _link(row)


async def made_since(cx: Connection, kind: LinkKind, user_id: str, since: datetime) -> int:
    """How many links of the kind were mailed to an account and not used."""
    query = "select count(*) from account_links where kind = $1 and user_id = $2 and mailed and created_at > $3"
    return int(await cx.fetchval(query, kind, user_id, since))


async def invitations(cx: Connection, now: datetime, before: str | None, limit: int) -> list[Link]:
    """Open ones, the newest first."""
    rows = await cx.fetch(
        """select id, kind, user_id, email, full_name, plan, mailed, created_at, expires_at from account_links
           where kind = 'invitation' and expires_at > $1 and ($2::uuid is null or id < $2) order by id desc limit $3""",
        now,
        before,
        limit,
    )
    return [Link(**dict(row)) for row in rows]


async def withdraw(tx: Connection, link_id: str, now: datetime) -> bool:
    """False when there is no such open invitation."""
    query = "delete from account_links where id = $1 and kind = 'invitation' and expires_at > $2 returning id"
    return await tx.fetchval(query, link_id, now) is not None


async def void(tx: Connection, user_id: str, kind: LinkKind | None = None) -> None:
    """All links of an account, or those of a kind, open nothing any more."""
    await tx.execute("delete from account_links where user_id = $1 and ($2::text is null or kind = $2)", user_id, kind)


async def void_made_by(tx: Connection, user_id: str) -> None:
    """What somebody made for others, to hand it over, opens nothing any more."""
    await tx.execute(
        "delete from account_links where created_by = $1 and (user_id is null or user_id <> $1)",
        user_id,
    )


async def sweep(cx: Connection, now: datetime) -> None:
    """Delete links that have ended."""
    await cx.execute("delete from account_links where expires_at <= $1", now)
