"""The SQL of invitations. Everything but `mine`, `sweep` and `forget` needs the organization's lock."""

from datetime import datetime

from api.organizations.models import Invitation, Place
from api.organizations.rules import Standing
from kit.database import Connection, Record


def _invitation(row: Record) -> Invitation:
    return Invitation(**dict(row))


async def created_here(tx: Connection, organization_id: str, addressee: str) -> str | None:
    """The account that this organization itself created, a learner of its own site, if that is who is meant."""
    found: str | None = await tx.fetchval(
        """select u.id from integration_subjects s join users u on u.id = s.user_id
           where s.organization_id = $1
             and (u.id::text = $2 or lower(u.email) = lower($2) or u.username = lower($2))""",
        organization_id,
        addressee,
    )
    return found


async def add(tx: Connection, place: Place, *, addressee: str, user_id: str | None, moves_from: str | None) -> bool:
    """False when the addressee has an open invitation."""
    await tx.execute(
        "delete from organization_invitations where organization_id = $1 and addressee = $2 and expires_at <= $3",
        place.organization_id,
        addressee,
        place.created_at,
    )
    row = await tx.fetchval(
        """insert into organization_invitations
               (id, organization_id, addressee, user_id, role, team, moves_from, invited_by, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id""",
        place.id,
        place.organization_id,
        addressee,
        user_id,
        place.standing.role,
        place.standing.team,
        moves_from,
        place.invited_by,
        place.created_at,
        place.expires_at,
    )
    return row is not None


async def running(tx: Connection, organization_id: str, now: datetime) -> int:
    """The number of open invitations."""
    query = "select count(*) from organization_invitations where organization_id = $1 and expires_at > $2"
    return int(await tx.fetchval(query, organization_id, now))


async def find(cx: Connection, invitation_id: str, now: datetime) -> Invitation | None:
    """An open invitation; also a declined one, as its inviter sees it."""
    row = await cx.fetchrow("select * from invitations_shown where id = $1 and expires_at > $2", invitation_id, now)
    return _invitation(row) if row is not None else None


async def of_organization(
    cx: Connection, organization_id: str, team: str | None, now: datetime, before: str | None, limit: int
) -> list[Invitation]:
    """Open invitations, newest first; whether one was declined does not show. `team` narrows to its plain members."""
    rows = await cx.fetch(
        """select * from invitations_shown i
            where i.organization_id = $1 and i.expires_at > $2 and ($3::uuid is null or i.id < $3)
              and ($4::text is null or (i.team = $4 and i.role = 'member'))
            order by i.id desc limit $5""",
        organization_id,
        now,
        before,
        team,
        limit,
    )
    return [_invitation(row) for row in rows]


async def mine(
    cx: Connection, user_id: str, now: datetime, only: str | None, before: str | None, limit: int
) -> list[Invitation]:
    """What the user may accept or decline, the newest first. Nothing of an organization that they belong to, or whose
    invitation they declined as long as that one runs; `only` narrows to one invitation."""
    rows = await cx.fetch(
        """select * from invitations_shown i
            where i.user_id = $1 and i.expires_at > $2 and ($3::uuid is null or i.id = $3)
              and ($4::uuid is null or i.id < $4)
              and not exists (
                  select 1 from organization_members m where m.organization_id = i.organization_id and m.user_id = $1
                     and m.accepted_at is not null)
              and not exists (
                  select 1 from organization_invitations d where d.organization_id = i.organization_id
                     and d.user_id = $1 and d.expires_at > $2 and d.declined_at is not null)
            order by i.id desc limit $5""",
        user_id,
        now,
        only,
        before,
        limit,
    )
    return [_invitation(row) for row in rows]


async def by_inviter(tx: Connection, organization_id: str, user_id: str) -> list[tuple[str, Standing]]:
    """(invitation, what it offers) of one member."""
    rows = await tx.fetch(
        "select id, role, team from organization_invitations where organization_id = $1 and invited_by = $2",
        organization_id,
        user_id,
    )
    return [(row["id"], Standing(row["role"], row["team"])) for row in rows]


async def decline(tx: Connection, organization_id: str, user_id: str, invitation_id: str, now: datetime) -> None:
    """Other invitations of the organization reach the user no longer either."""
    await tx.execute("update organization_invitations set declined_at = $2 where id = $1", invitation_id, now)
    await tx.execute(
        "update organization_invitations set user_id = null where organization_id = $1 and user_id = $2 and id <> $3",
        organization_id,
        user_id,
        invitation_id,
    )


async def delete(tx: Connection, invitation_ids: list[str]) -> None:
    """Delete invitations."""
    await tx.execute("delete from organization_invitations where id = any($1::uuid[])", invitation_ids)


async def void(tx: Connection, organization_id: str, user_id: str) -> None:
    """When a member is removed, older invitations must not bring them back. One to an e-mail address stays visible: its
    disappearance would reveal whose address it is."""
    await tx.execute(
        """delete from organization_invitations i using users u
           where u.id = $2 and i.organization_id = $1 and i.addressee in (u.id::text, u.username)""",
        organization_id,
        user_id,
    )
    await tx.execute(
        "update organization_invitations set user_id = null where organization_id = $1 and user_id = $2",
        organization_id,
        user_id,
    )


async def forget(tx: Connection, user_id: str) -> None:
    """Delete invitations to a deleted account, also those sent to its names before it had them."""
    await tx.execute(
        """delete from organization_invitations i using users u
           where u.id = $1 and i.addressee in (u.id::text, u.username, lower(u.email))""",
        user_id,
    )


async def delete_sent(tx: Connection, user_id: str) -> None:
    """Delete invitations by an account, to whatever organization."""
    await tx.execute("delete from organization_invitations where invited_by = $1", user_id)


async def sweep(cx: Connection, now: datetime) -> None:
    """Delete invitations that have ended."""
    await cx.execute("delete from organization_invitations where expires_at <= $1", now)
