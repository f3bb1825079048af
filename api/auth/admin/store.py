"""The SQL of what administrators see of accounts and change on them."""

from datetime import datetime

from api.auth.admin.models import Kind, Person
from api.auth.models import NO_PASSWORD, UNSET_PASSWORD, Plan
from kit.database import Connection

_SHOWN = """
    select u.id, u.email, u.username, u.full_name, u.role, u.plan, u.created_at, u.disabled_at, u.email_verified_at,
           u.password_hash = $1 as is_guest, u.password_hash <> all($2) as has_password,
           (select max(s.last_seen_at) from auth_sessions s where s.user_id = u.id) as last_seen_at
    from users u"""


async def person(cx: Connection, user_id: str) -> Person | None:
    """One account with what administrators see of it."""
    row = await cx.fetchrow(f"{_SHOWN} where u.id = $3", NO_PASSWORD, [NO_PASSWORD, UNSET_PASSWORD], user_id)
    return Person(**dict(row)) if row is not None else None


async def listed(
    cx: Connection, search: str | None, also: list[str], kind: Kind | None, before: str | None, limit: int
) -> list[Person]:
    """The newest first. `search` is part of an address or a name, or an id; accounts in `also` are found anyway."""
    rows = await cx.fetch(
        f"""{_SHOWN}
           where ($3::text is null or u.id::text = $3 or u.id = any($4::uuid[]) or strpos(lower(u.email), $3) > 0
                  or strpos(u.username, $3) > 0 or strpos(lower(coalesce(u.full_name, '')), $3) > 0)
             and case $5::text when 'guest' then u.password_hash = $1 when 'account' then u.password_hash <> $1
                      when 'disabled' then u.disabled_at is not null when 'admin' then u.role = 'admin' else true end
             and ($6::uuid is null or u.id < $6)
           order by u.id desc limit $7""",
        NO_PASSWORD,
        [NO_PASSWORD, UNSET_PASSWORD],
        search.lower() if search else None,
        also,
        kind,
        before,
        limit,
    )
    return [Person(**dict(row)) for row in rows]


async def named(cx: Connection, name: str) -> str | None:
    """The account with this id, e-mail address or user name."""
    found: str | None = await cx.fetchval(
        "select id from users where id::text = lower($1) or lower(email) = lower($1) or username = lower($1)", name
    )
    return found


async def taken(cx: Connection, emails: list[str], usernames: list[str]) -> set[str]:
    """Which of the addresses (in small letters) and names an account has."""
    rows = await cx.fetch(
        """select lower(email) as name from users where lower(email) = any($1)
           union all select username from users where username = any($2)""",
        emails,
        usernames,
    )
    return {row["name"] for row in rows}


async def hold_administrator(tx: Connection, actor_id: str, *others: str) -> bool:
    """Whether the actor is an administrator, until `tx` ends. All accounts are locked, always in the same order: two
    who act on one another do so one after the other."""
    rows = await tx.fetch(
        """select id, role = 'admin' and disabled_at is null as may from users where id = any($1::uuid[])
           order by id for update""",
        [actor_id, *others],
    )
    return any(row["may"] for row in rows if row["id"] == actor_id)


async def set_plan(tx: Connection, user_id: str, plan: Plan, now: datetime) -> None:
    """Change the plan from now on."""
    await tx.execute("update users set plan = $2, updated_at = $3 where id = $1", user_id, plan, now)


async def set_disabled(tx: Connection, user_id: str, at: datetime | None, now: datetime) -> None:
    """Disable from `at`, or enable again with None."""
    await tx.execute("update users set disabled_at = $2, updated_at = $3 where id = $1", user_id, at, now)
