"""Work that is given to learners. Who teaches and who learns is for the organizations to say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from api.assignments import store
from api.assignments.completion import Completion
from api.assignments.models import Assignment, Audience, Outcome, Work
from api.assignments.ports import Learner, Seat, Teaching
from kit import audit, errors, ids
from kit.audit import Action, Actor
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database

MOST = 1000
MOST_NAMED = 300
_AT_ONCE = 500


class Assignments:
    """Work that teachers give, and how it goes."""

    def __init__(self, database: Database, clock: Clock, teaching: Teaching, completion: Completion) -> None:
        self._database = database
        self._clock = clock
        self._teaching = teaching
        self._completion = completion

    def title(self, work: Work) -> str:
        """What people call the work; a module that is no longer there keeps its id."""
        return work.title or self._completion.title(work.module_id or "") or work.module_id or ""

    async def create(
        self, caller: Caller, actor: Actor, organization_id: str, work: Work, audience: Audience, due_at: datetime
    ) -> Assignment:
        """Failures `not_found` (also for a module, and for who is no learner there), `forbidden`,
        `too_many_assignments`."""
        async with self._database.transaction() as tx:
            team = await self._teaching.hold(tx, caller, organization_id)
            work = await self._named(tx, work, organization_id)
            if team is not None and (audience.whom == "organization" or audience.team not in (None, team)):
                raise errors.forbidden("Your role in this organization lets you teach your own team only.")
            named = tuple(dict.fromkeys(audience.user_ids))
            if named:
                found = await self._teaching.learners(tx, organization_id, team=team, only=named, limit=len(named))
                if len(found) < len(named):
                    raise errors.not_found("Member")
            if await store.count(tx, organization_id) >= MOST:
                raise errors.conflict("too_many_assignments", f"An organization has at most {MOST} assignments.")
            made = Assignment(
                ids.new_id(),
                organization_id,
                work,
                Audience(audience.whom, audience.team or team, named),
                len(named) or None,
                due_at,
                caller.user_id,
                self._clock.now(),
            )
            await store.add(tx, made)
            await self._record(tx, actor, made, "assignment.created")
        return made

    async def page(self, caller: Caller, organization_id: str, before: str | None, limit: int) -> list[Assignment]:
        """Newest first. Failures `not_found`, `forbidden`."""
        async with self._database.connection() as cx:
            team = await self._teaching.scope(cx, caller, organization_id)
            return await store.page(cx, organization_id, team, before, limit)

    async def set_due(
        self, caller: Caller, actor: Actor, organization_id: str, assignment_id: str, due_at: datetime
    ) -> Assignment:
        """Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            team = await self._teaching.hold(tx, caller, organization_id)
            found = await self._found(tx, organization_id, assignment_id, team)
            await store.set_due(tx, assignment_id, due_at)
            await self._record(tx, actor, found, "assignment.updated")
            return await self._found(tx, organization_id, assignment_id, team)

    async def delete(self, caller: Caller, actor: Actor, organization_id: str, assignment_id: str) -> None:
        """Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            team = await self._teaching.hold(tx, caller, organization_id)
            found = await self._found(tx, organization_id, assignment_id, team)
            await store.delete(tx, assignment_id)
            await self._record(tx, actor, found, "assignment.deleted")

    async def progress(
        self,
        caller: Caller,
        organization_id: str,
        assignment_id: str,
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> list[tuple[Learner, Outcome]]:
        """What those who have it now did, in the order in which they joined. Failures `not_found`, `forbidden`."""
        async with self._database.connection() as cx:
            team = await self._teaching.scope(cx, caller, organization_id)
            one = await self._found(cx, organization_id, assignment_id, team)
            learners = await self._teaching.learners(
                cx,
                organization_id,
                team=one.audience.team,
                only=await store.named(cx, assignment_id) if one.audience.whom == "members" else None,
                after=after,
                limit=limit,
            )
            done = await self._completion.of(cx, [(one, learner.user_id) for learner in learners])
        return list(zip(learners, done, strict=True))

    async def results(
        self, caller: Caller, organization_id: str, assignment_id: str
    ) -> tuple[Assignment, list[tuple[Learner, Outcome]]]:
        """The assignment, and `progress` of everybody who has it. Failures `not_found`, `forbidden`."""
        async with self._database.connection() as cx:
            team = await self._teaching.scope(cx, caller, organization_id)
            one = await self._found(cx, organization_id, assignment_id, team)
        rows: list[tuple[Learner, Outcome]] = []
        after: tuple[datetime, str] | None = None
        while page := await self.progress(caller, organization_id, assignment_id, after, _AT_ONCE):
            rows += page
            after = (page[-1][0].joined_at, page[-1][0].user_id)
        return one, rows

    async def mine(
        self, caller: Caller, since: datetime | None, after: tuple[datetime, str] | None, limit: int
    ) -> list[tuple[Assignment, Seat, Outcome]]:
        """What the caller has to do, the soonest first; `since` leaves out what was due before."""
        async with self._database.connection() as cx:
            seats = {
                one.organization_id: one
                for one in await self._teaching.seats(cx, caller.user_id, caller.organization_id)
            }
            places: Sequence[tuple[str, str | None]] = [(one.organization_id, one.team) for one in seats.values()]
            found = await store.given_to(cx, caller.user_id, places, since, after, limit)
            done = await self._completion.of(cx, [(one, caller.user_id) for one in found])
        return [(one, seats[one.organization_id], what) for one, what in zip(found, done, strict=True)]

    async def _named(self, tx: Connection, work: Work, organization_id: str) -> Work:
        """With its title, when it is a module that was made in the organization."""
        if work.module_id is None or self._completion.title(work.module_id) is not None:
            return work
        title = await self._completion.own_title(tx, work.module_id, organization_id)
        if title is None:
            raise errors.not_found("Module")
        return replace(work, title=title)

    async def _found(self, cx: Connection, organization_id: str, assignment_id: str, team: str | None) -> Assignment:
        found = await store.find(cx, organization_id, assignment_id, team)
        if found is None:
            raise errors.not_found("Assignment")
        return found

    async def _record(self, tx: Connection, actor: Actor, one: Assignment, action: str) -> None:
        deed = Action(action, "assignment", one.id, one.organization_id)
        await audit.record(tx, self._clock.now(), actor, deed)
