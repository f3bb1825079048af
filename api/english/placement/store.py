"""SQL of placements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kit import ids
from kit.database import Connection, Record
from kit.storable import JsonObject
from language.placement.adaptive import Attempt

_COLUMNS = "id, attempt, status, without, seen, item_id, result, started_at, ended_at"


@dataclass(frozen=True)
class Row:
    """A placement with its answers, (item id, share) in order. `item_id` is the open question; `result` once done."""

    id: str
    attempt: int
    status: str
    without: tuple[str, ...]
    seen: tuple[str, ...]
    item_id: str | None
    result: JsonObject | None
    started_at: datetime
    ended_at: datetime | None
    answers: tuple[tuple[str, float], ...] = ()

    @property
    def number(self) -> int:
        """Of the open question, from 1."""
        return len(self.answers) + 1


async def last(cx: Connection, user_id: str) -> Row | None:
    """The open placement, or else the one that was begun last."""
    row = await cx.fetchrow(
        f"select {_COLUMNS} from english_placements where user_id = $1 "  # noqa: S608
        "order by (status = 'open') desc, started_at desc, id desc limit 1",
        user_id,
    )
    return await _whole(cx, row)


async def done(cx: Connection, user_id: str) -> Row | None:
    """The last one that gave a result."""
    row = await cx.fetchrow(
        f"select {_COLUMNS} from english_placements where user_id = $1 and status = 'done' "  # noqa: S608
        "order by ended_at desc, id desc limit 1",
        user_id,
    )
    return await _whole(cx, row)


async def lock_open(tx: Connection, user_id: str) -> Row | None:
    """The open placement; it stays locked until the transaction ends."""
    row = await tx.fetchrow(
        f"select {_COLUMNS} from english_placements where user_id = $1 and status = 'open' for update",  # noqa: S608
        user_id,
    )
    return await _whole(tx, row)


async def history(cx: Connection, user_id: str) -> tuple[int, list[str]]:
    """How many there were, and the questions that were answered in them."""
    count: int = await cx.fetchval("select count(*) from english_placements where user_id = $1", user_id)
    rows = await cx.fetch(
        """
        select distinct a.item_id from english_placement_answers a
        join english_placements p on p.id = a.placement_id where p.user_id = $1 order by 1
        """,
        user_id,
    )
    return count, [row["item_id"] for row in rows]


async def begin(tx: Connection, user_id: str, number: int, attempt: Attempt, item_id: str, at: datetime) -> None:
    """Nothing happens when one is open already."""
    await tx.execute(
        """
        insert into english_placements (id, user_id, attempt, status, without, seen, item_id, started_at)
        values ($1, $2, $3, 'open', $4, $5, $6, $7) on conflict (user_id) where status = 'open' do nothing
        """,
        ids.new_id(),
        user_id,
        number,
        attempt.without,
        attempt.seen,
        item_id,
        at,
    )


async def add_answer(tx: Connection, row: Row, share: float, response: str | None, at: datetime) -> None:
    """Store the answer to the open question."""
    await tx.execute(
        """
        insert into english_placement_answers (placement_id, number, item_id, share, response, answered_at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        row.id,
        row.number,
        row.item_id,
        share,
        response,
        at,
    )


async def ask(tx: Connection, placement_id: str, without: Sequence[str], item_id: str) -> None:
    """The question that is open from now on."""
    await tx.execute(
        "update english_placements set item_id = $3, without = $2 where id = $1", placement_id, without, item_id
    )


async def finish(
    tx: Connection, placement_id: str, without: Sequence[str], level: str, result: JsonObject, at: datetime
) -> None:
    """Store the result of a placement."""
    await tx.execute(
        """
        update english_placements
        set status = 'done', item_id = null, without = $2, level = $3, result = $4, ended_at = $5 where id = $1
        """,
        placement_id,
        without,
        level,
        result,
        at,
    )


async def skip(tx: Connection, user_id: str, at: datetime) -> None:
    """End an open placement without a result."""
    await tx.execute(
        """
        update english_placements set status = 'skipped', item_id = null, ended_at = $2
        where user_id = $1 and status = 'open'
        """,
        user_id,
        at,
    )


async def _whole(cx: Connection, row: Record | None) -> Row | None:
    if row is None:
        return None
    answers = await cx.fetch(
        "select item_id, share from english_placement_answers where placement_id = $1 order by number", row["id"]
    )
    return Row(
        id=row["id"],
        attempt=row["attempt"],
        status=row["status"],
        without=tuple(row["without"]),
        seen=tuple(row["seen"]),
        item_id=row["item_id"],
        result=row["result"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        answers=tuple((one["item_id"], one["share"]) for one in answers),
    )
