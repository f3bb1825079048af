"""SQL of a learner's progress through the modules."""

from collections.abc import Sequence
from datetime import datetime

from api.english.models import ModuleRow, Progress, TaskRow
from kit.database import Connection


async def progress(tx: Connection, user_id: str) -> Progress:
    """Everything about all modules: at most one row for each module and task."""
    modules = await tx.fetch(
        "select module_id, started_at, completed_at, score from english_modules where user_id = $1", user_id
    )
    tasks = await tx.fetch(
        "select module_id, task_id, variant, attempts, best_score from english_tasks where user_id = $1", user_id
    )
    return Progress(
        {row["module_id"]: ModuleRow(*row) for row in modules},
        {(row["module_id"], row["task_id"]): TaskRow(*row) for row in tasks},
    )


async def start(tx: Connection, user_id: str, module_id: str, at: datetime) -> ModuleRow:
    """The module's row, new or as it was; it stays locked until the transaction ends."""
    await tx.execute(
        "insert into english_modules (user_id, module_id, started_at) values ($1, $2, $3) on conflict do nothing",
        user_id,
        module_id,
        at,
    )
    (row,) = await tx.fetch(
        """
        select module_id, started_at, completed_at, score from english_modules
        where user_id = $1 and module_id = $2 for update
        """,
        user_id,
        module_id,
    )
    return ModuleRow(*row)


async def complete(tx: Connection, user_id: str, module_id: str, score: int, at: datetime) -> None:
    """The module is complete; the best score counts."""
    await tx.execute(
        """
        update english_modules set completed_at = coalesce(completed_at, $4), score = greatest(score, $3)
        where user_id = $1 and module_id = $2
        """,
        user_id,
        module_id,
        score,
        at,
    )


async def lock_task(tx: Connection, user_id: str, module_id: str, task_id: str) -> TaskRow:
    """The task's row, made if need be; it stays locked until the transaction ends."""
    await tx.execute(
        "insert into english_tasks (user_id, module_id, task_id) values ($1, $2, $3) on conflict do nothing",
        user_id,
        module_id,
        task_id,
    )
    (row,) = await tx.fetch(
        """
        select module_id, task_id, variant, attempts, best_score from english_tasks
        where user_id = $1 and module_id = $2 and task_id = $3 for update
        """,
        user_id,
        module_id,
        task_id,
    )
    return TaskRow(*row)


async def set_variant(tx: Connection, user_id: str, module_id: str, task_id: str, variant: int) -> None:
    """Which variant of the task comes next."""
    await tx.execute(
        "update english_tasks set variant = $4 where user_id = $1 and module_id = $2 and task_id = $3",
        user_id,
        module_id,
        task_id,
        variant,
    )


async def add_attempt(tx: Connection, user_id: str, module_id: str, task_id: str, score: int) -> None:
    """Count an attempt; the best score counts."""
    await tx.execute(
        """
        update english_tasks set attempts = attempts + 1, best_score = greatest(best_score, $4)
        where user_id = $1 and module_id = $2 and task_id = $3
        """,
        user_id,
        module_id,
        task_id,
        score,
    )


async def placed(cx: Connection, user_id: str) -> str | None:
    """The highest CEFR level that a placement found; None without one."""
    found: str | None = await cx.fetchval(
        "select max(level) from english_placements where user_id = $1 and status = 'done'", user_id
    )
    return found


async def work(
    cx: Connection, pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str, datetime, datetime | None, int | None, dict[str, int]]]:
    """(user, module, begun, completed, score, best scores by task) of those (user, module) pairs that were begun."""
    rows = await cx.fetch(
        """
        select m.user_id, m.module_id, m.started_at, m.completed_at, m.score, coalesce(t.best, '{}') as best
        from unnest($1::uuid[], $2::text[]) as asked (user_id, module_id)
        join english_modules m using (user_id, module_id)
        left join lateral (
            select jsonb_object_agg(task_id, best_score) as best from english_tasks
            where user_id = m.user_id and module_id = m.module_id and best_score is not null
        ) t on true
        """,
        [user_id for user_id, _ in pairs],
        [module_id for _, module_id in pairs],
    )
    return [tuple(row) for row in rows]
