"""The SQL of invitations by link. Everything but `known`, `page` and `sweep` needs the organization's lock."""

from datetime import datetime

from api.organizations.models import InvitationLink, Place
from api.organizations.rules import Standing
from kit.database import Connection

_SHOWN = """select id, organization_id, organization_name, role, team, invited_by, inviter, created_at, expires_at, used
            from organization_links_shown l"""


async def add(tx: Connection, place: Place, secret_hash: bytes) -> None:
    """Store a link; only the hash of its secret."""
    await tx.execute(
        """insert into organization_links
               (id, organization_id, secret_hash, role, team, invited_by, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        place.id,
        place.organization_id,
        secret_hash,
        place.standing.role,
        place.standing.team,
        place.invited_by,
        place.created_at,
        place.expires_at,
    )


async def running(tx: Connection, organization_id: str, now: datetime) -> int:
    """Links of the organization that have not ended."""
    query = "select count(*) from organization_links where organization_id = $1 and expires_at > $2"
    return int(await tx.fetchval(query, organization_id, now))


async def known(cx: Connection, secret_hash: bytes, now: datetime) -> InvitationLink | None:
    """The link with this secret, if it has not ended."""
    row = await cx.fetchrow(f"{_SHOWN} where l.secret_hash = $1 and l.expires_at > $2", secret_hash, now)
    return InvitationLink(**dict(row)) if row is not None else None


async def find(tx: Connection, organization_id: str, link_id: str, now: datetime) -> InvitationLink | None:
    """The organization's link, if it has not ended."""
    row = await tx.fetchrow(
        f"{_SHOWN} where l.organization_id = $1 and l.id = $2 and l.expires_at > $3", organization_id, link_id, now
    )
    return InvitationLink(**dict(row)) if row is not None else None


async def page(
    cx: Connection, organization_id: str, team: str | None, now: datetime, before: str | None, limit: int
) -> list[InvitationLink]:
    """Newest first; `team` narrows to those for its plain members."""
    rows = await cx.fetch(
        f"""{_SHOWN} where l.organization_id = $1 and l.expires_at > $2 and ($3::uuid is null or l.id < $3)
              and ($4::text is null or (l.team = $4 and l.role = 'member'))
            order by l.id desc limit $5""",
        organization_id,
        now,
        before,
        team,
        limit,
    )
    return [InvitationLink(**dict(row)) for row in rows]


async def by_inviter(tx: Connection, organization_id: str, user_id: str) -> list[tuple[str, Standing]]:
    """(link, what it offers) of one member."""
    rows = await tx.fetch(
        "select id, role, team from organization_links where organization_id = $1 and invited_by = $2",
        organization_id,
        user_id,
    )
    return [(row["id"], Standing(row["role"], row["team"])) for row in rows]


async def delete_sent(tx: Connection, user_id: str) -> None:
    """Delete links by an account, to whatever organization."""
    await tx.execute("delete from organization_links where invited_by = $1", user_id)


async def count_use(tx: Connection, link_id: str) -> None:
    """One more person came by the link."""
    await tx.execute("update organization_links set used = used + 1 where id = $1", link_id)


async def delete(tx: Connection, link_ids: list[str]) -> None:
    """Delete links."""
    await tx.execute("delete from organization_links where id = any($1::uuid[])", link_ids)


async def sweep(cx: Connection, now: datetime) -> None:
    """Delete links that have ended."""
    await cx.execute("delete from organization_links where expires_at <= $1", now)
