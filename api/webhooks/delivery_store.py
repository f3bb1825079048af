"""The SQL of deliveries and of their log."""

from collections.abc import Sequence
from datetime import datetime

from api.webhooks.models import Attempt, Delivery, DeliveryStatus, Outcome, Parcel, Selection
from kit import ids
from kit.database import Connection

_DELIVERY = """
    select d.id, d.event_id, v.type, d.status, d.next_at, d.created_at, d.delivered_at, last.status as response_status,
        last.problem, last.latency_ms,
        (select count(*) from webhook_attempts a where a.delivery_id = d.id) as attempts
    from webhook_deliveries d join webhook_events v on v.id = d.event_id
    left join lateral (
        select status, problem, latency_ms from webhook_attempts a where a.delivery_id = d.id order by id desc limit 1
    ) last on true
"""


_PARCEL = """
    select d.id as delivery_id, e.id as endpoint_id, e.organization_id, e.url, e.secret_sealed,
        e.previous_secret_sealed, e.previous_until, e.disabled_at is not null as is_disabled, d.failures,
        v.id as event_id, v.type, v.user_id, v.data, v.at
    from webhook_deliveries d
    join webhook_endpoints e on e.id = d.endpoint_id join webhook_events v on v.id = d.event_id
"""


async def parcel(cx: Connection, delivery_id: str, turn: int) -> Parcel | None:
    """None when it is gone, or not to be sent in this turn any more."""
    row = await cx.fetchrow(_PARCEL + "where d.id = $1 and d.turn = $2 and d.status = 'waiting'", delivery_id, turn)
    return Parcel(**dict(row)) if row is not None else None


async def shown(cx: Connection, endpoint_id: str, delivery_id: str) -> Parcel | None:
    """A delivery with its event."""
    row = await cx.fetchrow(_PARCEL + "where d.id = $1 and e.id = $2", delivery_id, endpoint_id)
    return Parcel(**dict(row)) if row is not None else None


async def page(
    cx: Connection, endpoint_id: str, status: DeliveryStatus | None, before: str | None, limit: int
) -> list[Delivery]:
    """The newest first."""
    rows = await cx.fetch(
        _DELIVERY
        + """
        where d.endpoint_id = $1 and ($2::text is null or d.status = $2) and ($3::uuid is null or d.id < $3)
        order by d.id desc limit $4
        """,
        endpoint_id,
        status,
        before,
        limit,
    )
    return [Delivery(**dict(row)) for row in rows]


async def find(cx: Connection, endpoint_id: str, delivery_id: str) -> Delivery | None:
    """A delivery; None if there is none."""
    row = await cx.fetchrow(_DELIVERY + "where d.endpoint_id = $1 and d.id = $2", endpoint_id, delivery_id)
    return Delivery(**dict(row)) if row is not None else None


async def attempts(cx: Connection, delivery_id: str, limit: int) -> list[Attempt]:
    """The newest first."""
    rows = await cx.fetch(
        """
        select at, status as response_status, problem, latency_ms from webhook_attempts
        where delivery_id = $1 order by id desc limit $2
        """,
        delivery_id,
        limit,
    )
    return [Attempt(**dict(row)) for row in rows]


async def types(cx: Connection, endpoint_id: str) -> list[str]:
    """The events that its deliveries are of."""
    rows = await cx.fetch(
        """
        select distinct v.type from webhook_deliveries d join webhook_events v on v.id = d.event_id
        where d.endpoint_id = $1
        """,
        endpoint_id,
    )
    return [row["type"] for row in rows]


async def note(tx: Connection, delivery_id: str, outcome: Outcome) -> None:
    """Log a try, unless the delivery went with the account that it is about."""
    await tx.execute(
        """
        insert into webhook_attempts (id, delivery_id, at, status, problem, latency_ms)
        select $1, id, $3, $4, $5, $6 from webhook_deliveries where id = $2 for key share
        """,
        ids.new_id(),
        delivery_id,
        outcome.at,
        outcome.status,
        outcome.problem,
        outcome.latency_ms,
    )


async def settle(tx: Connection, delivery_id: str, turn: int, status: DeliveryStatus, at: datetime) -> bool:
    """Whether this turn still counts."""
    found = await tx.fetchval(
        """
        update webhook_deliveries set status = $3, next_at = null, turn = turn + 1,
            delivered_at = case when $3 = 'delivered' then $4::timestamptz end
        where id = $1 and turn = $2 and status = 'waiting' returning id
        """,
        delivery_id,
        turn,
        status,
        at,
    )
    return found is not None


async def postpone(tx: Connection, delivery_id: str, turn: int, next_at: datetime) -> bool:
    """The next turn comes after a failure. Whether this turn still counts."""
    found = await tx.fetchval(
        """
        update webhook_deliveries set failures = failures + 1, turn = turn + 1, next_at = $3
        where id = $1 and turn = $2 and status = 'waiting' returning id
        """,
        delivery_id,
        turn,
        next_at,
    )
    return found is not None


async def replay(
    tx: Connection, endpoint_id: str, wanted: Selection, now: datetime, limit: int
) -> list[tuple[str, int]]:
    """Plan them again from the beginning, the oldest first: (delivery, its turn now)."""
    rows = await tx.fetch(
        """
        with planned as (
            update webhook_deliveries set status = 'waiting', failures = 0, turn = turn + 1, next_at = $2,
                delivered_at = null
            where id in (
                select id from webhook_deliveries where endpoint_id = $1 and ($4::uuid is null or id = $4)
                    and ($5::text is null or status = $5) and ($6::timestamptz is null or created_at >= $6)
                    and ($7::timestamptz is null or created_at < $7)
                order by id limit $3)
            returning id, turn)
        select id, turn from planned order by id  -- rows come back as they lie in the table
        """,
        endpoint_id,
        now,
        limit,
        wanted.only,
        wanted.status,
        wanted.since,
        wanted.until,
    )
    return [(row["id"], row["turn"]) for row in rows]


async def stranded(cx: Connection, before: datetime, limit: int) -> Sequence[tuple[str, int, str]]:
    """(delivery, turn, endpoint) of those that should have been sent by then."""
    rows = await cx.fetch(
        """
        select id, turn, endpoint_id from webhook_deliveries where status = 'waiting' and next_at < $1
        order by next_at limit $2
        """,
        before,
        limit,
    )
    return [(row["id"], row["turn"], row["endpoint_id"]) for row in rows]
