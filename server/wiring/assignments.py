"""Assignments put together with those who keep what learners do: the course, live sessions, progress."""

from api.assignments.announcing import Announcing
from api.assignments.classroom import Classroom
from api.assignments.completion import Completion
from api.assignments.ports import Announcements
from api.assignments.routes import AssignmentRoutes
from api.assignments.service import Assignments
from api.english.catalog import load
from api.english.evaluation import store as evaluations
from api.english.submissions.coursework import Coursework
from api.english.xpi import ledger as xpi_ledger
from api.live import store as live_sessions
from api.live import transcript_store
from api.organizations.belonging import Teaching
from api.progress.assembly import ProgressDoors
from kit import periodic
from server.resources import Resources
from server.wiring.part import Part

_SWEEP_SECONDS = 30.0


def build(r: Resources, progress: ProgressDoors, announcements: Announcements) -> Part:
    """Assignments, with the course and the transcripts that they look into."""
    teaching = Teaching(r.clock)
    completion = Completion(Coursework(load.catalog()), [evaluations.readings, transcript_store.readings])
    assignments = Assignments(r.database, r.clock, teaching, completion)
    classroom = Classroom(r.database, r.clock, teaching, progress.groups, xpi_ledger, live_sessions.running_of)
    announcing = Announcing(r.database, r.clock, teaching, announcements)
    sweep = periodic.starter(r.tasks, "announce assignments", _SWEEP_SECONDS, announcing.sweep)
    return Part(operations=AssignmentRoutes(assignments, classroom).operations(), starts=[sweep])
