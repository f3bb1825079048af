"""The SQL of endpoints."""

from datetime import datetime

from api.webhooks.models import DisabledReason, Endpoint
from kit.database import Connection, Record

_ENDPOINT = """
    select id, user_id, organization_id, url, description, events, previous_until, failing_since, disabled_at,
        disabled_reason, created_at
    from webhook_endpoints
"""


async def hold_owner(tx: Connection, owner: str) -> None:
    """One change of an owner's endpoints at a time, so that they can be counted."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('webhooks:' || $1, 0))", owner)


async def count(tx: Connection, owner: str) -> int:
    """Endpoints of the owner."""
    query = "select count(*) from webhook_endpoints where user_id = $1::uuid or organization_id = $1::uuid"
    return int(await tx.fetchval(query, owner))


async def add(tx: Connection, one: Endpoint, created_by: str, secret_sealed: bytes) -> None:
    """Store an endpoint with its sealed secret."""
    await tx.execute(
        """
        insert into webhook_endpoints
            (id, user_id, organization_id, created_by, url, description, events, secret_sealed, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        one.id,
        one.user_id,
        one.organization_id,
        created_by,
        one.url,
        one.description,
        one.events,
        secret_sealed,
        one.created_at,
    )


async def find(cx: Connection, endpoint_id: str) -> Endpoint | None:
    """The endpoint; None if there is none."""
    return _endpoint(await cx.fetchrow(_ENDPOINT + "where id = $1", endpoint_id))


async def lock(tx: Connection, endpoint_id: str) -> Endpoint | None:
    """Every transaction that writes deliveries of an endpoint locks the endpoint first."""
    return _endpoint(await tx.fetchrow(_ENDPOINT + "where id = $1 for no key update", endpoint_id))


async def page(cx: Connection, owner: str, before: str | None, limit: int) -> list[Endpoint]:
    """Those of a person or an organization, the newest first."""
    rows = await cx.fetch(
        _ENDPOINT
        + """
        where (user_id = $1::uuid or organization_id = $1::uuid) and ($2::uuid is null or id < $2)
        order by id desc limit $3
        """,
        owner,
        before,
        limit,
    )
    return [Endpoint(**dict(row)) for row in rows]


async def update(tx: Connection, endpoint_id: str, url: str, description: str, events: list[str]) -> None:
    """Change address, description and events."""
    await tx.execute(
        "update webhook_endpoints set url = $2, description = $3, events = $4 where id = $1",
        endpoint_id,
        url,
        description,
        events,
    )


async def disable(tx: Connection, endpoint_id: str, reason: DisabledReason, at: datetime) -> None:
    """Send nothing more, and say why."""
    await tx.execute(
        """
        update webhook_endpoints set disabled_at = $3, disabled_reason = $2
        where id = $1 and disabled_at is null
        """,
        endpoint_id,
        reason,
        at,
    )


async def enable(tx: Connection, endpoint_id: str) -> None:
    """Send again."""
    await tx.execute(
        "update webhook_endpoints set disabled_at = null, disabled_reason = null, failing_since = null where id = $1",
        endpoint_id,
    )


async def rotate(tx: Connection, endpoint_id: str, secret_sealed: bytes, previous_until: datetime) -> None:
    """Replace the secret; the old one signs too until a time."""
    await tx.execute(
        """
        update webhook_endpoints
        set previous_secret_sealed = secret_sealed, previous_until = $3, secret_sealed = $2 where id = $1
        """,
        endpoint_id,
        secret_sealed,
        previous_until,
    )


async def delete(tx: Connection, endpoint_id: str) -> None:
    """Delete an endpoint with its deliveries."""
    await tx.execute("delete from webhook_endpoints where id = $1", endpoint_id)


async def note_success(tx: Connection, endpoint_id: str) -> None:
    """It answers: earlier failures no longer count."""
    await tx.execute(
        "update webhook_endpoints set failing_since = null where id = $1 and failing_since is not null", endpoint_id
    )


async def note_failure(tx: Connection, endpoint_id: str, at: datetime) -> None:
    """It fails since `at`, unless it failed before."""
    await tx.execute(
        "update webhook_endpoints set failing_since = coalesce(failing_since, $2) where id = $1", endpoint_id, at
    )


async def forget_old_secrets(cx: Connection, now: datetime) -> None:
    """Delete secrets that no longer sign."""
    await cx.execute(
        """
        update webhook_endpoints set previous_secret_sealed = null, previous_until = null
        where previous_until <= $1
        """,
        now,
    )


def _endpoint(row: Record | None) -> Endpoint | None:
    return Endpoint(**dict(row)) if row is not None else None
