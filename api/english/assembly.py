"""The parts of this slice, put together once."""

from dataclasses import dataclass

from api.english import ports
from api.english.catalog import load
from api.english.evaluation.service import Evaluations, Evaluator
from api.english.modules.service import Modules
from api.english.modules.suggestion import WordIndex
from api.english.overview.service import Overview
from api.english.review.plan import ReviewPlan
from api.english.review.routes import ReviewRoutes
from api.english.routes import EnglishRoutes
from api.english.sessions.service import Sessions
from api.english.sound.service import Recordings
from api.english.sound.voicing import Voicing
from api.english.submissions.service import Submissions
from kit.clock import Clock
from kit.database import Database


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


@dataclass(frozen=True)
class EnglishDoors:
    routes: EnglishRoutes
    review: ReviewRoutes
    sessions: Sessions


def assemble(database: Database, clock: Clock, near: Neighbours) -> EnglishDoors:
    catalog = load.catalog()
    index = WordIndex(catalog)
    voicing = Voicing(catalog, near.voice, database, clock)
    modules = Modules(database, clock, catalog, voicing, near.rewards, near.announcements)
    sessions = Sessions(database, clock, modules, near.rewards, near.learning_time)
    routes = EnglishRoutes(
        modules,
        Submissions(database, clock, modules, near.writing, near.rewards, near.learning_time),
        Evaluations(database, clock, modules, near.writing, near.recognizer, near.phoneme_log, near.allowance),
        sessions,
        Overview(database, clock, catalog, index, near.phoneme_log, near.streaks, near.learning_time),
        Recordings(database, voicing),
    )
    return EnglishDoors(routes, ReviewRoutes(ReviewPlan(database, clock, catalog, index)), sessions)
