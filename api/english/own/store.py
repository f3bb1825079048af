"""SQL of the modules that teachers made of their own texts."""

from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import datetime

from kit.database import Connection
from kit.storable import JsonObject


@dataclass(frozen=True)
class OwnRow:
    """A module as it is kept: `content` has the shape of the course's, `text` is what it was made of. Without an
    `owner_id` the account of who made it was deleted."""

    id: str
    organization_id: str
    owner_id: str | None
    title: str
    level: str
    text: str
    content: JsonObject
    created_at: datetime


@dataclass(frozen=True)
class Listed:
    """Of a module what a list shows; `tasks` is their number."""

    id: str
    organization_id: str
    owner_id: str | None
    title: str
    level: str
    tasks: int
    created_at: datetime


async def add(tx: Connection, one: OwnRow) -> None:
    """Keep a new one."""
    await tx.execute(
        """
        insert into english_own_modules (id, organization_id, owner_id, title, level, text, content, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        *astuple(one),
    )


async def count(tx: Connection, organization_id: str) -> int:
    """How many an organization keeps."""
    found: int = await tx.fetchval(
        "select count(*) from english_own_modules where organization_id = $1", organization_id
    )
    return found


async def find(cx: Connection, module_id: str) -> OwnRow | None:
    """None for an unknown one."""
    row = await cx.fetchrow(
        """
        select id, organization_id, owner_id, title, level, text, content, created_at from english_own_modules
        where id = $1
        """,
        module_id,
    )
    return OwnRow(*row) if row else None


async def page(cx: Connection, organization_id: str, after: tuple[datetime, str] | None, limit: int) -> list[Listed]:
    """Of an organization, newest first."""
    rows = await cx.fetch(
        """
        select id, organization_id, owner_id, title, level, jsonb_array_length(content->'tasks') as tasks, created_at
        from english_own_modules
        where organization_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3))
        order by created_at desc, id desc limit $4
        """,
        organization_id,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [Listed(*row) for row in rows]


async def sizes(cx: Connection, module_ids: Collection[str]) -> dict[str, int]:
    """How many tasks each of them has."""
    rows = await cx.fetch(
        "select id, jsonb_array_length(content->'tasks') from english_own_modules where id = any($1::text[])",
        list(module_ids),
    )
    return {module_id: tasks for module_id, tasks in rows}


async def contents(cx: Connection, user_id: str, taught: Collection[str], given: Collection[str]) -> list[str]:
    """The content (JSON, not read yet) of those that a user made where they teach, and of those of `given`."""
    rows = await cx.fetch(
        """
        select content::text as content from english_own_modules
        where (owner_id = $1 and organization_id = any($2::uuid[])) or id = any($3::text[])
        """,
        user_id,
        list(taught),
        list(given),
    )
    return [row["content"] for row in rows]


async def delete(tx: Connection, module_id: str) -> None:
    """Nothing happens where there is none."""
    await tx.execute("delete from english_own_modules where id = $1", module_id)
