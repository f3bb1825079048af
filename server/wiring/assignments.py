"""Assignments put together with those who keep what learners do: the course, live sessions, progress."""

from api.assignments.classroom import Classroom
from api.assignments.completion import Completion
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
from server.resources import Resources
from server.wiring.part import Part


def build(r: Resources, progress: ProgressDoors) -> Part:
    teaching = Teaching(r.clock)
    completion = Completion(Coursework(load.catalog()), [evaluations.readings, transcript_store.readings])
    assignments = Assignments(r.database, r.clock, teaching, completion)
    classroom = Classroom(r.database, r.clock, teaching, progress.groups, xpi_ledger, live_sessions.running_of)
    return Part(operations=AssignmentRoutes(assignments, classroom).operations())
