"""Use cases around modules: the list, one of them, starting, completing, another variant."""

from api.english.catalog import schema
from api.english.models import Progress
from api.english.modules import store as module_store
from api.english.modules import unlocking
from api.english.modules.completions import Completions
from api.english.modules.reach import Reach, Reaches
from api.english.modules.unlocking import Standing
from api.english.own.shelf import Shelf
from api.english.schemas.modules import (
    TaskStatus,
    XELModuleCompleteResponse,
    XELModuleDetail,
    XELModuleList,
    XELModuleStartResponse,
    XELModuleSummary,
    XELTask,
    XELWord,
)
from api.english.sound.voicing import Voicing
from api.english.tasks import present
from api.english.tasks.result import PASS_MARK
from kit import errors
from kit.clock import Clock
from kit.database import Connection, Database


class Modules:
    """Modules and tasks of the course as one learner sees them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        voicing: Voicing,
        completions: Completions,
        reaches: Reaches,
        shelf: Shelf,
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalog = shelf.catalog
        self._voicing = voicing
        self._completions = completions
        self._reaches = reaches
        self.shelf = shelf

    async def listed(self, user_id: str) -> XELModuleList:
        """All modules in teaching order, with progress."""
        async with self._database.connection() as cx:
            progress = await module_store.progress(cx, user_id)
            reach = await self._reaches.of(cx, user_id)
        return XELModuleList(
            modules=[_summary(module, unlocking.standing(module, progress, reach)) for module in self._catalog.modules]
        )

    async def detail(self, user_id: str, module_id: str) -> XELModuleDetail:
        """A module with its tasks. Failure `not_found`."""
        async with self._database.connection() as cx:
            module = await self.shelf.module(cx, user_id, module_id)
            progress = await module_store.progress(cx, user_id)
            reach = await self._reaches.of(cx, user_id)
        standing = unlocking.standing(module, progress, reach)
        return XELModuleDetail(
            id=module.id,
            title=module.title,
            description=module.description,
            cefr_level=module.level,
            skills=module.skills,
            objectives=module.objectives,
            vocabulary=[XELWord(word=word.word, meaning=word.meaning) for word in module.vocabulary],
            requires=module.requires,
            status=standing.status,
            completed_tasks=standing.passed,
            best_score=standing.best_score,
            tasks=[self.view(module, task, progress) for task in module.tasks],
        )

    def view(self, module: schema.Module, task: schema.Task, progress: Progress) -> XELTask:
        """The task as the learner sees it now: the variant whose turn it is, with its sound and the best score."""
        row = progress.tasks.get((module.id, task.id))
        variant = turn(task, row.variant if row else 1)
        best = row.best_score if row else None
        status: TaskStatus = "open" if best is None else "passed" if best >= PASS_MARK else "attempted"
        more = {"status": status, "best_score": best, **self._voicing.told(task, module.level, variant)}
        shown = present.shown(task, module.id, variant)
        if heard := self._voicing.items(task, module.level, variant):
            more["items"] = [
                item.model_copy(update=sound) for item, sound in zip(shown.items or [], heard, strict=True)
            ]
        return shown.model_copy(update=more)

    async def start(self, user_id: str, module_id: str) -> XELModuleStartResponse:
        """Start a module. Failure `module_locked`."""
        async with self._database.transaction() as tx:
            module = await self.shelf.module(tx, user_id, module_id)
            await self.admit(tx, user_id, module)
            row = await module_store.start(tx, user_id, module.id, self._clock.now())
        status = "completed" if row.completed_at else "in_progress"
        return XELModuleStartResponse(module_id=module.id, status=status, started_at=row.started_at)

    async def admit(self, tx: Connection, user_id: str, module: schema.Module) -> Progress:
        """The learner's progress. Failure `module_locked` while the module is not open to them."""
        progress = await module_store.progress(tx, user_id)
        if unlocking.standing(module, progress, await self._reaches.of(tx, user_id)).status == "locked":
            needed = unlocking.missing(module, progress)
            raise errors.conflict("module_locked", "Complete the modules before this one first.", missing=needed)
        return progress

    async def complete(self, user_id: str, module_id: str) -> XELModuleCompleteResponse:
        """Complete a module. Failures `module_locked`, `module_incomplete`."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            module = await self.shelf.module(tx, user_id, module_id)
            await self.admit(tx, user_id, module)
            before = await module_store.start(tx, user_id, module.id, now)
            progress = await module_store.progress(tx, user_id)
            if unfinished := unlocking.unfinished(module, progress):
                message = "Some tasks still have to be done to complete this module."
                raise errors.conflict("module_incomplete", message, missing=unfinished)
            score = unlocking.standing(module, progress, Reach()).best_score or 0
            await module_store.complete(tx, user_id, module.id, score, now)
            after = await module_store.progress(tx, user_id)
            reach = await self._reaches.of(tx, user_id)
            if before.completed_at is None:
                await self._completions.announce(tx, user_id, module, score, now)
            xp = await self._completions.reward(tx, user_id, module, now)
        following = unlocking.following(self._catalog, module.id, after, reach)
        return XELModuleCompleteResponse(
            module_id=module.id, status="completed", score=score, xp_awarded=xp, next_module_id=following
        )

    async def regenerate(self, user_id: str, module_id: str, task_id: str) -> XELTask:
        """The same task in the next variant."""
        async with self._database.transaction() as tx:
            module, task = await self.shelf.task(tx, user_id, module_id, task_id)
            await self.admit(tx, user_id, module)
            row = await module_store.lock_task(tx, user_id, module.id, task.id)
            following = turn(task, row.variant) % len(task.variants) + 1
            await module_store.set_variant(tx, user_id, module.id, task.id, following)
            progress = await module_store.progress(tx, user_id)
        return self.view(module, task, progress)

    async def variant(self, cx: Connection, user_id: str, module_id: str, task: schema.Task) -> int:
        """The variant of the task whose turn it is for the learner."""
        row = (await module_store.progress(cx, user_id)).tasks.get((module_id, task.id))
        return turn(task, row.variant if row else 1)


def turn(task: schema.Task, variant: int) -> int:
    """The stored variant, or the first where the content has fewer now."""
    return variant if 1 <= variant <= len(task.variants) else 1


def _summary(module: schema.Module, standing: Standing) -> XELModuleSummary:
    return XELModuleSummary(
        id=module.id,
        title=module.title,
        cefr_level=module.level,
        skills=module.skills,
        tasks=len(module.tasks),
        completed_tasks=standing.passed,
        status=standing.status,
        best_score=standing.best_score,
    )
