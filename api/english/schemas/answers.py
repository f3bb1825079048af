"""The shapes of a learner's answers as their teacher sees them."""

from datetime import datetime

from pydantic import Field

from api.english.schemas.modules import XELTask
from api.english.schemas.practice import XELTaskSubmissionResponse
from kit.http.wire import Id, Page, View
from kit.storable import JsonObject


class XELLearnerAnswer(View):
    """An answer to a task of a module, or a reading of a text: then `task`, `response` and `result` are null."""

    id: Id = Field(
        description="The answer: a submission, recording or transcript.",
        examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"],
    )
    answered_at: datetime = Field(description="When it was given.", examples=["2026-11-23T19:00:00Z"])
    task_id: str | None = Field(description="The task; null for a text.", examples=["profiles"])
    title: str = Field(description="What the task or the text is called.", examples=["Read about a person"])
    number: int | None = Field(description="Which try of the task it is, from 1; null for a text.", examples=[2])
    score: float = Field(ge=0, le=100, description="0 to 100.", examples=[50])
    task: XELTask | None = Field(description="What was asked; null when the task is no longer there.")
    response: str | list[str] | None = Field(
        description="As it was handed in: a text, an option id, or a list of them.", examples=[["a", "c"]]
    )
    result: XELTaskSubmissionResponse | None = Field(description="What the learner was told: right, wrong and why.")
    heard: str | None = Field(
        description="What was recognized of a reading; the sound is the learner's own.",
        examples=["On Sunday we took the train."],
    )
    pronunciation: JsonObject | None = Field(
        description="The report of a reading.", examples=[{"overall": 82, "words": []}]
    )


class XELLearnerAnswerList(Page[XELLearnerAnswer]):
    """Answers of a learner to an assignment, the newest first."""

    since: datetime = Field(
        description="Answers from before, when it was not given or the learner did not belong, are not shown.",
        examples=["2026-11-20T19:00:00Z"],
    )
