"""Records of a learner's progress through the modules."""

from dataclasses import dataclass, field
from datetime import datetime

from kit.storable import JsonObject


@dataclass(frozen=True)
class ModuleRow:
    """How far a learner is with a module."""

    module_id: str
    started_at: datetime
    completed_at: datetime | None
    score: int | None


@dataclass(frozen=True)
class TaskRow:
    """How far a learner is with a task."""

    module_id: str
    task_id: str
    variant: int
    attempts: int
    best_score: int | None


@dataclass(frozen=True)
class Progress:
    """A learner's rows: modules by id, tasks by (module id, task id)."""

    modules: dict[str, ModuleRow] = field(default_factory=dict)
    tasks: dict[tuple[str, str], TaskRow] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """A response with what it was worth."""

    id: str
    user_id: str
    module_id: str
    task_id: str
    variant: int
    skill: str
    score: int
    xp_awarded: int
    fingerprint: str
    session_id: str | None
    response: str | list[str]
    answer: JsonObject
    created_at: datetime


@dataclass(frozen=True)
class Session:
    """A learning session."""

    id: str
    user_id: str
    module_id: str | None
    kind: str
    started_at: datetime
    active_at: datetime
    ended_at: datetime | None
    tasks_done: int
    xp_awarded: int


@dataclass(frozen=True)
class Evaluation:
    """`variant` and the ids are those of the task that the recording was made for, if any."""

    id: str
    user_id: str
    skill: str
    module_id: str | None
    task_id: str | None
    variant: int | None
    reference_text: str | None
    transcript: str | None
    seconds: float
    answer: JsonObject
    created_at: datetime


@dataclass(frozen=True)
class TranscriptEntry:
    """One thing that was said in a learning session."""

    id: str
    role: str
    text: str
    spoken_at: datetime
    pronunciation: JsonObject | None
