"""The operations of assignments, and of the class that they are given to."""

from typing import Any

from api.assignments import exporting, render, schemas
from api.assignments.classroom import Classroom
from api.assignments.models import Work
from api.assignments.service import Assignments
from kit import paging, sheets
from kit.http import documents
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "Assignments"
_ALL = "/api/organizations/{org_id}/assignments"
_ONE = f"{_ALL}/{{assignment_id}}"
_CLASS = "/api/organizations/{org_id}/class"


class AssignmentRoutes:
    """The operations of assignments."""

    def __init__(self, assignments: Assignments, classroom: Classroom) -> None:
        self._assignments = assignments
        self._classroom = classroom

    async def listing(self, call: Call, org_id: Id, query: Paging) -> schemas.AssignmentList:
        """What the organization has given. For owners and admins; team managers see what is for their team."""
        before = paging.id_in(query.cursor)
        found = await self._assignments.page(call.caller, org_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        items = [render.assignment(each, self._work(each.work)) for each in shown]
        return schemas.AssignmentList(items=items, next_cursor=following)

    async def create(self, call: Call, org_id: Id, body: schemas.AssignmentCreateRequest) -> schemas.AssignmentResponse:
        """Give a module or a text to all learners, to a team, or to learners by name. For owners and admins; team
        managers give to their own team and its learners. Learners are members with the role `member`."""
        made = await self._assignments.create(
            call.caller, render.actor(call), org_id, render.work(body), render.audience(body), body.due_at
        )
        return render.assignment(made, self._work(made.work))

    async def update(
        self, call: Call, org_id: Id, assignment_id: Id, body: schemas.AssignmentUpdateRequest
    ) -> schemas.AssignmentResponse:
        """Move the day until which it is to be done."""
        found = await self._assignments.set_due(call.caller, render.actor(call), org_id, assignment_id, body.due_at)
        return render.assignment(found, self._work(found.work))

    async def delete(self, call: Call, org_id: Id, assignment_id: Id) -> None:
        """Take it back. What learners did stays theirs."""
        await self._assignments.delete(call.caller, render.actor(call), org_id, assignment_id)

    async def progress(
        self, call: Call, org_id: Id, assignment_id: Id, query: Paging
    ) -> schemas.AssignmentProgressList:
        """Who practised it, when, and with what score: all who have it now."""
        after = paging.place_in(query.cursor)
        found = await self._assignments.progress(call.caller, org_id, assignment_id, after, query.limit + 1)
        shown, following = paging.cut(
            found, query.limit, lambda each: paging.of_place(each[0].joined_at, each[0].user_id)
        )
        items = [render.progress(learner, outcome) for learner, outcome in shown]
        return schemas.AssignmentProgressList(items=items, next_cursor=following)

    async def results(self, call: Call, org_id: Id, assignment_id: Id) -> documents.Document:
        """The same as a table for spreadsheets, with all who have it: CSV in UTF-8 with a byte order mark, moments in
        UTC. `score_means` says what each score is. Text that would be a formula has an apostrophe before it."""
        one, rows = await self._assignments.results(call.caller, org_id, assignment_id)
        table = exporting.results(one, self._work(one.work), rows)
        return documents.saved(table, sheets.MEDIA_TYPE, f"assignment-{one.id}.csv")

    async def mine(self, call: Call, query: schemas.MyAssignmentsQuery) -> schemas.MyAssignmentList:
        """What the caller was given as a learner, and what came of it. A module counts also when it was completed
        before; a text is read as a recording or in a speaking session with it as `reference_text`."""
        after = paging.place_in(query.cursor)
        found = await self._assignments.mine(call.caller, query.due_from, after, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_place(each[0].due_at, each[0].id))
        items = [render.mine(one, seat, outcome, self._work(one.work)) for one, seat, outcome in shown]
        return schemas.MyAssignmentList(items=items, next_cursor=following)

    async def classroom(self, call: Call, org_id: Id, query: schemas.ClassQuery) -> schemas.ClassList:
        """How the learners practise. For owners and admins; team managers see their team. Only members with the role
        `member` who agreed to belong are shown."""
        after = paging.place_in(query.cursor)
        rows, sounds = await self._classroom.page(call.caller, org_id, query.team, after, query.limit + 1)
        shown, following = paging.cut(
            rows, query.limit, lambda each: paging.of_place(each.learner.joined_at, each.learner.user_id)
        )
        return schemas.ClassList(
            items=[render.class_row(each) for each in shown],
            next_cursor=following,
            weak_sounds=None if sounds is None else [render.shared(one) for one in sounds],
        )

    async def class_table(self, call: Call, org_id: Id, query: schemas.ClassExportQuery) -> documents.Document:
        """The same as a table for spreadsheets, with all learners: CSV in UTF-8 with a byte order mark, moments in UTC.
        Text that would be a formula has an apostrophe before it."""
        rows = await self._classroom.everybody(call.caller, org_id, query.team)
        return documents.saved(exporting.overview(rows), sheets.MEDIA_TYPE, f"class-{org_id}.csv")

    def _work(self, work: Work) -> schemas.WorkResponse:
        return render.work_shown(work, self._assignments.title(work))

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:read", "added": True}
        table: dict[str, Any] = {**read, "rate": "heavy", "produces": (sheets.MEDIA_TYPE,)}
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:write", "added": True}
        return [
            Operation("GET", _ALL, self.listing, "List assignments of an organization", _TAG, **read),
            Operation(
                "POST",
                _ALL,
                self.create,
                "Give an assignment",
                _TAG,
                **write,
                status=201,
                errors=(409,),
                idempotent=True,
            ),
            Operation("PATCH", _ONE, self.update, "Update an assignment's due date", _TAG, **write),
            Operation("DELETE", _ONE, self.delete, "Delete an assignment", _TAG, **write, status=204),
            Operation("GET", f"{_ONE}/progress", self.progress, "Get an assignment's progress", _TAG, **read),
            Operation("GET", f"{_ONE}/export", self.results, "Export an assignment's results", _TAG, **table),
            Operation(
                "GET",
                "/api/assignments/mine",
                self.mine,
                "List my assignments",
                _TAG,
                access=Access.BEARER_OR_KEY,
                scope="xel:read",
                added=True,
            ),
            Operation("GET", _CLASS, self.classroom, "Get the class", _TAG, **read),
            Operation("GET", f"{_CLASS}/export", self.class_table, "Export the class", _TAG, **table),
        ]
