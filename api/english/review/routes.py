"""The operation that says what to repeat today."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.english.review.plan import Repeat, ReviewPlan
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Body, View


class XELReviewQuery(Body):
    limit: int = Field(20, ge=1, le=100, description="Items at most.", examples=[20])


class XELReviewTask(View):
    module_id: str = Field(description="Id of the module.", examples=["a1-my-day"])
    task_id: str = Field(description="Id of the task.", examples=["repeat"])
    title: str = Field(description="Title of the task.", examples=["Repeat after me"])
    skill: str = Field(description="Its skill.", examples=["speaking"])


class XELReviewItem(View):
    kind: Literal["phoneme", "word", "error"] = Field(description="What sort of thing it is.", examples=["word"])
    item: str = Field(
        description="ARPAbet name of the phoneme, the word, or the kind of error.", examples=["comfortable"]
    )
    strength: float = Field(ge=0, le=1, description="The chance that it is still remembered.", examples=[0.41])
    due_at: datetime = Field(description="Since when it should be repeated.", examples=["2026-03-01T18:20:11Z"])
    task: XELReviewTask | None = Field(description="An open task that practises it; null when there is none.")


class XELReviewResponse(View):
    due: list[XELReviewItem] = Field(description="What is due, the longest overdue first.")


class ReviewRoutes:
    """The operation of review."""

    def __init__(self, plan: ReviewPlan) -> None:
        self._plan = plan

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                "/api/learn/english/review",
                self.review,
                "Get what to repeat today",
                "English course",
                Access.BEARER_OR_KEY,
                scope="xel:read",
                added=True,
            )
        ]

    async def review(self, call: Call, query: XELReviewQuery) -> XELReviewResponse:
        """Sounds, words and kinds of error that went wrong before and are due by spaced repetition.

        An item is due when the chance that it is remembered has fallen to 0.6. Right answers double the time until it
        comes back, wrong ones halve it.
        """
        return XELReviewResponse(due=[_item(one) for one in await self._plan.today(call.caller.user_id, query.limit)])


def _item(found: Repeat) -> XELReviewItem:
    task = None
    if found.place is not None:
        module_id, shown = found.place
        task = XELReviewTask(module_id=module_id, task_id=shown.id, title=shown.title, skill=shown.skill)
    due = found.due
    return XELReviewItem.model_validate(
        {"kind": due.kind, "item": due.item, "strength": due.strength, "due_at": due.due_at, "task": task}
    )
