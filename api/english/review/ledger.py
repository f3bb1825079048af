"""What a learner has to repeat, as stored: one row for each item, changed once by each practice."""

from dataclasses import dataclass, replace
from datetime import datetime

from api.english.review import schedule as review
from api.english.review.schedule import Memory
from kit.database import Connection


@dataclass(frozen=True)
class Due:
    """An item that is due: how likely it is still remembered (0–1), and since when it should be repeated."""

    kind: str
    item: str
    strength: float
    due_at: datetime


@dataclass(frozen=True)
class Practice:
    """An attempt at an item: "phoneme" (ARPAbet name), "word", or "error" (its kind)."""

    kind: str
    item: str
    right: bool
    at: datetime
    source_key: str


async def practised(tx: Connection, user_id: str, practice: Practice) -> None:
    """Note an attempt, once for each source key and item.

    An item is taken up when it goes wrong for the first time. ValueError for an unknown kind.
    """
    if practice.kind not in review.KINDS:
        raise ValueError(f"no such kind of review item: {practice.kind}")
    practice = replace(practice, item=practice.item[:120])
    memory = await _locked(tx, user_id, practice.kind, practice.item)
    at, right = practice.at, practice.right
    after = review.practise(memory, at, right) if memory else review.first(at, right)
    if after is None or not await _add_practice(tx, user_id, practice):
        return
    await tx.execute(
        """
        insert into review_items (user_id, kind, item, half_life, practised_at, due_at, attempts, lapses)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (user_id, kind, item)
        do update set half_life = $4, practised_at = $5, due_at = $6, attempts = $7, lapses = $8
        """,
        user_id,
        practice.kind,
        practice.item,
        after.half_life,
        after.practised_at,
        after.due_at,
        after.attempts,
        after.lapses,
    )


async def due(tx: Connection, user_id: str, at: datetime, limit: int) -> list[Due]:
    """Items due at that moment, the longest overdue first."""
    rows = await tx.fetch(
        """
        select kind, item, half_life, practised_at, attempts, lapses from review_items
        where user_id = $1 and due_at <= $2 order by due_at, kind, item limit $3
        """,
        user_id,
        at,
        limit,
    )
    found = [(kind, item, Memory(*rest)) for kind, item, *rest in rows]
    return [Due(kind, item, round(review.strength(one, at), 3), one.due_at) for kind, item, one in found]


async def _locked(tx: Connection, user_id: str, kind: str, item: str) -> Memory | None:
    # The learner's row is the lock: an item that does not exist yet has none of its own.
    await tx.execute("insert into xpi_learners (user_id) values ($1) on conflict do nothing", user_id)
    await tx.fetchval("select seq from xpi_learners where user_id = $1 for update", user_id)
    row = await tx.fetchrow(
        """
        select half_life, practised_at, attempts, lapses from review_items
        where user_id = $1 and kind = $2 and item = $3
        """,
        user_id,
        kind,
        item,
    )
    return Memory(*row) if row else None


async def _add_practice(tx: Connection, user_id: str, practice: Practice) -> bool:
    return (
        await tx.fetchval(
            """
            insert into review_practice (user_id, source_key, kind, item, "right", at) values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing returning true
            """,
            user_id,
            practice.source_key,
            practice.kind,
            practice.item,
            practice.right,
            practice.at,
        )
        is not None
    )
