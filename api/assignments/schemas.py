"""The shapes of assignments and of a class on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.assignments.models import Status, Whom
from api.assignments.service import MOST_NAMED
from kit.http.wire import Body, Id, Label, Moment, Page, Paging, View

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
ModuleId = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Team = Annotated[str, StringConstraints(min_length=1, max_length=60), Label]

_ASSIGNMENT = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f70"
_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_USER = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f10"
_WHEN = "2026-11-23T19:00:00Z"
_DUE = "2026-12-01T18:00:00Z"
_MODULE = {"kind": "module", "module_id": "a1-meeting-people"}
_SOUND = {"phoneme": "TH", "ipa": "θ", "mean": 61.5, "attempts": 24}


class ModuleWork(Body):
    kind: Literal["module"] = Field(description="A module of the course.", examples=["module"])
    module_id: ModuleId = Field(description="The module.", examples=["a1-meeting-people"])


class TextWork(Body):
    kind: Literal["text"] = Field(description="A text to read aloud.", examples=["text"])
    title: Title = Field(description="What it is called.", examples=["A trip to the lake"])
    text: Text = Field(description="What is read.", examples=["On Sunday we took the train to the lake."])


class WholeAudience(Body):
    kind: Literal["organization"] = Field(description="All learners, later ones too.", examples=["organization"])


class TeamAudience(Body):
    kind: Literal["team"] = Field(description="The learners of a team, later ones too.", examples=["team"])
    team: Team = Field(description="The team.", examples=["Beginners"])


class MembersAudience(Body):
    kind: Literal["members"] = Field(description="Learners by name.", examples=["members"])
    user_ids: list[Id] = Field(min_length=1, max_length=MOST_NAMED, description="Who.", examples=[[_USER]])


class AssignmentCreateRequest(Body):
    work: Annotated[ModuleWork | TextWork, Field(discriminator="kind")] = Field(
        description="What is to be done.", examples=[_MODULE]
    )
    audience: Annotated[WholeAudience | TeamAudience | MembersAudience, Field(discriminator="kind")] = Field(
        description="For whom.", examples=[{"kind": "organization"}]
    )
    due_at: Moment = Field(description="Until when.", examples=[_DUE])


class AssignmentUpdateRequest(Body):
    due_at: Moment = Field(description="Until when.", examples=[_DUE])


class WorkResponse(View):
    kind: Literal["module", "text"] = Field(description="A module, or a text to read aloud.", examples=["module"])
    title: str = Field(description="What it is called.", examples=["Meeting people"])
    module_id: str | None = Field(description="The module; null for a text.", examples=["a1-meeting-people"])
    text: str | None = Field(description="What is read; null for a module.", examples=["On Sunday we took the train."])


class AudienceResponse(View):
    kind: Whom = Field(description="Who has it.", examples=["team"])
    team: str | None = Field(
        description="The team; with named members the one whose manager named them.", examples=["Beginners"]
    )
    members: int | None = Field(description="The number of named members, if members are named.", examples=[3])


class AssignmentResponse(View):
    """An assignment as those who teach see it."""

    id: Id = Field(description="The assignment.", examples=[_ASSIGNMENT])
    organization_id: Id = Field(description="Whose it is.", examples=[_ORGANIZATION])
    work: WorkResponse = Field(description="What is to be done.")
    audience: AudienceResponse = Field(description="For whom.")
    due_at: datetime = Field(description="Until when.", examples=[_DUE])
    created_by: Id | None = Field(description="Who gave it; null when that account is gone.", examples=[_USER])
    created_at: datetime = Field(description="When it was given.", examples=[_WHEN])


class AssignmentList(Page[AssignmentResponse]):
    """Assignments of an organization, the newest first."""


class OutcomeFields(View):
    status: Status = Field(
        description="`completed` for a completed module, or a text that was read with a score of at least 60.",
        examples=["completed"],
    )
    practised_at: datetime | None = Field(description="When it was practised last.", examples=[_WHEN])
    completed_at: datetime | None = Field(description="When it was completed first.", examples=[_WHEN])
    score: int | None = Field(
        description="0 to 100: the module's score, or the best pronunciation score of the text; null before one.",
        examples=[82],
    )


class LearnerProgressResponse(OutcomeFields):
    """What a learner did of an assignment."""

    user_id: Id = Field(description="The learner.", examples=[_USER])
    username: str = Field(description="Their public name.", examples=["ana_92"])
    full_name: str | None = Field(description="As they want to be called.", examples=["Ana Souza"])
    team: str | None = Field(description="Their team, if any.", examples=["Beginners"])


class AssignmentProgressList(Page[LearnerProgressResponse]):
    """Everybody who has the assignment, in the order in which they joined."""


class MyAssignmentsQuery(Paging):
    due_from: Moment | None = Field(None, description="Leave out what was due before.", examples=[_WHEN])


class MyAssignmentResponse(OutcomeFields):
    """An assignment as the learner sees it."""

    id: Id = Field(description="The assignment.", examples=[_ASSIGNMENT])
    organization_id: Id = Field(description="Who gave it.", examples=[_ORGANIZATION])
    organization_name: str = Field(description="What people call it.", examples=["Lingua School"])
    work: WorkResponse = Field(description="What is to be done.")
    due_at: datetime = Field(description="Until when.", examples=[_DUE])
    created_at: datetime = Field(description="When it was given.", examples=[_WHEN])


class MyAssignmentList(Page[MyAssignmentResponse]):
    """What the caller has to do, the soonest first."""


class ClassQuery(Paging):
    team: Team | None = Field(None, description="Only this team.", examples=["Beginners"])


class ClassExportQuery(Body):
    team: Team | None = Field(None, description="Only this team.", examples=["Beginners"])


class ClassSoundResponse(View):
    """A sound that somebody has to practise: a mean below 80 over the last 30 days."""

    phoneme: str = Field(description="The sound, ARPAbet.", examples=["TH"])
    ipa: str = Field(description="The same in the IPA.", examples=["θ"])
    mean: float = Field(description="Mean score, 0 to 100.", examples=[61.5])
    attempts: int = Field(description="The number of attempts.", examples=[24])


class SharedSoundResponse(ClassSoundResponse):
    """Mean and attempts are those of the learners for whom it is weak."""

    learners: int = Field(description="The number of learners for whom it is weak.", examples=[7])


class ClassLearnerResponse(View):
    user_id: Id = Field(description="The learner.", examples=[_USER])
    username: str = Field(description="Their public name.", examples=["ana_92"])
    full_name: str | None = Field(description="As they want to be called.", examples=["Ana Souza"])
    team: str | None = Field(description="Their team, if any.", examples=["Beginners"])
    minutes_7_days: int = Field(description="Minutes learned in the last 7 days, today included.", examples=[45])
    minutes_30_days: int = Field(description="Minutes learned in the last 30 days, today included.", examples=[160])
    xpi: int = Field(description="Proficiency index, 0 to 1000.", examples=[312])
    cefr_level: str = Field(description="The level it lies in.", examples=["A2"])
    confidence: float = Field(description="How sure the index is, 0 to 1.", examples=[0.42])
    streak: int = Field(description="Days in a row.", examples=[5])
    last_seen_at: datetime | None = Field(description="When they learned last; null for never.", examples=[_WHEN])
    live_session_id: Id | None = Field(
        description="The live session that runs now, which the caller may watch.", examples=[None]
    )
    weak_sounds: list[ClassSoundResponse] = Field(description="At most 3, the worst first.", examples=[[_SOUND]])


class ClassList(Page[ClassLearnerResponse]):
    """Learners in the order in which they joined."""

    weak_sounds: list[SharedSoundResponse] | None = Field(
        description="What most of the class have to practise, at most 10; on the first page, null on others.",
        examples=[[{**_SOUND, "learners": 7}]],
    )
