"""Use cases that only read: the dashboard, the proficiency index and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.english.evaluation import store as submission_store
from api.english.models import Progress
from api.english.modules import next_task, unlocking
from api.english.modules import store as module_store
from api.english.modules.next_task import Needs, Suggestion, WordIndex
from api.english.modules.reach import Reach, Reaches
from api.english.overview import reasons
from api.english.ports import LearningTime, PhonemeLog, Streaks, WeakPhoneme
from api.english.review import ledger as review_ledger
from api.english.schemas.standing import (
    XELDashboardResponse,
    XELModuleCounts,
    XELNextTask,
    XELRecentItem,
    XELSkillScores,
    XELWeakPhoneme,
    XELXpiHistory,
    XELXpiHistoryItem,
    XELXpiHistoryQuery,
    XELXpiResponse,
)
from api.english.xpi import ledger as xpi_ledger
from api.english.xpi.formula import Standing
from kit import paging
from kit.clock import Clock
from kit.database import Connection, Database

_RECENT = 10
_SOUNDS = 5
_DUE = 20


@dataclass(frozen=True, slots=True)
class Habits:
    """How regularly a learner practises, and how long."""

    streaks: Streaks
    learning_time: LearningTime

    async def of(self, cx: Connection, user_id: str, at: datetime) -> tuple[int, int]:
        """Days in a row, and seconds of this week."""
        return await self.streaks.current(cx, user_id, at), await self.learning_time.this_week(cx, user_id, at)


class Overview:
    """Where a learner stands, and what to do next."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        index: WordIndex,
        reaches: Reaches,
        phonemes: PhonemeLog,
        habits: Habits,
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalog = index.catalog
        self._index = index
        self._reaches = reaches
        self._phonemes = phonemes
        self._habits = habits

    async def dashboard(self, user_id: str) -> XELDashboardResponse:
        """Everything for the learner's first page."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            standing, weakest = await xpi_ledger.current_and_weakest(cx, user_id, now)
            reach = await self._reaches.of(cx, user_id)
            progress = await module_store.progress(cx, user_id)
            recent = await submission_store.recent(cx, user_id, _RECENT)
            sounds = await self._phonemes.weak(cx, user_id, now, _SOUNDS)
            due = await review_ledger.due(cx, user_id, now, _DUE)
            streak, seconds = await self._habits.of(cx, user_id, now)
        following = next_task.choose(
            self._catalog,
            self._index,
            progress,
            reach,
            Needs(
                due=[(one.kind, one.item) for one in due],
                weak_sound=sounds[0].phoneme if sounds else None,
                weakest_skill=weakest[0] if weakest else None,
            ),
        )
        return XELDashboardResponse(
            xpi=standing.xpi,
            cefr_level=standing.cefr_level,
            streak=streak,
            modules=self._counts(progress, reach),
            recent=[item for row in recent if (item := self._recent(*row))],
            weak_phonemes=[
                XELWeakPhoneme(phoneme=one.phoneme, ipa=one.ipa, mean=one.mean, attempts=one.attempts) for one in sounds
            ],
            next_task=_next(following, standing, reach, sounds),
            minutes_this_week=seconds // 60,
        )

    async def xpi(self, user_id: str) -> XELXpiResponse:
        """The proficiency index with its skills."""
        async with self._database.connection() as cx:
            found = await xpi_ledger.current(cx, user_id, self._clock.now())
        return XELXpiResponse(
            xpi=found.xpi,
            cefr_level=found.cefr_level,
            skills=XELSkillScores(**found.skills),
            samples=found.samples,
            confidence=found.confidence,
            formula_version=found.formula_version,
        )

    async def history(self, user_id: str, query: XELXpiHistoryQuery) -> XELXpiHistory:
        """Changes of the index, newest first."""
        after = paging.place_in(query.cursor)
        async with self._database.connection() as cx:
            rows = await xpi_ledger.history(cx, user_id, query.from_, query.to, query.limit + 1, after)
        page = rows[: query.limit]
        items = [
            XELXpiHistoryItem(at=row.at, xpi=row.xpi, skill=row.skill, delta=row.delta, reason=row.reason)
            for row in page
        ]
        more = len(rows) > len(page)
        return XELXpiHistory(items=items, next_cursor=paging.of_place(page[-1].at, page[-1].id) if more else None)

    def _counts(self, progress: Progress, reach: Reach) -> XELModuleCounts:
        states = [unlocking.standing(module, progress, reach).status for module in self._catalog.modules]
        return XELModuleCounts(
            completed=states.count("completed"), in_progress=states.count("in_progress"), total=len(states)
        )

    def _recent(
        self, id_: str, module_id: str, task_id: str, skill: str, score: int, at: datetime
    ) -> XELRecentItem | None:
        """None for a task that the content no longer has."""
        task = self._catalog.task(module_id, task_id)
        if task is None:
            return None
        return XELRecentItem(
            submission_id=id_, module_id=module_id, task_id=task_id, title=task.title, skill=skill, score=score, at=at
        )


def _next(
    found: Suggestion | None, standing: Standing, reach: Reach, sounds: Sequence[WeakPhoneme]
) -> XELNextTask | None:
    if found is None:
        return None
    why = reasons.sentence(found, standing, reach, {one.phoneme: one for one in sounds})
    return XELNextTask(
        module_id=found.module_id,
        task_id=found.task.id,
        title=found.task.title,
        skill=found.task.skill,
        reason=found.reason,
        item=found.item,
        why=why,
    )
