"""A learner’s attempt at a task, and what was found of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson

from api.english.catalog import schema
from api.english.schemas.evaluation import XELEvaluationResponse
from api.english.schemas.practice import XELTaskSubmissionRequest
from api.english.tasks.result import Graded


@dataclass(frozen=True)
class Judged:
    """A graded response, with the evaluation behind it for writing and speaking."""

    graded: Graded
    evaluation: XELEvaluationResponse | None = None


@dataclass(frozen=True)
class Attempt:
    """A response to one variant of a task."""

    user_id: str
    module: schema.Module
    task: schema.Task
    variant: int
    body: XELTaskSubmissionRequest
    at: datetime

    @property
    def fingerprint(self) -> str:
        """The same for the same response to the same variant."""
        said = [self.body.module_id, self.body.task_id, self.variant, self.body.response, self.body.audio_id]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()

    @property
    def place(self) -> tuple[str, str, str]:
        """User, module and task."""
        return self.user_id, self.module.id, self.task.id
