"""SQL of search."""

from collections.abc import Sequence
from datetime import datetime

from api.search.models import Entry, Hit, Kind, Scope, Text
from kit.database import Connection, Record

_NEWEST_LOOKED_AT = 400


async def find(cx: Connection, owner_id: str, kinds: Sequence[Kind], tsquery: str, plain: str, limit: int) -> list[Hit]:
    """The best of the newest rows of each kind that match, `limit` of a kind at most."""
    rows = await cx.fetch(
        """
        select kind, id, score from search_find(
            $1, $2, to_tsquery('parley', $3) || plainto_tsquery('parley', $4), $5, $6
        )
        """,
        owner_id,
        list(kinds),
        tsquery,
        plain,
        _NEWEST_LOOKED_AT,
        limit,
    )
    return [Hit(row["kind"], row["id"], row["score"]) for row in rows]


async def resembling(cx: Connection, typed: Sequence[str]) -> dict[str, list[str]]:
    """For each typed word the indexed words that share enough of its letters."""
    rows = await cx.fetch("select word, near from search_resembling($1)", list(typed))
    return {row["word"]: row["near"] for row in rows}


async def texts(tx: Connection, owner_id: str, hits: Sequence[Hit]) -> dict[tuple[str, str], Text]:
    """The rows behind hits, as far as they are there and the owner's."""
    by_kind = {kind: [hit.id for hit in hits if hit.kind == kind] for kind in ("conversation", "message", "note")}
    rows = await tx.fetch(
        """
        select 'conversation' as kind, id, id as conversation_id, null as role, title, '' as body, created_at
        from conversations where owner_id = $1 and id = any($2)
        union all
        select 'message', id, conversation_id, role, '', left(content, 20000), created_at
        from messages where owner_id = $1 and id = any($3)
        union all
        select 'note', id, conversation_id, null, title, left(content, 20000), created_at
        from notes where owner_id = $1 and id = any($4)
        """,
        owner_id,
        by_kind["conversation"],
        by_kind["message"],
        by_kind["note"],
    )
    return {(row["kind"], row["id"]): _text(row) for row in rows}


async def counts(tx: Connection) -> tuple[int, datetime | None]:
    """Entries, and when the last was written."""
    row = await tx.fetchrow("select count(*) as documents, max(written_at) as last from search_entries")
    return (row["documents"], row["last"]) if row else (0, None)


async def rebuilding(tx: Connection) -> int:
    """Entries that a rebuild has still before it."""
    left: int = await tx.fetchval(
        "select coalesce(sum(greatest(total - done, 1)), 0) from search_rebuilds where status in ('queued', 'running')"
    )
    return left


async def outbox_length(tx: Connection) -> int:
    """Changes that were not sent yet."""
    found: int = await tx.fetchval("select count(*) from search_outbox")
    return found


async def set_outside(tx: Connection, outside: bool) -> bool:
    """Whether changes are noted for an outside engine; True when that is new."""
    told: bool = await tx.fetchval(
        """
        select tgenabled <> 'D' from pg_trigger
        where tgrelid = 'search_entries'::regclass and tgname = 'search_entry_changed'
        """
    )
    if told != outside:
        change = "enable" if outside else "disable"
        await tx.execute(f"alter table search_entries {change} trigger search_entry_changed")
    if not outside:
        await tx.execute("delete from search_outbox")
    return outside and not told


async def outbox(tx: Connection, limit: int) -> list[tuple[int, Kind, str, bool]]:
    """Changes that were not sent yet, in order."""
    rows = await tx.fetch("select seq, kind, id, gone from search_outbox order by seq limit $1", limit)
    return [(row["seq"], row["kind"], row["id"], row["gone"]) for row in rows]


async def sent(tx: Connection, sequence: Sequence[int]) -> None:
    """Forget changes that were sent."""
    await tx.execute("delete from search_outbox where seq = any($1)", list(sequence))


async def entries(tx: Connection, keys: Sequence[tuple[Kind, str]]) -> list[Entry]:
    """The present entries of these things."""
    by_kind = {kind: [id_ for one, id_ in keys if one == kind] for kind in ("conversation", "message", "note")}
    rows = await tx.fetch(
        """
        select 'conversation' as kind, id, owner_id, title, '' as body, created_at as at
        from conversations where id = any($1)
        union all
        select 'message', id, owner_id, '', content, created_at from messages where id = any($2)
        union all
        select 'note', id, owner_id, title, content || ' ' || array_to_string(tags, ' '), updated_at
        from notes where id = any($3)
        """,
        by_kind["conversation"],
        by_kind["message"],
        by_kind["note"],
    )
    return [Entry(row["kind"], row["id"], row["owner_id"], row["title"], row["body"], row["at"]) for row in rows]


async def queue_rebuild(tx: Connection, *, id: str, scope: Scope, at: datetime) -> None:
    """Store that entries are to be written again."""
    await tx.execute(
        "insert into search_rebuilds (id, scope, status, created_at) values ($1, $2, 'queued', $3)", id, scope, at
    )


async def begin_rebuild(tx: Connection, rebuild_id: str) -> Scope | None:
    """The scope; None when the rebuild has ended or is unknown. Counts what lies ahead."""
    scope: Scope | None = await tx.fetchval(
        """
        update search_rebuilds set status = 'running', done = 0, total =
            case when scope in ('all', 'conversations') then (select count(*) from conversations) else 0 end +
            case when scope in ('all', 'messages') then (select count(*) from messages) else 0 end +
            case when scope in ('all', 'notes') then (select count(*) from notes) else 0 end
        where id = $1 and status in ('queued', 'running') returning scope
        """,
        rebuild_id,
    )
    return scope


async def advance_rebuild(tx: Connection, rebuild_id: str, by: int) -> None:
    """So many more are written."""
    await tx.execute("update search_rebuilds set done = done + $2 where id = $1", rebuild_id, by)


async def finish_rebuild(tx: Connection, rebuild_id: str, status: str, at: datetime) -> None:
    """The rebuild is over."""
    await tx.execute("update search_rebuilds set status = $2, finished_at = $3 where id = $1", rebuild_id, status, at)


async def forget_words(tx: Connection) -> None:
    """Forget the words of all entries, before they are collected again."""
    await tx.execute("delete from search_words")


async def enter_conversations(tx: Connection, after: str, limit: int) -> Record:
    """Index the next rows; (rows, last id)."""
    return await _one(
        tx,
        """
        with batch as materialized (
            select * from conversations where id > $1 order by id limit $2 for share
        ), done as materialized (
            select id, search_enter('conversation', id, owner_id, id, title, '', created_at) from batch
        ) select count(*) as rows, max(id::text) as last from done
        """,
        after,
        limit,
    )


async def enter_messages(tx: Connection, after: str, limit: int) -> Record:
    """Write entries of messages; the last id and how many."""
    return await _one(
        tx,
        """
        with batch as materialized (
            select * from messages where id > $1 order by id limit $2 for share
        ), done as materialized (
            select id, search_enter('message', id, owner_id, conversation_id, '', content, created_at) from batch
        ) select count(*) as rows, max(id::text) as last from done
        """,
        after,
        limit,
    )


async def enter_notes(tx: Connection, after: str, limit: int) -> Record:
    """Write entries of notes; the last id and how many."""
    return await _one(
        tx,
        """
        with batch as materialized (
            select * from notes where id > $1 order by id limit $2 for share
        ), done as materialized (
            select id, search_enter(
                'note', id, owner_id, conversation_id, title, content || ' ' || array_to_string(tags, ' '), updated_at
            ) from batch
        ) select count(*) as rows, max(id::text) as last from done
        """,
        after,
        limit,
    )


async def drop_strays(tx: Connection, kind: Kind) -> None:
    """Entries whose row is gone; there are none unless the triggers were disabled."""
    await tx.execute(
        """
        delete from search_entries e where e.kind = $1 and case e.kind
            when 'conversation' then not exists (select from conversations c where c.id = e.id)
            when 'message' then not exists (select from messages m where m.id = e.id)
            else not exists (select from notes n where n.id = e.id) end
        """,
        kind,
    )


async def _one(tx: Connection, statement: str, after: str, limit: int) -> Record:
    row = await tx.fetchrow(statement, after, limit)
    if row is None:
        raise LookupError("an aggregate without a row")
    return row


def _text(row: Record) -> Text:
    return Text(
        row["kind"], row["id"], row["conversation_id"], row["role"], row["title"], row["body"], row["created_at"]
    )
