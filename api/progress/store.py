"""SQL of the XP ledger, the wallet and the streak."""

from collections.abc import Sequence
from datetime import date, datetime

from api.progress.boosters import Booster
from api.progress.models import Grant, Person, Wallet
from api.progress.streaks import ActiveDays
from kit import ids
from kit.database import Connection

_WALLET = """
    select users.id as user_id, users.timezone, xp_total, tokens, booster_percent, booster_ends_at
    from users left join learners on learners.user_id = users.id where users.id = $1
"""
_LOCKED = """
    select users.id as user_id, users.timezone, xp_total, tokens, booster_percent, booster_ends_at
    from learners join users on users.id = learners.user_id where learners.user_id = $1 for update of learners
"""


async def wallet(tx: Connection, user_id: str) -> Wallet | None:
    """The learner's wallet; None before the first XP."""
    row = await tx.fetchrow(_WALLET, user_id)
    return Wallet.from_row(row) if row else None


async def lock(tx: Connection, user_id: str) -> Wallet:
    """The learner's wallet, locked until the transaction ends.

    Every writer of this slice takes this lock first, so that no sum misses a grant and no two writers wait for each
    other in a ring. LookupError for an unknown user.
    """
    row = await tx.fetchrow(_LOCKED, user_id)
    if row is None:
        await tx.execute(
            "insert into learners (user_id) select id from users where id = $1 on conflict do nothing", user_id
        )
        row = await tx.fetchrow(_LOCKED, user_id)
    if row is None:
        raise LookupError(f"no user {user_id}")
    return Wallet.from_row(row)


async def add_grant(tx: Connection, wallet: Wallet, grant: Grant, points: int, day: date) -> bool:
    """Whether the grant is new; a used source key changes nothing. `points` are what it gives."""
    return (
        await tx.fetchval(
            """
            insert into xp_grants (id, user_id, source_key, kind, reason, asked, amount, at, zone, day)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (user_id, source_key) do nothing returning true
            """,
            ids.new_id(),
            wallet.user_id,
            grant.source_key,
            grant.kind,
            grant.reason,
            grant.amount,
            points,
            grant.at,
            wallet.zone,
            day,
        )
        is not None
    )


async def add_to_day(tx: Connection, user_id: str, day: date, amount: int, at: datetime, zone: str) -> None:
    """Add XP to a day."""
    await tx.execute(
        """
        insert into xp_days as d (user_id, day, xp, first_at, last_at, zone) values ($1, $2, $3, $4, $4, $5)
        on conflict (user_id, day) do update set
            xp = d.xp + excluded.xp,
            first_at = least(d.first_at, excluded.first_at),
            last_at = greatest(d.last_at, excluded.last_at),
            zone = case when excluded.last_at >= d.last_at then excluded.zone else d.zone end
        """,
        user_id,
        day,
        amount,
        at,
        zone,
    )


async def add_to_kind(tx: Connection, user_id: str, day: date, kind: str, amount: int) -> None:
    """Add XP to a kind on a day."""
    await tx.execute(
        """
        insert into xp_day_kinds as k (user_id, day, kind, grants, xp) values ($1, $2, $3, 1, $4)
        on conflict (user_id, day, kind) do update set grants = k.grants + 1, xp = k.xp + excluded.xp
        """,
        user_id,
        day,
        kind,
        amount,
    )


async def add_xp(tx: Connection, user_id: str, amount: int) -> int:
    """The new total."""
    total: int = await tx.fetchval(
        "update learners set xp_total = xp_total + $2 where user_id = $1 returning xp_total", user_id, amount
    )
    return total


async def add_tokens(tx: Connection, user_id: str, source_key: str, amount: int, reason: str, at: datetime) -> None:
    """Tokens earned (above 0) or spent (below); a used source key changes nothing."""
    await tx.execute(
        """
        with entry as (
            insert into token_entries (id, user_id, source_key, amount, reason, at) values ($1, $2, $3, $4, $5, $6)
            on conflict (user_id, source_key) do nothing returning amount
        )
        update learners set tokens = tokens + entry.amount from entry where learners.user_id = $2
        """,
        ids.new_id(),
        user_id,
        source_key,
        amount,
        reason,
        at,
    )


async def set_booster(tx: Connection, user_id: str, booster: Booster) -> None:
    """Store the booster that runs."""
    await tx.execute(
        "update learners set booster_percent = $2, booster_ends_at = $3 where user_id = $1",
        user_id,
        booster.percent,
        booster.ends_at,
    )


async def add_freeze(tx: Connection, user_id: str, day: date, at: datetime) -> None:
    """Store a freeze that was bought."""
    await tx.execute(
        "insert into streak_freezes (id, user_id, day, at) values ($1, $2, $3, $4)", ids.new_id(), user_id, day, at
    )


async def bought_freezes(tx: Connection, user_ids: Sequence[str]) -> dict[str, list[date]]:
    """By user, in order."""
    rows = await tx.fetch(
        "select user_id, day from streak_freezes where user_id = any($1::uuid[]) order by day", user_ids
    )
    found: dict[str, list[date]] = {user_id: [] for user_id in user_ids}
    for row in rows:
        found[row["user_id"]].append(row["day"])
    return found


async def active_days(tx: Connection, user_ids: Sequence[str]) -> dict[str, list[ActiveDays]]:
    """By user all days with XP, those that follow each other as one row: years of learning are a few dozen rows."""
    rows = await tx.fetch(
        """
        with marked as (
            select *,
                day - lag(day) over w is distinct from 1 as opens,
                lead(day) over w - day is distinct from 1 as closes
            from xp_days where user_id = any($1::uuid[]) window w as (partition by user_id order by day)
        ),
        edges as (
            select user_id, opens, closes, day, first_at,
                case when closes then day else lead(day) over w end as last,
                case when closes then last_at else lead(last_at) over w end as last_at,
                case when closes then zone else lead(zone) over w end as zone
            from marked where opens or closes window w as (partition by user_id order by day)
        )
        select user_id, day, last, first_at, last_at, zone from edges where opens order by user_id, day
        """,
        user_ids,
    )
    found: dict[str, list[ActiveDays]] = {user_id: [] for user_id in user_ids}
    for user_id, *rest in rows:
        found[user_id].append(ActiveDays(*rest))
    return found


async def time_zones(tx: Connection, user_ids: Sequence[str]) -> dict[str, str]:
    """By user."""
    rows = await tx.fetch("select id, timezone from users where id = any($1::uuid[])", user_ids)
    return {row["id"]: row["timezone"] for row in rows}


async def xp_by_day(tx: Connection, user_id: str, first: date, last: date) -> dict[date, int]:
    """XP by day."""
    rows = await tx.fetch(
        "select day, xp from xp_days where user_id = $1 and day between $2 and $3", user_id, first, last
    )
    return {row["day"]: row["xp"] for row in rows}


async def kinds_of_day(tx: Connection, user_id: str, day: date) -> dict[str, tuple[int, int]]:
    """Grants and XP by kind."""
    rows = await tx.fetch("select kind, grants, xp from xp_day_kinds where user_id = $1 and day = $2", user_id, day)
    return {row["kind"]: (row["grants"], row["xp"]) for row in rows}


async def person(tx: Connection, username: str) -> Person | None:
    """A learner as others see them."""
    row = await tx.fetchrow(
        "select id, username, nickname, avatar_url, timezone, created_at from users where username = $1", username
    )
    return Person(*row) if row else None
