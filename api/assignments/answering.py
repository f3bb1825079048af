"""Whose answers a teacher may see: those of a learner whom they teach, to what was given, from then on."""

from dataclasses import dataclass
from datetime import datetime

from api.assignments import store
from api.assignments.ports import Teaching
from kit import errors
from kit.caller import Caller
from kit.database import Connection
from kit.errors import Failure, Kind


@dataclass(frozen=True, slots=True)
class Given:
    """What a learner was given: a module, or a text with its `title`. What was done before `since` is not shown: it was
    not given yet, or the learner did not belong to the organization, or to the team whose work it is."""

    module_id: str | None
    title: str | None
    text: str | None
    since: datetime


class Answering:
    """Says what of a learner's work a teacher may look into."""

    def __init__(self, teaching: Teaching) -> None:
        self._teaching = teaching

    async def given(
        self, cx: Connection, caller: Caller, organization_id: str, assignment_id: str, user_id: str
    ) -> Given:
        """Failure `not_found` for those who do not teach this learner, and for an assignment that the learner does not
        have: nothing tells the two apart."""
        try:
            team = await self._teaching.scope(cx, caller, organization_id)
        except Failure as failure:
            if failure.kind is not Kind.FORBIDDEN:
                raise
            raise errors.not_found("Assignment") from failure
        one = await store.find(cx, organization_id, assignment_id, team)
        if one is None:
            raise errors.not_found("Assignment")
        if one.audience.whom == "members" and user_id not in await store.named(cx, assignment_id):
            raise errors.not_found("Member")
        team = one.audience.team
        found = await self._teaching.learners(cx, organization_id, team=team, only=[user_id], limit=1)
        if not found:
            raise errors.not_found("Member")
        here = found[0].joined_at if team is None else found[0].team_since or found[0].joined_at
        since = max(one.created_at, here)
        return Given(one.work.module_id, one.work.title, one.work.text, since)
