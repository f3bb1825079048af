"""SQL of submissions and evaluations."""

from dataclasses import astuple
from datetime import datetime

from api.english.models import Evaluation, Submission
from kit.database import Connection


async def add(tx: Connection, one: Submission) -> None:
    await tx.execute(
        """
        insert into english_submissions (id, user_id, module_id, task_id, variant, skill, score, xp_awarded,
            fingerprint, session_id, response, answer, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        *astuple(one),
    )


async def twin(
    tx: Connection, user_id: str, module_id: str, task_id: str, fingerprint: str, since: datetime
) -> Submission | None:
    """The last submission of the task if it has the same response and is no older than `since`."""
    row = await tx.fetchrow(
        """
        select id, user_id, module_id, task_id, variant, skill, score, xp_awarded, fingerprint, session_id, response,
            answer, created_at
        from english_submissions where user_id = $1 and module_id = $2 and task_id = $3
        order by created_at desc, id desc limit 1
        """,
        user_id,
        module_id,
        task_id,
    )
    found = Submission(*row) if row else None
    return found if found and found.fingerprint == fingerprint and found.created_at >= since else None


async def seen(tx: Connection, user_id: str, module_id: str, task_id: str, variant: int) -> bool:
    """Whether this variant was handed in before."""
    found: bool = await tx.fetchval(
        """
        select exists (select from english_submissions
            where user_id = $1 and module_id = $2 and task_id = $3 and variant = $4)
        """,
        user_id,
        module_id,
        task_id,
        variant,
    )
    return found


async def recent(tx: Connection, user_id: str, limit: int) -> list[tuple[str, str, str, str, int, datetime]]:
    """(id, module id, task id, skill, score, when), newest first."""
    rows = await tx.fetch(
        """
        select id, module_id, task_id, skill, score, created_at from english_submissions
        where user_id = $1 order by created_at desc limit $2
        """,
        user_id,
        limit,
    )
    return [tuple(row) for row in rows]


async def add_evaluation(tx: Connection, one: Evaluation) -> None:
    await tx.execute(
        """
        insert into english_evaluations (id, user_id, skill, module_id, task_id, variant, reference_text, transcript,
            seconds, answer, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        *astuple(one),
    )


async def evaluation(tx: Connection, user_id: str, evaluation_id: str) -> Evaluation | None:
    row = await tx.fetchrow(
        """
        select id, user_id, skill, module_id, task_id, variant, reference_text, transcript, seconds, answer, created_at
        from english_evaluations where id = $2 and user_id = $1
        """,
        user_id,
        evaluation_id,
    )
    return Evaluation(*row) if row else None
