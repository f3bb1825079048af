"""The SQL of failed passwords."""

from datetime import datetime, timedelta

from kit.database import Connection


async def lock_bucket(tx: Connection, bucket: bytes) -> None:
    """Let no other attempt of the same bucket be counted until `tx` ends."""
    number = int.from_bytes(bucket[:8], "big", signed=True)
    await tx.execute("select pg_advisory_xact_lock($1)", number)


async def bucket_free_at(tx: Connection, bucket: bytes, now: datetime, window: timedelta, most: int) -> datetime | None:
    """When a full bucket has room again; None when it has room now."""
    oldest: datetime | None = await tx.fetchval(
        "select at from login_attempts where bucket = $1 and at > $2 order by at desc offset $3 limit 1",
        bucket,
        now - window,
        most - 1,
    )
    return oldest + window if oldest is not None else None


async def add_attempt(tx: Connection, attempt: str, bucket: bytes, account: str | None, now: datetime) -> None:
    """Count an attempt to sign in."""
    await tx.execute(
        "insert into login_attempts (id, bucket, account, at) values ($1, $2, $3, $4)", attempt, bucket, account, now
    )


async def remove_attempt(cx: Connection, attempt: str) -> None:
    """The attempt succeeded and does not count."""
    await cx.execute("delete from login_attempts where id = $1", attempt)


async def forget_account(tx: Connection, account: str) -> int:
    """Forget the failures of an account in every bucket; how many there were."""
    rows = await tx.fetch("delete from login_attempts where account = $1 returning id", account)
    return len({row["id"] for row in rows})


async def forget_bucket(tx: Connection, bucket: bytes) -> int:
    """Forget the failures in one bucket; how many there were."""
    return len(await tx.fetch("delete from login_attempts where bucket = $1 returning id", bucket))


async def sweep(cx: Connection, now: datetime, window: timedelta) -> None:
    """Forget attempts outside the window."""
    await cx.execute("delete from login_attempts where at <= $1", now - window)
