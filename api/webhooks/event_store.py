"""The SQL of events: the outbox, and how it becomes deliveries."""

from collections.abc import Sequence
from datetime import datetime

from api.webhooks.models import Fact
from kit.database import Connection


async def add(tx: Connection, event_id: str, fact: Fact) -> bool:
    """Store a fact if an endpoint wants it now. False when none does, or when it was stored before."""
    found = await tx.fetchval(
        """
        insert into webhook_events (id, type, user_id, audience, endpoint_id, data, at, once)
        select $1, $2, $3, $4, $5, $6, $7, $8
        where $5::uuid is not null or exists (
            select from webhook_endpoints where (user_id = $3 or organization_id = any($4::uuid[]))
                and disabled_at is null and $2 = any(events))
        on conflict (once) where once is not null do nothing
        returning id
        """,
        event_id,
        fact.type,
        fact.user_id,
        fact.audience,
        fact.endpoint_id,
        fact.data,
        fact.at,
        fact.once,
    )
    return found is not None


async def wanting(cx: Connection, event: str) -> list[str]:
    """The users with an endpoint of their own that wants it."""
    rows = await cx.fetch(
        """
        select distinct user_id from webhook_endpoints
        where user_id is not null and disabled_at is null and $1 = any(events)
        """,
        event,
    )
    return [row["user_id"] for row in rows]


async def targets(tx: Connection, event_id: str) -> list[str]:
    """The endpoints that get the event, locked; none when it has become deliveries. An endpoint gets what happened
    since it was made."""
    rows = await tx.fetch(
        """
        select e.id from webhook_events v join webhook_endpoints e
            on case when v.endpoint_id is not null then e.id = v.endpoint_id
                else (e.user_id = v.user_id or e.organization_id = any(v.audience)) and v.type = any(e.events) end
        where v.id = $1 and not v.is_fanned_out and e.disabled_at is null and e.created_at <= v.at
        order by e.id for key share of e
        """,
        event_id,
    )
    return [row["id"] for row in rows]


async def fan_out(tx: Connection, event_id: str, deliveries: Sequence[tuple[str, str]], now: datetime) -> None:
    """Store the (delivery, endpoint) pairs that the event becomes."""
    await tx.execute(
        """
        insert into webhook_deliveries (id, endpoint_id, event_id, status, next_at, created_at)
        select id, endpoint_id, $1, 'waiting', $4, $4 from unnest($2::uuid[], $3::uuid[]) as given (id, endpoint_id)
        """,
        event_id,
        [delivery_id for delivery_id, _ in deliveries],
        [endpoint_id for _, endpoint_id in deliveries],
        now,
    )


async def finish(tx: Connection, event_id: str) -> bool:
    """Mark an event as fanned out. Whether it was not."""
    query = "update webhook_events set is_fanned_out = true where id = $1 and not is_fanned_out returning id"
    return await tx.fetchval(query, event_id) is not None


async def stranded(cx: Connection, before: datetime, limit: int) -> list[str]:
    """Events that should have become deliveries by then."""
    rows = await cx.fetch(
        "select id from webhook_events where not is_fanned_out and at < $1 order by at limit $2", before, limit
    )
    return [row["id"] for row in rows]


async def delete_old(cx: Connection, before: datetime, names_before: datetime) -> None:
    """With their deliveries. The names of events that are sent once are kept until `names_before`."""
    await cx.execute("delete from webhook_events where at < $1 and (once is null or at < $2)", before, names_before)
    await cx.execute(
        """
        delete from webhook_deliveries d using webhook_events v
        where v.id = d.event_id and v.at < $1 and v.once is not null
        """,
        before,
    )
