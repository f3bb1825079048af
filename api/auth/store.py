"""The SQL of accounts."""

from datetime import datetime

import asyncpg

from api.auth.models import NO_PASSWORD, UNSET_PASSWORD, Role, User
from kit.database import Connection, Record


def _user(row: Record | None) -> User | None:
    return User(**dict(row)) if row is not None else None


async def add_user(tx: Connection, user: User, password_hash: str) -> bool:
    """False when the e-mail address or the name is taken."""
    row = await tx.fetchval(
        """insert into users (id, email, username, password_hash, full_name, timezone, native_language, role, plan,
                              created_at, updated_at, email_verified_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11) on conflict do nothing returning id""",
        user.id,
        user.email,
        user.username,
        password_hash,
        user.full_name,
        user.timezone,
        user.native_language,
        user.role,
        user.plan,
        user.created_at,
        user.email_verified_at,
    )
    return row is not None


async def email_taken(tx: Connection, email: str) -> bool:
    """Whether an account has the address, in any spelling of upper and lower case."""
    return bool(await tx.fetchval("select exists (select 1 from users where lower(email) = lower($1))", email))


_USER = """select id, email, username, full_name, nickname, avatar_url, timezone, native_language, cefr_level, role,
                  plan, created_at, password_hash = $2 as is_guest, disabled_at, email_verified_at,
                  password_hash <> all($3) as has_password
           from users where id = $1"""


async def user(cx: Connection, user_id: str) -> User | None:
    """The account; None if there is none."""
    row = await cx.fetchrow(_USER, user_id, NO_PASSWORD, [NO_PASSWORD, UNSET_PASSWORD])
    return _user(row)


async def lock_user(tx: Connection, user_id: str) -> User | None:
    """The account, locked until `tx` ends."""
    row = await tx.fetchrow(f"{_USER} for update", user_id, NO_PASSWORD, [NO_PASSWORD, UNSET_PASSWORD])
    return _user(row)


async def lock_user_with(tx: Connection, email: str) -> User | None:
    """The account with this e-mail address, locked until `tx` ends."""
    found = await tx.fetchval("select id from users where lower(email) = lower($1)", email)
    user = await lock_user(tx, found) if found is not None else None
    return user if user is not None and user.email.lower() == email.lower() else None


async def claim_user(tx: Connection, user: User, password_hash: str, now: datetime) -> bool:
    """Give a guest an address and a password. False when the address or the name belongs to somebody else."""
    try:
        async with tx.transaction():
            await tx.execute(
                """update users set email = $2, username = $3, full_name = $4, password_hash = $5, updated_at = $6
                   where id = $1""",
                user.id,
                user.email,
                user.username,
                user.full_name,
                password_hash,
                now,
            )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def credentials(cx: Connection, name: str) -> tuple[str, str] | None:
    """(user id, password hash) of the account with this e-mail address or user name."""
    row = await cx.fetchrow(
        "select id, password_hash from users where lower(email) = lower($1) or username = lower($1)", name
    )
    return (row["id"], row["password_hash"]) if row is not None else None


async def password_hash(cx: Connection, user_id: str) -> str | None:
    """The hash of the password; None if there is no account."""
    found: str | None = await cx.fetchval("select password_hash from users where id = $1", user_id)
    return found


async def lock_password(tx: Connection, user_id: str) -> str | None:
    """The password's hash, locked until `tx` ends; None when the account is gone."""
    query = "select password_hash from users where id = $1 for no key update"
    found: str | None = await tx.fetchval(query, user_id)
    return found


async def disabled(cx: Connection, user_ids: list[str]) -> set[str]:
    """Those of the accounts that are disabled."""
    rows = await cx.fetch("select id from users where id = any($1::uuid[]) and disabled_at is not null", user_ids)
    return {row["id"] for row in rows}


async def update_user(tx: Connection, user: User, now: datetime) -> None:
    """Store what the owner may change."""
    await tx.execute(
        """update users set full_name = $2, nickname = $3, avatar_url = $4, timezone = $5, native_language = $6,
                            updated_at = $7
           where id = $1""",
        user.id,
        user.full_name,
        user.nickname,
        user.avatar_url,
        user.timezone,
        user.native_language,
        now,
    )


async def set_password(tx: Connection, user_id: str, password_hash: str, now: datetime) -> None:
    """Store a new password's hash."""
    await tx.execute("update users set password_hash = $2, updated_at = $3 where id = $1", user_id, password_hash, now)


async def set_verified(tx: Connection, user_id: str, email: str, now: datetime) -> bool:
    """The address was proved. False when the account has another one by now."""
    row = await tx.fetchval(
        """update users set email_verified_at = coalesce(email_verified_at, $3), updated_at = $3
           where id = $1 and lower(email) = lower($2) returning id""",
        user_id,
        email,
        now,
    )
    return row is not None


async def set_role(tx: Connection, email: str, role: Role, now: datetime) -> str | None:
    """The id of the user, or None when no account has this address."""
    found: str | None = await tx.fetchval(
        "update users set role = $2, updated_at = $3 where lower(email) = lower($1) returning id", email, role, now
    )
    return found


async def delete_user(tx: Connection, user_id: str) -> None:
    """Delete the account and everything that hangs on it."""
    await tx.execute("delete from users where id = $1", user_id)
