"""Shapes of handing in a task and of learning sessions with their transcripts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.english.catalog.frame import Skill
from api.english.schemas.evaluation import XELCorrection, XELEvaluationResponse
from api.english.schemas.modules import XELTask
from kit.http.wire import Body, Id, Moment, StorableObject, View
from kit.storable import JsonObject

Answer = Annotated[str, StringConstraints(max_length=20_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class XELTaskSubmissionRequest(Body):
    module_id: Name = Field(description="Id of the module.", examples=["a1-meeting-people"])
    task_id: Name = Field(description="Id of the task in it.", examples=["profiles"])
    skill: Skill = Field(description="The task's skill.", examples=["reading"])
    response: Answer | Annotated[list[Answer], Field(max_length=50)] = Field(
        description="A text, an option id, or a list of them in the order of the items. Empty when `audio_id` says it.",
        examples=[["a", "c"]],
    )
    time_spent_seconds: float = Field(ge=0, le=86_400, description="Seconds spent on the task.", examples=[42])
    session_id: Id | None = Field(
        None,
        description="The learning session that this belongs to.",
        examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"],
    )
    audio_id: Id | None = Field(
        None,
        description="Speaking: the `audio_id` from evaluating the recording.",
        examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"],
    )


class XELTaskPart(View):
    item: str = Field(description="The question, gap, pair, word or point.", examples=["2"])
    verdict: Literal["right", "partly", "wrong"] = Field(description="How it was judged.", examples=["wrong"])
    credit: float = Field(ge=0, le=1, description="Share of its points, 0 to 1.", examples=[0])
    message: str = Field(description="Why.", examples=["She says: “now I live in London”."])


class XELXpiChange(View):
    before: int = Field(description="XPI before, 0 to 1000.", examples=[231])
    after: int = Field(description="XPI after, 0 to 1000.", examples=[238])


class XELTaskSubmissionResponse(View):
    submission_id: Id = Field(description="Id of the submission.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    task_id: str = Field(description="Id of the task.", examples=["profiles"])
    score: int = Field(ge=0, le=100, description="0 to 100.", examples=[50])
    passed: bool = Field(description="60 points or more.", examples=[False])
    feedback: str = Field(
        description="What was right and wrong, and why.", examples=["1 of 2 right.\n2: Marta is the student."]
    )
    corrections: list[XELCorrection] = Field(description="Corrections as spans in the learner's text.")
    parts: list[XELTaskPart] = Field(description="The verdict on each part.")
    xp_awarded: int = Field(description="Points given for it; each task gives them once.", examples=[12])
    xpi: XELXpiChange = Field(description="The proficiency index before and after.")
    evaluation: XELEvaluationResponse | None = Field(None, description="The full evaluation of writing or speech.")
    transcript: str | None = Field(
        None, description="What was to be heard, now that it was answered.", examples=["Anna: Hello, I'm Anna."]
    )


class XELTaskRegenerateRequest(Body):
    module_id: Name = Field(description="Id of the module.", examples=["a1-meeting-people"])
    task_id: Name = Field(description="Id of the task in it.", examples=["profiles"])


class XELTaskRegenerateResponse(View):
    task: XELTask = Field(description="The same task in another variant.")


class XELSessionStartRequest(Body):
    module_id: Name | None = Field(None, description="The module to work on.", examples=["a1-meeting-people"])
    kind: Literal["module", "review", "free"] = Field("free", description="What the session is for.")


class XELSessionStartResponse(View):
    session_id: Id = Field(description="Id of the session.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    started_at: datetime = Field(description="When it started (UTC).", examples=["2026-03-02T09:30:00Z"])


class XELSessionEndRequest(Body):
    session_id: Id = Field(description="Id of the session.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])


class XELSessionEndResponse(View):
    session_id: Id = Field(description="Id of the session.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    ended_at: datetime = Field(
        description="When it ended (UTC): at the last activity if it was left open.", examples=["2026-03-02T09:30:00Z"]
    )
    duration_seconds: int = Field(description="Seconds from start to end.", examples=[900])
    tasks_done: int = Field(description="Tasks handed in during the session.", examples=[6])
    xp_awarded: int = Field(description="Points earned during the session.", examples=[72])


class XELTranscriptSaveRequest(Body):
    session_id: Id = Field(
        description="A learning session of the caller.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"]
    )
    role: Literal["user", "ai"] = Field(description="Who spoke.", examples=["user"])
    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)] = Field(
        description="What was said.", examples=["How was your weekend?"]
    )
    timestamp: Moment | None = Field(
        None, description="When it was said; now when left out.", examples=["2026-03-02T09:30:00Z"]
    )
    pronunciation: StorableObject | None = Field(
        None,
        description="A pronunciation report to keep with it.",
        examples=[{"overall": 82, "words": [{"word": "phone", "score": 91, "error": "none"}]}],
    )


class XELTranscriptSaveResponse(View):
    id: Id = Field(description="Id of the entry.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    session_id: Id = Field(description="Id of the session.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    saved: Literal[True] = Field(True, description="Always true.")


class XELTranscriptItem(View):
    id: Id = Field(description="Id of the entry.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    role: Literal["user", "ai"] = Field(description="Who spoke.", examples=["ai"])
    text: str = Field(description="What was said.", examples=["How was your weekend?"])
    timestamp: datetime = Field(description="When it was said (UTC).", examples=["2026-03-02T09:30:00Z"])
    pronunciation: JsonObject | None = Field(
        None,
        description="The pronunciation report, if one was saved.",
        examples=[{"overall": 82, "words": [{"word": "phone", "score": 91, "error": "none"}]}],
    )


class XELTranscriptList(View):
    items: list[XELTranscriptItem] = Field(description="The session's entries in the order they were said.")
    next_cursor: str | None = Field(
        None, description="Cursor of the next page; null on the last.", examples=["WyIyMDI2LTAzLTAyIl0"]
    )
