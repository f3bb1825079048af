"""The operation of a learner's answers, for teachers."""

from api.english.schemas.answers import XELLearnerAnswerList
from api.english.submissions.answers import Answers
from kit import paging
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_PATH = "/api/organizations/{org_id}/assignments/{assignment_id}/progress/{target_user_id}"


class AnswerRoutes:
    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def operations(self) -> list[Operation]:
        """For those who teach the learner; for all others nothing is there."""
        return [
            Operation(
                "GET",
                _PATH,
                self.page,
                "Get a learner's answers to an assignment",
                "Assignments",
                access=Access.BEARER_OR_KEY,
                scope="organizations:read",
                errors=(404,),
                added=True,
            )
        ]

    async def page(
        self, call: Call, org_id: Id, assignment_id: Id, target_user_id: Id, query: Paging
    ) -> XELLearnerAnswerList:
        """What a learner answered to the tasks of a module, right or wrong, with every try; or how they read a text.
        Since it was given and the learner belongs to the organization; learners are told before they join. The sound
        of recordings is not shown."""
        before = paging.place_in(query.cursor)
        place = (org_id, assignment_id, target_user_id)
        since, found = await self._answers.page(call.caller, place, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_place(each.answered_at, each.id))
        return XELLearnerAnswerList(items=shown, next_cursor=following, since=since)
