"""SQL of jobs, one function for each statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kit.database import Connection
from kit.storable import JsonObject


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it was taken: `holder` is the name under which this node has it."""

    id: str
    kind: str
    owner: str | None
    payload: JsonObject
    attempts: int  # this one included
    outages: int  # of the attempts
    holder: str


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job before it is stored. With `key` only one such job waits; `owner` is whom it serves."""

    kind: str
    payload: JsonObject
    key: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that is due and that no node has taken."""

    id: str
    kind: str
    owner: str | None
    run_at: datetime


async def insert(tx: Connection, job_id: str, job: NewJob, run_at: datetime, now: datetime) -> str | None:
    """The job's id; None when one with this key waits. A job that runs may have read its input already, so it is marked
    to run again."""
    found: str | None = await tx.fetchval(
        """
        insert into jobs as j (id, kind, payload, key, owner, run_at, created_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (kind, key) where key is not null and failed_at is null
        do update set again = true, payload = excluded.payload where j.leased_until is not null
        returning id
        """,
        job_id,
        job.kind,
        job.payload,
        job.key,
        job.owner,
        run_at,
        now,
    )
    return found


async def waiting(cx: Connection, kinds: Sequence[str], now: datetime) -> list[Waiting]:
    """The first job of each owner and kind that may be taken now; every job without an owner counts as its own."""
    rows = await cx.fetch(
        """
        select * from (
          select distinct on (kind, coalesce(owner, id::text)) id, kind, owner, run_at from jobs
          where failed_at is null and run_at <= $2 and kind = any($1) and (leased_until is null or leased_until < $2)
          order by kind, coalesce(owner, id::text), run_at, id
        ) as firsts order by run_at limit 500
        """,
        kinds,
        now,
    )
    return [Waiting(row["id"], row["kind"], row["owner"], row["run_at"]) for row in rows]


async def take(cx: Connection, job: Waiting, holder: str, now: datetime, until: datetime) -> Job | None:
    """None when another node was quicker."""
    row = await cx.fetchrow(
        """
        update jobs set leased_until = $4, holder = $2, attempts = attempts + 1, again = false where id = (
          select id from jobs where id = $1 and failed_at is null and (leased_until is null or leased_until < $3)
          for update skip locked)
        returning id, kind, owner, payload, attempts, outages
        """,
        job.id,
        holder,
        now,
        until,
    )
    if row is None:
        return None
    return Job(**dict(row), holder=holder)


async def renew(cx: Connection, jobs: Sequence[Job], until: datetime) -> set[str]:
    """Renew the leases; returns the holders that still have their jobs."""
    rows = await cx.fetch(
        "update jobs set leased_until = $2 where holder = any($1::uuid[]) returning holder",
        [job.holder for job in jobs],
        until,
    )
    return {row["holder"] for row in rows}


async def done(cx: Connection, job: Job, now: datetime) -> None:
    """Delete it, unless it was wanted again meanwhile or another holder has it."""
    gone = "delete from jobs where id = $1 and holder = $2 and not again returning true"
    if await cx.fetchval(gone, job.id, job.holder):
        return
    await cx.execute(
        """
        update jobs set again = false, attempts = 0, outages = 0, run_at = $3, leased_until = null, holder = null
        where id = $1 and holder = $2
        """,
        job.id,
        job.holder,
        now,
    )


async def goes_on(cx: Connection, job: Job) -> bool:
    """Whether it was enqueued again while it ran, or another holder has it."""
    again = await cx.fetchval("select again from jobs where id = $1 and holder = $2", job.id, job.holder)
    return again is not False


async def failed(
    cx: Connection, job: Job, why: str, now: datetime, retry_at: datetime | None, *, outage: bool = False
) -> None:
    """`retry_at` is None after the last attempt. If it was enqueued again while it ran, it starts again at once, with
    all attempts. An outage does not count as an attempt."""
    await cx.execute(
        """
        update jobs set leased_until = null, holder = null, last_error = $3, again = false,
          attempts = case when again then 0 else attempts end,
          outages = case when again then 0 else outages + $6 end,
          run_at = case when again then $4 else coalesce($5, run_at) end,
          failed_at = case when again or $5::timestamptz is not null then null else $4::timestamptz end
        where id = $1 and holder = $2
        """,
        job.id,
        job.holder,
        why,
        now,
        retry_at,
        int(outage),
    )
