"""A class at a glance: what each learner practises, and which sounds most of them have to work on."""

from dataclasses import dataclass
from datetime import datetime

from api.assignments.ports import Groups, Index, Learner, Live, Practice, SharedSound, Standing, Teaching
from kit import errors
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Database

LARGEST = 500
_SOUNDS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A learner as the teacher's overview shows them."""

    learner: Learner
    practice: Practice
    standing: Standing
    live_session_id: str | None


class Classroom:
    """As many statements for three hundred learners as for three."""

    def __init__(
        self, database: Database, clock: Clock, teaching: Teaching, groups: Groups, index: Index, live: Live
    ) -> None:
        self._database = database
        self._clock = clock
        self._teaching = teaching
        self._groups = groups
        self._index = index
        self._live = live

    async def everybody(self, caller: Caller, organization_id: str, team: str | None) -> list[Row]:
        """All learners, as `page` has them. Failures `not_found`, `forbidden`."""
        found: list[Row] = []
        after: tuple[datetime, str] | None = None
        while rows := (await self.page(caller, organization_id, team, after, LARGEST))[0]:
            found += rows
            after = (rows[-1].learner.joined_at, rows[-1].learner.user_id)
        return found

    async def page(
        self,
        caller: Caller,
        organization_id: str,
        team: str | None,
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> tuple[list[Row], list[SharedSound] | None]:
        """Learners in the order in which they joined, and on the first page the weak sounds of the class (of its first
        LARGEST learners); `team` narrows. Failures `not_found`, `forbidden`."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            only = await self._teaching.scope(cx, caller, organization_id)
            if None not in (only, team) and only != team:
                raise errors.forbidden("Your role in this organization lets you teach your own team only.")
            team = team if only is None else only
            learners = await self._teaching.learners(cx, organization_id, team=team, after=after, limit=limit)
            ids = [one.user_id for one in learners]
            practice = await self._groups.practice(cx, ids, now)
            standings = await self._index.standings(cx, ids, now)
            live = await self._live(cx, ids)
            rows = [
                Row(one, practice[one.user_id], standings[one.user_id], live.get(one.user_id))
                for one in learners
                if one.user_id in practice
            ]
            if after is not None:
                return rows, None
            everybody = await self._teaching.learners(cx, organization_id, team=team, limit=LARGEST)
            sounds = await self._groups.weak(cx, [one.user_id for one in everybody], now, _SOUNDS)
        return rows, list(sounds)
