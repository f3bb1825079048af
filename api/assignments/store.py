"""The SQL of assignments."""

from collections.abc import Sequence
from datetime import datetime

from api.assignments.models import Assignment, Audience, Work
from kit.database import Connection, Record

_ALL = """
    select a.*, case when a.audience = 'members' then
        (select count(*) from assignment_members m where m.assignment_id = a.id) end as members
    from assignments a
"""


async def add(tx: Connection, one: Assignment) -> None:
    """Store an assignment with the members it names."""
    await tx.execute(
        """
        insert into assignments
            (id, organization_id, module_id, title, text, audience, team, due_at, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        one.id,
        one.organization_id,
        one.work.module_id,
        one.work.title,
        one.work.text,
        one.audience.whom,
        one.audience.team,
        one.due_at,
        one.created_by,
        one.created_at,
    )
    await tx.execute(
        """
        insert into assignment_members (assignment_id, organization_id, user_id)
        select $1, $2, user_id from unnest($3::uuid[]) as named (user_id)
        """,
        one.id,
        one.organization_id,
        one.audience.user_ids,
    )


async def count(tx: Connection, organization_id: str) -> int:
    """Assignments of the organization."""
    return int(await tx.fetchval("select count(*) from assignments where organization_id = $1", organization_id))


async def find(cx: Connection, organization_id: str, assignment_id: str, team: str | None) -> Assignment | None:
    """`team` narrows to what is that team's."""
    row = await cx.fetchrow(
        _ALL + "where a.organization_id = $1 and a.id = $2 and ($3::text is null or a.team = $3)",
        organization_id,
        assignment_id,
        team,
    )
    return _assignment(row) if row else None


async def page(
    cx: Connection, organization_id: str, team: str | None, before: str | None, limit: int
) -> list[Assignment]:
    """Newest first."""
    rows = await cx.fetch(
        _ALL
        + """
        where a.organization_id = $1 and ($2::text is null or a.team = $2) and ($3::uuid is null or a.id < $3)
        order by a.id desc limit $4
        """,
        organization_id,
        team,
        before,
        limit,
    )
    return [_assignment(row) for row in rows]


async def named(cx: Connection, assignment_id: str) -> list[str]:
    """Ids of the members whom the assignment names."""
    rows = await cx.fetch("select user_id from assignment_members where assignment_id = $1", assignment_id)
    return [row["user_id"] for row in rows]


async def set_due(tx: Connection, assignment_id: str, due_at: datetime) -> None:
    """Another day is announced as well."""
    await tx.execute(
        """
        update assignments set due_at = $2, announced_at = case when due_at = $2 then announced_at end where id = $1
        """,
        assignment_id,
        due_at,
    )


async def unannounced(cx: Connection, now: datetime, limit: int) -> list[Assignment]:
    """Those whose time is up and that were not announced, the first due first."""
    rows = await cx.fetch(
        _ALL + "where a.announced_at is null and a.due_at <= $1 order by a.due_at, a.id limit $2", now, limit
    )
    return [_assignment(row) for row in rows]


async def announced(tx: Connection, assignment_id: str, due_at: datetime, now: datetime) -> None:
    """Its day was announced, unless the day was moved meanwhile."""
    await tx.execute(
        "update assignments set announced_at = $3 where id = $1 and due_at = $2", assignment_id, due_at, now
    )


async def delete(tx: Connection, assignment_id: str) -> None:
    """Delete an assignment; what learners did stays."""
    await tx.execute("delete from assignments where id = $1", assignment_id)


async def given_to(
    cx: Connection,
    user_id: str,
    seats: Sequence[tuple[str, str | None]],
    since: datetime | None,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Assignment]:
    """What a learner with these (organization, team) places has to do, the soonest first; `since` leaves out what was
    due before."""
    due_at, id_ = after or (None, None)
    rows = await cx.fetch(
        _ALL
        + """
        join unnest($2::uuid[], $3::text[]) as seat (organization_id, team) using (organization_id)
        where (a.team is null or a.team = seat.team) and (a.audience <> 'members'
                or exists (select from assignment_members m where m.assignment_id = a.id and m.user_id = $1))
            and ($4::timestamptz is null or a.due_at >= $4)
            and ($5::timestamptz is null or (a.due_at, a.id) > ($5, $6::uuid))
        order by a.due_at, a.id limit $7
        """,
        user_id,
        [organization_id for organization_id, _ in seats],
        [team for _, team in seats],
        since,
        due_at,
        id_,
        limit,
    )
    return [_assignment(row) for row in rows]


async def modules_given(cx: Connection, user_id: str, seats: Sequence[tuple[str, str | None]]) -> dict[str, datetime]:
    """The modules that a learner with these (organization, team) places has to do, with the earliest due date."""
    rows = await cx.fetch(
        """
        select a.module_id, min(a.due_at) from assignments a
        join unnest($2::uuid[], $3::text[]) as seat (organization_id, team) using (organization_id)
        where a.module_id is not null
            and (a.team is null or a.team = seat.team) and (a.audience <> 'members'
                or exists (select from assignment_members m where m.assignment_id = a.id and m.user_id = $1))
        group by a.module_id
        """,
        user_id,
        [organization_id for organization_id, _ in seats],
        [team for _, team in seats],
    )
    return {module_id: due_at for module_id, due_at in rows}


def _assignment(row: Record) -> Assignment:
    return Assignment(
        id=row["id"],
        organization_id=row["organization_id"],
        work=Work(row["module_id"], row["title"], row["text"]),
        audience=Audience(row["audience"], row["team"]),
        members=row["members"],
        due_at=row["due_at"],
        created_by=row["created_by"],
        created_at=row["created_at"],
    )
