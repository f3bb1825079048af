"""Between what is on the wire and what this slice works with."""

from api.assignments import schemas
from api.assignments.classroom import Row
from api.assignments.models import Assignment, Audience, Outcome, Work
from api.assignments.ports import Learner, Seat, SharedSound
from kit.audit import Actor
from kit.http.operation import Call


def actor(call: Call) -> Actor:
    """Who acts, for the audit trail."""
    return Actor(call.caller.user_id, call.address, call.request_id)


def work(body: schemas.AssignmentCreateRequest) -> Work:
    """The work that the request describes."""
    if isinstance(body.work, schemas.ModuleWork):
        return Work(module_id=body.work.module_id)
    return Work(title=body.work.title, text=body.work.text)


def audience(body: schemas.AssignmentCreateRequest) -> Audience:
    """For whom the work is."""
    if isinstance(body.audience, schemas.TeamAudience):
        return Audience("team", team=body.audience.team)
    if isinstance(body.audience, schemas.MembersAudience):
        return Audience("members", user_ids=tuple(body.audience.user_ids))
    return Audience("organization")


def work_shown(one: Work, title: str) -> schemas.WorkResponse:
    """The work as the API shows it."""
    kind = "module" if one.module_id is not None else "text"
    return schemas.WorkResponse(kind=kind, title=title, module_id=one.module_id, text=one.text)


def assignment(one: Assignment, shown: schemas.WorkResponse) -> schemas.AssignmentResponse:
    """The assignment as its teacher sees it."""
    return schemas.AssignmentResponse(
        id=one.id,
        organization_id=one.organization_id,
        work=shown,
        audience=schemas.AudienceResponse(kind=one.audience.whom, team=one.audience.team, members=one.members),
        due_at=one.due_at,
        created_by=one.created_by,
        created_at=one.created_at,
    )


def progress(learner: Learner, outcome: Outcome) -> schemas.LearnerProgressResponse:
    """How one learner does, as the teacher sees it."""
    return schemas.LearnerProgressResponse(
        user_id=learner.user_id,
        username=learner.username,
        full_name=learner.full_name,
        team=learner.team,
        status=outcome.status,
        practised_at=outcome.practised_at,
        completed_at=outcome.completed_at,
        score=outcome.score,
    )


def mine(one: Assignment, seat: Seat, outcome: Outcome, shown: schemas.WorkResponse) -> schemas.MyAssignmentResponse:
    """The assignment as its learner sees it."""
    return schemas.MyAssignmentResponse(
        id=one.id,
        organization_id=one.organization_id,
        organization_name=seat.organization_name,
        work=shown,
        due_at=one.due_at,
        created_at=one.created_at,
        status=outcome.status,
        practised_at=outcome.practised_at,
        completed_at=outcome.completed_at,
        score=outcome.score,
    )


def class_row(row: Row) -> schemas.ClassLearnerResponse:
    """A learner's row in the overview of a class."""
    learner, practice, standing = row.learner, row.practice, row.standing
    return schemas.ClassLearnerResponse(
        user_id=learner.user_id,
        username=learner.username,
        full_name=learner.full_name,
        team=learner.team,
        minutes_7_days=practice.week_seconds // 60,
        minutes_30_days=practice.month_seconds // 60,
        xpi=standing.xpi,
        cefr_level=standing.cefr_level,
        confidence=standing.confidence,
        streak=practice.streak,
        last_seen_at=practice.last_seen_at,
        live_session_id=row.live_session_id,
        weak_sounds=[
            schemas.ClassSoundResponse(phoneme=one.phoneme, ipa=one.ipa, mean=one.mean, attempts=one.attempts)
            for one in practice.weak
        ],
    )


def shared(one: SharedSound) -> schemas.SharedSoundResponse:
    """A sound that several learners get wrong, as the API shows it."""
    return schemas.SharedSoundResponse(
        phoneme=one.phoneme, ipa=one.ipa, mean=one.mean, attempts=one.attempts, learners=one.learners
    )
