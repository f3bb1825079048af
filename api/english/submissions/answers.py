"""What a learner answered in an assignment, for those who teach them."""

from datetime import datetime

from api.english.catalog import load, schema
from api.english.evaluation import store as evaluation_store
from api.english.own import shelf
from api.english.own import store as own_store
from api.english.ports import Answering, Given, Spoken
from api.english.schemas.answers import XELLearnerAnswer
from api.english.schemas.practice import XELTaskSubmissionResponse
from api.english.tasks import present
from kit.caller import Caller
from kit.database import Connection, Database

Place = tuple[datetime, str]


class Answers:
    """Answers of learners, as far as their teachers may see them."""

    def __init__(self, database: Database, catalog: load.Catalog, answering: Answering, spoken: Spoken) -> None:
        self._database = database
        self._catalog = catalog
        self._answering = answering
        self._readings = (evaluation_store.recorded, spoken)

    async def page(
        self, caller: Caller, place: tuple[str, str, str], before: Place | None, limit: int
    ) -> tuple[datetime, list[XELLearnerAnswer]]:
        """Since when they are shown, and those before a place, newest first. `place` is organization, assignment and
        learner. Failure `not_found`."""
        async with self._database.connection() as cx:
            given = await self._answering.given(cx, caller, *place)
            if given.module_id is None:
                return given.since, await self._read(cx, place[2], given, before, limit)
            module = await self._module(cx, given.module_id)
            rows = await evaluation_store.answers(cx, place[2], given.module_id, given.since, before, limit)
        found = []
        for id_, task_id, variant, response, answer, at, number in rows:
            task = module.task(task_id) if module else None
            is_there = task is not None and variant <= len(task.variants)
            result = XELTaskSubmissionResponse.model_validate(answer)
            found.append(
                XELLearnerAnswer(
                    id=id_,
                    answered_at=at,
                    task_id=task_id,
                    title=task.title if task else task_id,
                    number=number,
                    score=result.score,
                    task=present.shown(task, given.module_id, variant) if task and is_there else None,
                    response=response,
                    result=result,
                    heard=None,
                    pronunciation=None,
                )
            )
        return given.since, found

    async def _module(self, cx: Connection, module_id: str) -> schema.Module | None:
        if (module := self._catalog.by_id.get(module_id)) is not None:
            return module
        row = await own_store.find(cx, module_id)
        return shelf.of(row) if row is not None else None

    async def _read(
        self, cx: Connection, user_id: str, given: Given, before: Place | None, limit: int
    ) -> list[XELLearnerAnswer]:
        """Recordings and live sessions together."""
        text = given.text or ""
        rows = [row for ask in self._readings for row in await ask(cx, user_id, text, given.since, before, limit)]
        rows.sort(key=lambda row: (row[1], row[0]), reverse=True)
        return [
            XELLearnerAnswer(
                id=id_,
                answered_at=at,
                task_id=None,
                title=given.title or "",
                number=None,
                score=score,
                task=None,
                response=None,
                result=None,
                heard=heard,
                pronunciation=report,
            )
            for id_, at, score, heard, report in rows[:limit]
        ]
