"""The SQL of organizations and memberships."""

from collections.abc import Sequence
from datetime import datetime

from api.organizations.models import Member, Organization, Seat
from api.organizations.rules import Role, Standing
from kit.database import Connection


async def add(tx: Connection, organization: Organization) -> bool:
    """False when the slug is taken."""
    row = await tx.fetchval(
        """insert into organizations (id, name, slug, description, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $5) on conflict (slug) do nothing returning id""",
        organization.id,
        organization.name,
        organization.slug,
        organization.description,
        organization.created_at,
    )
    return row is not None


async def find(cx: Connection, organization_id: str, user_id: str) -> Organization | None:
    """The organization as its member sees it; None for others."""
    row = await cx.fetchrow(
        """select o.id, o.name, o.slug, o.description, o.created_at, m.role,
                  (select count(*) from organization_members a where a.organization_id = o.id) as members
           from organizations o join organization_members m on m.organization_id = o.id and m.user_id = $2
           where o.id = $1""",
        organization_id,
        user_id,
    )
    return Organization(**dict(row)) if row is not None else None


async def of_user(cx: Connection, user_id: str, only: str | None, before: str | None, limit: int) -> list[Organization]:
    """The user's organizations, the newest first; `only` narrows to one."""
    rows = await cx.fetch(
        """select o.id, o.name, o.slug, o.description, o.created_at, m.role,
                  (select count(*) from organization_members a where a.organization_id = o.id) as members
           from organizations o join organization_members m on m.organization_id = o.id and m.user_id = $1
           where ($2::uuid is null or o.id = $2) and ($3::uuid is null or o.id < $3)
           order by o.id desc limit $4""",
        user_id,
        only,
        before,
        limit,
    )
    return [Organization(**dict(row)) for row in rows]


async def lock(tx: Connection, organization_ids: Sequence[str]) -> None:
    """Lock organizations so that changes of members are serial, always in the order of ids."""
    await tx.execute("select 1 from organizations where id = any($1) order by id for update", organization_ids)


async def update(
    tx: Connection, organization_id: str, name: str, slug: str, description: str | None, now: datetime
) -> bool:
    """False when the slug is taken."""
    row = await tx.fetchval(
        """update organizations o set name = $2, slug = $3, description = $4, updated_at = $5
           where id = $1 and not exists (select 1 from organizations other where other.slug = $3 and other.id <> $1)
           returning id""",
        organization_id,
        name,
        slug,
        description,
        now,
    )
    return row is not None


async def delete(tx: Connection, organization_id: str) -> None:
    """Delete an organization with all that is its own."""
    await tx.execute("delete from organizations where id = $1", organization_id)


async def add_member(tx: Connection, organization_id: str, user_id: str, standing: Standing, now: datetime) -> bool:
    """False when the user belongs to the organization already."""
    row = await tx.fetchval(
        """insert into organization_members (organization_id, user_id, role, team, joined_at, accepted_at)
           values ($1, $2, $3, $4, $5, $5) on conflict do nothing returning user_id""",
        organization_id,
        user_id,
        standing.role,
        standing.team,
        now,
    )
    return row is not None


async def member(cx: Connection, organization_id: str, user_id: str) -> Member | None:
    """A member; None if the user is none."""
    row = await cx.fetchrow(
        """select m.user_id, u.username, u.full_name, m.role, m.team, m.joined_at, m.team_since
           from organization_members m join users u on u.id = m.user_id
           where m.organization_id = $1 and m.user_id = $2""",
        organization_id,
        user_id,
    )
    return Member(**dict(row)) if row is not None else None


async def members(cx: Connection, organization_id: str, after: tuple[datetime, str] | None, limit: int) -> list[Member]:
    """In the order in which they joined."""
    joined_at, user_id = after or (None, None)
    rows = await cx.fetch(
        """select m.user_id, u.username, u.full_name, m.role, m.team, m.joined_at, m.team_since
           from organization_members m join users u on u.id = m.user_id
           where m.organization_id = $1 and ($2::timestamptz is null or (m.joined_at, m.user_id) > ($2, $3::uuid))
           order by m.joined_at, m.user_id limit $4""",
        organization_id,
        joined_at,
        user_id,
        limit,
    )
    return [Member(**dict(row)) for row in rows]


async def learners(
    cx: Connection,
    organization_id: str,
    team: str | None,
    only: Sequence[str] | None,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Member]:
    """Plain members who agreed to belong, in the order in which they joined."""
    joined_at, user_id = after or (None, None)
    rows = await cx.fetch(
        """select m.user_id, u.username, u.full_name, m.role, m.team, m.joined_at, m.team_since
           from organization_members m join users u on u.id = m.user_id
           where m.organization_id = $1 and m.role = 'member' and m.accepted_at is not null
             and ($2::text is null or m.team = $2) and ($3::uuid[] is null or m.user_id = any($3))
             and ($4::timestamptz is null or (m.joined_at, m.user_id) > ($4, $5::uuid))
           order by m.joined_at, m.user_id limit $6""",
        organization_id,
        team,
        only,
        joined_at,
        user_id,
        limit,
    )
    return [Member(**dict(row)) for row in rows]


async def seats(cx: Connection, user_id: str, only: str | None) -> list[Seat]:
    """Where the user is a plain member by consent."""
    rows = await cx.fetch(
        """select o.id as organization_id, o.name as organization_name, m.team
           from organization_members m join organizations o on o.id = m.organization_id
           where m.user_id = $1 and m.role = 'member' and m.accepted_at is not null
             and ($2::uuid is null or o.id = $2)""",
        user_id,
        only,
    )
    return [Seat(**dict(row)) for row in rows]


async def standings(cx: Connection, user_id: str) -> list[tuple[str, Standing]]:
    """Each organization of a user, with their standing there."""
    rows = await cx.fetch("select organization_id, role, team from organization_members where user_id = $1", user_id)
    return [(row["organization_id"], Standing(row["role"], row["team"])) for row in rows]


async def owners(tx: Connection, organization_id: str) -> int:
    """How many owners there are."""
    query = "select count(*) from organization_members where organization_id = $1 and role = 'owner'"
    return int(await tx.fetchval(query, organization_id))


async def set_standing(tx: Connection, organization_id: str, user_id: str, standing: Standing, now: datetime) -> None:
    """Change role and team."""
    await tx.execute(
        """update organization_members set role = $3, team = $4,
               team_since = case when team is distinct from $4 then $5 else team_since end
           where organization_id = $1 and user_id = $2""",
        organization_id,
        user_id,
        standing.role,
        standing.team,
        now,
    )


async def remove_member(tx: Connection, organization_id: str, user_id: str) -> None:
    """End a membership."""
    await tx.execute(
        "delete from organization_members where organization_id = $1 and user_id = $2", organization_id, user_id
    )


async def user_named(cx: Connection, name: str) -> str | None:
    """The user with this id, e-mail address or user name."""
    found: str | None = await cx.fetchval(
        "select id from users where id::text = lower($1) or lower(email) = lower($1) or username = lower($1)", name
    )
    return found


async def member_named(tx: Connection, organization_id: str, name: str) -> bool:
    """Whether this id or user name is a member's. Not an e-mail address, whose owner must not be revealed."""
    query = """select exists (
        select 1 from organization_members m join users u on u.id = m.user_id
        where m.organization_id = $1 and (u.id::text = lower($2) or u.username = lower($2)))"""
    return bool(await tx.fetchval(query, organization_id, name))


async def agree(tx: Connection, organization_id: str, user_id: str, now: datetime) -> bool:
    """Record that a member who was added without consent agrees; False when the user is not a member."""
    row = await tx.fetchval(
        """update organization_members set accepted_at = coalesce(accepted_at, $3)
           where organization_id = $1 and user_id = $2 returning user_id""",
        organization_id,
        user_id,
        now,
    )
    return row is not None


async def lock_user(tx: Connection, user_id: str) -> None:
    """The account is neither changed nor deleted before `tx` ends."""
    await tx.execute("select 1 from users where id = $1 for no key update", user_id)


async def owned_by(tx: Connection, user_id: str) -> list[tuple[str, int, int]]:
    """(organization, its owners, its members) for each organization that the user owns."""
    rows = await tx.fetch(
        """select m.organization_id,
                  count(*) filter (where a.role = 'owner') as owners, count(*) as members
           from organization_members m join organization_members a on a.organization_id = m.organization_id
           where m.user_id = $1 and m.role = 'owner' group by m.organization_id""",
        user_id,
    )
    return [(row["organization_id"], row["owners"], row["members"]) for row in rows]


async def organization_ids(tx: Connection, user_id: str) -> list[str]:
    """Organizations of the user."""
    rows = await tx.fetch("select organization_id from organization_members where user_id = $1", user_id)
    return [row["organization_id"] for row in rows]


async def hold_role(tx: Connection, organization_id: str, user_id: str) -> Role | None:
    """The user's role in the organization; the membership cannot end before `tx` does."""
    found: Role | None = await tx.fetchval(
        """select role from organization_members where organization_id = $1 and user_id = $2 for key share""",
        organization_id,
        user_id,
    )
    return found
