"""Results as tables for spreadsheets. Pure."""

from collections.abc import Iterable

from api.assignments import schemas
from api.assignments.classroom import Row
from api.assignments.completion import READ_WELL
from api.assignments.models import Assignment, Outcome
from api.assignments.ports import Learner
from kit import sheets

_WHO = ("user_id", "username", "full_name", "team")
_RESULTS = ("task", "kind", "due_at", "status", "score", "score_means", "practised_at", "completed_at")
_CLASS = (
    "minutes_7_days",
    "minutes_30_days",
    "xpi",
    "cefr_level",
    "confidence",
    "streak",
    "last_seen_at",
    "weak_sounds",
)
_MEANS = {
    "module": "0 to 100: the score of the module",
    "text": f"0 to 100: the best pronunciation score of the text; completed from {READ_WELL:.0f}",
}


def results(one: Assignment, work: schemas.WorkResponse, rows: Iterable[tuple[Learner, Outcome]]) -> str:
    """Who did what of an assignment: a line for each learner. `score` is empty before one."""
    return sheets.written(
        (*_WHO, *_RESULTS),
        (
            (
                *_who(learner),
                work.title,
                work.kind,
                one.due_at,
                outcome.status,
                outcome.score,
                _MEANS[work.kind],
                outcome.practised_at,
                outcome.completed_at,
            )
            for learner, outcome in rows
        ),
    )


def overview(rows: Iterable[Row]) -> str:
    """A class at a glance: a line for each learner. Sounds are in the IPA, with their mean score of 100."""
    return sheets.written(
        (*_WHO, *_CLASS),
        (
            (
                *_who(row.learner),
                row.practice.week_seconds // 60,
                row.practice.month_seconds // 60,
                row.standing.xpi,
                row.standing.cefr_level,
                row.standing.confidence,
                row.practice.streak,
                row.practice.last_seen_at,
                "; ".join(f"/{sound.ipa}/ {sound.mean:.0f}" for sound in row.practice.weak),
            )
            for row in rows
        ),
    )


def _who(learner: Learner) -> tuple[str, str, str | None, str | None]:
    return learner.user_id, learner.username, learner.full_name, learner.team
