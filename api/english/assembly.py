"""The parts of this slice, put together once."""

from dataclasses import dataclass

from api.english import ports
from api.english.catalog import load
from api.english.evaluation.recognition import Recognition
from api.english.evaluation.service import Evaluations, Evaluator
from api.english.modules.completions import Completions
from api.english.modules.next_task import WordIndex, course_index
from api.english.modules.reach import Reaches
from api.english.modules.service import Modules
from api.english.overview.routes import OverviewRoutes
from api.english.overview.service import Habits, Overview
from api.english.own.routes import OwnTextRoutes
from api.english.own.service import OwnTexts
from api.english.own.shelf import Shelf
from api.english.placement.routes import PlacementRoutes
from api.english.placement.service import Placements
from api.english.review.plan import ReviewPlan
from api.english.review.routes import ReviewRoutes
from api.english.routes import EnglishRoutes
from api.english.sessions.service import Sessions
from api.english.sound.routes import SoundRoutes
from api.english.sound.service import Recordings
from api.english.sound.voicing import Voicing
from api.english.submissions.answers import Answers
from api.english.submissions.routes import AnswerRoutes
from api.english.submissions.service import Submissions
from kit.clock import Clock
from kit.database import Database
from kit.http.operation import Operation


@dataclass(frozen=True)
class Neighbours:
    """What other slices provide. Without a `voice` the client speaks."""

    rewards: ports.Rewards
    learning_time: ports.LearningTime
    phoneme_log: ports.PhonemeLog
    streaks: ports.Streaks
    writing: Evaluator
    recognizer: ports.RecordingRecognizer
    voice: ports.Voice | None
    allowance: ports.Allowance
    announcements: ports.Announcements
    given: ports.GivenModules
    schools: ports.Schools
    documents: ports.Documents
    answering: ports.Answering
    spoken: ports.Spoken


@dataclass(frozen=True)
class EnglishDoors:
    """The operations of the course, and what other areas use of it."""

    operations: list[Operation]
    sessions: Sessions
    index: WordIndex


def assemble(database: Database, clock: Clock, near: Neighbours) -> EnglishDoors:
    """Build the parts of the course."""
    catalog = load.catalog()
    index = course_index()
    voicing = Voicing(catalog, near.voice, database, clock)
    reaches = Reaches(clock, near.given)
    shelf = Shelf(catalog, near.given, near.schools)
    completions = Completions(near.rewards, near.announcements)
    modules = Modules(database, clock, voicing, completions, reaches, shelf)
    sessions = Sessions(database, clock, modules, near.rewards, near.learning_time)
    recognition = Recognition(clock, near.recognizer, near.allowance)
    routes = EnglishRoutes(
        modules,
        Submissions(database, clock, modules, near.writing, near.rewards, near.learning_time),
        Evaluations(database, clock, modules, near.writing, recognition, near.phoneme_log),
        sessions,
    )
    habits = Habits(near.streaks, near.learning_time)
    overview = Overview(database, clock, index, reaches, near.phoneme_log, habits)
    rooms = (
        routes,
        OverviewRoutes(overview),
        SoundRoutes(Recordings(database, voicing, shelf)),
        ReviewRoutes(ReviewPlan(database, clock, catalog, index, reaches)),
        PlacementRoutes(Placements(database, clock, catalog, voicing)),
        AnswerRoutes(Answers(database, catalog, near.answering, near.spoken)),
        OwnTextRoutes(OwnTexts(database, clock, near.schools, near.documents)),
    )
    return EnglishDoors([row for room in rooms for row in room.operations()], sessions, index)
