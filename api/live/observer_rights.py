"""Who may watch whose session: owners and admins of an organization its members, team managers their own team, and only
those who chose that organization themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from api.live import store, transcript_store
from api.live.models import StoredTurn
from kit import audit, errors
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection, Database

Status = Literal["created", "active", "suspended", "ending", "ended"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A running session as an observer finds it; `name` is the observer's, for the learner to read."""

    session_id: str
    observer_id: str
    organization_id: str
    name: str
    status: Status
    started_at: datetime
    turns: tuple[StoredTurn, ...]


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """How a session ended."""

    reason: str
    ended_at: datetime
    billed_seconds: int
    transcript_id: str | None


class Observing:
    """Who watches whose session."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, session_id: str, observer_id: str, within: str | None) -> Watched:
        """Begin to watch; that goes into the audit trail. With `within` only by a role in that organization. Failure
        `not_found`, `session_ended`."""
        async with self._database.transaction() as tx:
            found = await _allowed(tx, session_id, observer_id, within)
            if found is None:
                raise errors.not_found("Live session")
            organization_id, name = found
            session = await store.lock(tx, session_id)
            if session is None or session.ended_at is not None:
                raise errors.conflict("session_ended", "This live session has ended.")
            turns = tuple(await transcript_store.turns_of_session(tx, session_id))
            status = cast(Status, session.status)
            watched = Watched(session_id, observer_id, organization_id, name, status, session.started_at, turns)
            await self._note(tx, "live_session.observed", session_id, observer_id, organization_id)
            return watched

    async def still(self, session_id: str, observer_id: str, within: str | None) -> bool:
        """Whether the observer's role still allows it."""
        async with self._database.connection() as cx:
            return await _allowed(cx, session_id, observer_id, within) is not None

    async def end_of(self, session_id: str) -> SessionEnd | None:
        """How the session ended; None while it runs."""
        async with self._database.connection() as cx:
            row = await cx.fetchrow(
                """
                select s.end_reason, s.ended_at, s.billed_seconds, t.id as transcript_id
                from live_sessions s left join live_transcripts t on t.session_id = s.id
                where s.id = $1 and s.ended_at is not null
                """,
                session_id,
            )
        if row is None:
            return None
        reason, billed = row["end_reason"] or "timeout", row["billed_seconds"] or 0
        return SessionEnd(reason, row["ended_at"], billed, row["transcript_id"])

    async def closed(self, session_id: str, observer_id: str, organization_id: str) -> None:
        """Note in the audit trail that the observer left."""
        async with self._database.transaction() as tx:
            await self._note(tx, "live_session.observation_ended", session_id, observer_id, organization_id)

    async def owner_of(self, session_id: str) -> str | None:
        """The node that runs it, if it runs."""
        async with self._database.connection() as cx:
            return await store.owner_of(cx, session_id)

    async def _note(self, tx: Connection, action: str, session_id: str, observer_id: str, organization_id: str) -> None:
        deed = Action(action, "live_session", session_id, organization_id)
        await audit.record(tx, self._clock.now(), Actor(observer_id), deed)


async def _allowed(cx: Connection, session_id: str, observer_id: str, within: str | None) -> tuple[str, str] | None:
    """The organization by which the observer may watch, and the observer's name."""
    row = await cx.fetchrow(
        """
        select mine.organization_id, coalesce(u.full_name, u.nickname, u.username) as name
        from live_sessions s
        join organization_members theirs on theirs.user_id = s.user_id
        join organization_members mine on mine.organization_id = theirs.organization_id and mine.user_id = $2
        join users u on u.id = mine.user_id
        where s.id = $1 and s.user_id <> $2 and ($3::uuid is null or mine.organization_id = $3)
          and theirs.accepted_at is not null
          and (mine.role in ('owner', 'admin') or (mine.role = 'team_manager' and mine.team = theirs.team))
        order by mine.organization_id limit 1
        """,
        session_id,
        observer_id,
        within,
    )
    return (row["organization_id"], row["name"]) if row is not None else None
