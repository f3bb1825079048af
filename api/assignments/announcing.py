"""Announces assignments whose time is up: to their organization, and to each learner who asked for it."""

from collections.abc import Sequence

from api.assignments import store
from api.assignments.models import Assignment
from api.assignments.ports import Announcements, Teaching
from kit.clock import Clock
from kit.database import Database
from kit.storable import JsonObject

EVENT = "assignment.due"
_AT_ONCE = 100


class Announcing:
    """Sends webhooks for assignments whose day has come."""

    def __init__(self, database: Database, clock: Clock, teaching: Teaching, announcements: Announcements) -> None:
        self._database = database
        self._clock = clock
        self._teaching = teaching
        self._announcements = announcements

    async def sweep(self) -> None:
        """Several nodes may do so at once: an announcement has a name, and a second one of that name is left out."""
        async with self._database.connection() as cx:
            due = await store.unannounced(cx, self._clock.now(), _AT_ONCE)
            users = await self._announcements.wanting(cx, EVENT) if due else []
        for one in due:
            await self._announce(one, users)

    async def _announce(self, one: Assignment, users: Sequence[str]) -> None:
        """The mark comes last: who deletes the account of a learner waits for nothing that is locked here."""
        data: JsonObject = {
            "assignment_id": one.id,
            "organization_id": one.organization_id,
            "due_at": one.due_at.isoformat(),
        }
        name = f"{EVENT}:{one.id}:{one.due_at.timestamp()}"
        async with self._database.transaction() as tx:
            await self._announcements.to_organization(tx, EVENT, one.organization_id, data, once=name)
            named = await store.named(tx, one.id) if one.audience.whom == "members" else users
            asked = sorted({*users} & {*named})
            learners = await self._teaching.learners(
                tx,
                one.organization_id,
                team=one.audience.team,
                only=asked,
                limit=len(asked),
            )
            for learner in learners:
                await self._announcements.to_account(tx, EVENT, learner.user_id, data, once=f"{name}:{learner.user_id}")
            await store.announced(tx, one.id, one.due_at, self._clock.now())
