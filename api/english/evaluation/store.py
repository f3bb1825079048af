"""SQL of submissions and evaluations."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from api.english.models import Evaluation, Submission
from kit.database import Connection
from kit.storable import JsonObject


async def add(tx: Connection, one: Submission) -> None:
    """Store a submission."""
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


async def last_of(cx: Connection, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], datetime]:
    """When work of these (user, module) pairs was handed in last."""
    rows = await cx.fetch(
        """
        select s.user_id, s.module_id, max(s.created_at)
        from unnest($1::uuid[], $2::text[]) as asked (user_id, module_id)
        join english_submissions s using (user_id, module_id) group by s.user_id, s.module_id
        """,
        [user_id for user_id, _ in pairs],
        [module_id for _, module_id in pairs],
    )
    return {(user_id, module_id): at for user_id, module_id, at in rows}


async def readings(
    cx: Connection, user_ids: Sequence[str], texts: Sequence[str], since: Sequence[datetime], mark: float
) -> list[tuple[int, datetime, datetime | None, float]]:
    """Recordings of a user who read a text since a moment, by the place of the three in the sequences, from 0: (place,
    the last one, the first one of at least `mark`, the best score). Spaces and line ends of the text do not matter."""
    rows = await cx.fetch(
        r"""
        select asked.place - 1, max(e.created_at), min(e.created_at) filter (where r.score >= $4), max(r.score)
        from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as asked (user_id, text, since, place)
        join english_evaluations e on e.user_id = asked.user_id and e.created_at >= asked.since
            and e.skill = 'speaking'
            and regexp_replace(btrim(e.reference_text), '\s+', ' ', 'g')
                = regexp_replace(btrim(asked.text), '\s+', ' ', 'g')
        cross join lateral (
            select (e.answer #>> '{pronunciation,overall}')::double precision as score
        ) r
        where r.score is not null group by asked.place
        """,
        user_ids,
        texts,
        since,
        mark,
    )
    return [tuple(row) for row in rows]


async def answers(
    cx: Connection,
    user_id: str,
    module_id: str,
    since: datetime,
    before: tuple[datetime, str] | None,
    limit: int,
) -> list[tuple[str, str, int, str | list[str], JsonObject, datetime, int]]:
    """What was handed in since a moment, newest first: (id, task id, variant, response, answer, when, which try of the
    task it is, from 1)."""
    at, id_ = before or (None, None)
    rows = await cx.fetch(
        """
        select * from (
            select id, task_id, variant, response, answer, created_at,
                row_number() over (partition by task_id order by created_at, id) as number
            from english_submissions where user_id = $1 and module_id = $2 and created_at >= $3
        ) tries
        where $4::timestamptz is null or (created_at, id) < ($4, $5::uuid)
        order by created_at desc, id desc limit $6
        """,
        user_id,
        module_id,
        since,
        at,
        id_,
        limit,
    )
    return [tuple(row) for row in rows]


async def recorded(
    cx: Connection, user_id: str, text: str, since: datetime, before: tuple[datetime, str] | None, limit: int
) -> list[tuple[str, datetime, float, str, JsonObject]]:
    """Recordings in which a text was read since a moment, newest first: (id, when, score, what was heard, report).
    Spaces and line ends of the text do not matter."""
    at, id_ = before or (None, None)
    rows = await cx.fetch(
        r"""
        select id, created_at, (answer #>> '{pronunciation,overall}')::double precision, coalesce(transcript, ''),
            answer -> 'pronunciation'
        from english_evaluations
        where user_id = $1 and created_at >= $3 and skill = 'speaking'
            and answer #>> '{pronunciation,overall}' is not null
            and regexp_replace(btrim(reference_text), '\s+', ' ', 'g') = regexp_replace(btrim($2), '\s+', ' ', 'g')
            and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
        order by created_at desc, id desc limit $6
        """,
        user_id,
        text,
        since,
        at,
        id_,
        limit,
    )
    return [tuple(row) for row in rows]


async def add_evaluation(tx: Connection, one: Evaluation) -> None:
    """Store an evaluation."""
    await tx.execute(
        """
        insert into english_evaluations (id, user_id, skill, module_id, task_id, variant, reference_text, transcript,
            seconds, answer, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        *astuple(one),
    )


async def evaluation(tx: Connection, user_id: str, evaluation_id: str) -> Evaluation | None:
    """The user's evaluation; None if there is none."""
    row = await tx.fetchrow(
        """
        select id, user_id, skill, module_id, task_id, variant, reference_text, transcript, seconds, answer, created_at
        from english_evaluations where id = $2 and user_id = $1
        """,
        user_id,
        evaluation_id,
    )
    return Evaluation(*row) if row else None
