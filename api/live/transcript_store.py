"""SQL of transcripts, one function for each statement."""

from collections.abc import Sequence
from datetime import datetime

from api.live.models import LiveSession, StoredTurn, Transcript, TurnScore
from kit.database import Connection
from kit.storable import JsonObject

_LISTED = """
    select t.id, t.session_id, t.started_at, t.ended_at,
      (select count(*) from live_turns where transcript_id = t.id)::int as turns,
      coalesce((select left(text, 120) from live_turns where transcript_id = t.id order by ordinal limit 1), '')
        as preview
    from live_transcripts t
"""


async def open_for(tx: Connection, session: LiveSession, transcript_id: str, now: datetime) -> str:
    """The session's transcript, made under `transcript_id` if there is none yet."""
    found: str = await tx.fetchval(
        """
        insert into live_transcripts (id, user_id, session_id, started_at, created_at) values ($1, $2, $3, $4, $5)
        on conflict (session_id) do update set session_id = excluded.session_id returning id
        """,
        transcript_id,
        session.user_id,
        session.id,
        session.started_at,
        now,
    )
    return found


async def add_turns(tx: Connection, transcript_id: str, turns: Sequence[StoredTurn]) -> None:
    """Turns whose `turn_id` exists already stay as they are."""
    await tx.executemany(
        """
        insert into live_turns (transcript_id, ordinal, turn_id, role, text, words, engine, pronunciation, start_ms,
          end_ms, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (transcript_id, turn_id) do nothing
        """,
        [
            (
                transcript_id,
                t.ordinal,
                t.turn_id,
                t.role,
                t.text,
                t.words,
                t.engine,
                t.pronunciation,
                t.start_ms,
                t.end_ms,
                t.at,
            )
            for t in turns
        ],
    )


async def set_pronunciations(tx: Connection, session_id: str, scores: Sequence[TurnScore]) -> None:
    """Store scores that came after their turns."""
    await tx.executemany(
        """
        update live_turns set pronunciation = $3 from live_transcripts t
        where t.id = transcript_id and t.session_id = $1 and turn_id = $2
        """,
        [(session_id, one.turn_id, one.pronunciation) for one in scores],
    )


async def turns_of_session(tx: Connection, session_id: str) -> list[StoredTurn]:
    """The turns of a session, in order."""
    rows = await tx.fetch(
        """
        select n.* from live_turns n join live_transcripts t on t.id = n.transcript_id
        where t.session_id = $1 order by ordinal
        """,
        session_id,
    )
    return [StoredTurn.from_row(row) for row in rows]


async def of_session(tx: Connection, session_id: str) -> str | None:
    """Id of the session's transcript."""
    found: str | None = await tx.fetchval("select id from live_transcripts where session_id = $1", session_id)
    return found


async def finish(tx: Connection, session_id: str, ended_at: datetime) -> str | None:
    """The transcript's id, if anything was said."""
    found: str | None = await tx.fetchval(
        "update live_transcripts set ended_at = $2 where session_id = $1 returning id", session_id, ended_at
    )
    return found


async def insert(
    tx: Connection, transcript_id: str, user_id: str, started_at: datetime, ended_at: datetime, now: datetime
) -> None:
    """Store a transcript that a client made."""
    await tx.execute(
        "insert into live_transcripts (id, user_id, started_at, ended_at, created_at) values ($1, $2, $3, $4, $5)",
        transcript_id,
        user_id,
        started_at,
        ended_at,
        now,
    )


async def page(tx: Connection, user_id: str, before: tuple[datetime, str] | None, limit: int) -> list[Transcript]:
    """The user's transcripts, newest first, that come after `before` in that order."""
    rows = await tx.fetch(
        _LISTED
        + """
        where t.user_id = $1 and ($2::timestamptz is null or (t.started_at, t.id) < ($2, $3::uuid))
        order by t.started_at desc, t.id desc limit $4
        """,
        user_id,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
    return [Transcript.from_row(row) for row in rows]


async def find(tx: Connection, transcript_id: str, user_id: str) -> Transcript | None:
    """The user's transcript; None if there is none."""
    row = await tx.fetchrow(_LISTED + "where t.id = $1 and t.user_id = $2", transcript_id, user_id)
    return Transcript.from_row(row) if row else None


async def turns(tx: Connection, transcript_id: str) -> list[StoredTurn]:
    """The turns of a transcript, in order."""
    rows = await tx.fetch("select * from live_turns where transcript_id = $1 order by ordinal", transcript_id)
    return [StoredTurn.from_row(row) for row in rows]


async def readings(
    cx: Connection, user_ids: Sequence[str], texts: Sequence[str], since: Sequence[datetime], mark: float
) -> list[tuple[int, datetime, datetime | None, float]]:
    """Turns of a user who read a text in a session begun since a moment, by the place of the three in the sequences,
    from 0: (place, the last one, the first one of at least `mark`, the best score). Spaces and line ends of the text do
    not matter."""
    rows = await cx.fetch(
        r"""
        select asked.place - 1, max(n.at), min(n.at) filter (where r.score >= $4), max(r.score)
        from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as asked (user_id, text, since, place)
        join live_sessions s on s.user_id = asked.user_id and s.started_at >= asked.since and s.kind = 'speaking'
            and regexp_replace(btrim(s.reference_text), '\s+', ' ', 'g')
                = regexp_replace(btrim(asked.text), '\s+', ' ', 'g')
        join live_transcripts t on t.session_id = s.id
        join live_turns n on n.transcript_id = t.id and n.role = 'user'
        cross join lateral (select (n.pronunciation ->> 'overall')::double precision as score) r
        where r.score is not null group by asked.place
        """,
        user_ids,
        texts,
        since,
        mark,
    )
    return [tuple(row) for row in rows]


async def read_aloud(
    cx: Connection, user_id: str, text: str, since: datetime, before: tuple[datetime, str] | None, limit: int
) -> list[tuple[str, datetime, float, str, JsonObject]]:
    """Turns in which a user read a text, in sessions begun since a moment, newest first: (id of the transcript, when,
    score, what was heard, report). Spaces and line ends of the text do not matter."""
    at, id_ = before or (None, None)
    rows = await cx.fetch(
        r"""
        select t.id, n.at, (n.pronunciation ->> 'overall')::double precision, n.text, n.pronunciation
        from live_sessions s join live_transcripts t on t.session_id = s.id
        join live_turns n on n.transcript_id = t.id and n.role = 'user'
        where s.user_id = $1 and s.started_at >= $3 and s.kind = 'speaking'
            and n.pronunciation ->> 'overall' is not null
            and regexp_replace(btrim(s.reference_text), '\s+', ' ', 'g') = regexp_replace(btrim($2), '\s+', ' ', 'g')
            and ($4::timestamptz is null or (n.at, t.id) < ($4, $5::uuid))
        order by n.at desc, t.id desc limit $6
        """,
        user_id,
        text,
        since,
        at,
        id_,
        limit,
    )
    return [tuple(row) for row in rows]
