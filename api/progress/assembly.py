"""The parts of this slice that others use, put together once."""

from dataclasses import dataclass

from api.progress.groups import Groups
from api.progress.learning_time import LearningTime
from api.progress.phoneme_log import PhonemeLog
from api.progress.ports import Skills
from api.progress.quest_book import QuestBook
from api.progress.rewards import Rewards
from api.progress.routes import ProgressRoutes
from api.progress.service import Progress
from api.progress.shop import Shop
from api.progress.streak_reader import Streaks
from kit.clock import Clock
from kit.database import Database


@dataclass(frozen=True)
class ProgressDoors:
    """What other slices report to and read from, each behind their own port."""

    rewards: Rewards
    learning_time: LearningTime
    phoneme_log: PhonemeLog
    streaks: Streaks
    groups: Groups
    routes: ProgressRoutes


def assemble(database: Database, clock: Clock, skills: Skills) -> ProgressDoors:
    """Build the parts of progress."""
    quests = QuestBook(skills)
    streaks = Streaks()
    progress = Progress(database, clock, quests, streaks)
    return ProgressDoors(
        rewards=Rewards(quests),
        learning_time=LearningTime(quests),
        phoneme_log=PhonemeLog(quests),
        streaks=streaks,
        groups=Groups(streaks),
        routes=ProgressRoutes(progress, Shop(database, clock, streaks)),
    )
