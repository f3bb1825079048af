"""Use cases of the placement: where it stands, beginning, answering, skipping."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from api.english.catalog import load
from api.english.evaluation import recordings
from api.english.models import Evaluation
from api.english.modules import store as module_store
from api.english.placement import standing, store
from api.english.placement.store import Row
from api.english.schemas.modules import XELOption
from api.english.schemas.placement import (
    PlacementStatus,
    XELPlacementAnswerRequest,
    XELPlacementModule,
    XELPlacementQuestion,
    XELPlacementResponse,
    XELPlacementResult,
    XELPlacementSkill,
    XELPlacementStartRequest,
)
from api.english.sound.voicing import Voicing
from api.english.tasks import words
from api.english.writing import evaluate
from api.english.xpi import ledger as xpi_ledger
from kit import errors
from kit.clock import Clock
from kit.database import Connection, Database
from language.placement import adaptive, answers
from language.placement.adaptive import Answer, Attempt
from language.placement.items import Item, Skill, bank


class Placements:
    """Placements of learners, one open at a time."""

    def __init__(self, database: Database, clock: Clock, catalog: load.Catalog, voicing: Voicing) -> None:
        self._database = database
        self._clock = clock
        self._catalog = catalog
        self._voicing = voicing

    async def state(self, user_id: str) -> XELPlacementResponse:
        """The learner's placement as it is."""
        async with self._database.connection() as cx:
            return await self._state(cx, user_id)

    async def start(self, user_id: str, body: XELPlacementStartRequest) -> XELPlacementResponse:
        """The open placement goes on, unless it shall begin again."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            if body.again:
                await store.skip(tx, user_id, now)
            count, seen = await store.history(tx, user_id)
            without = () if body.speaking else ("speaking",)
            attempt = _attempt(count + 1, without, seen)
            first = adaptive.following(attempt, [])
            assert first is not None
            await store.begin(tx, user_id, count + 1, attempt, first.id, now)
            return await self._state(tx, user_id)

    async def skip(self, user_id: str) -> XELPlacementResponse:
        """The learner begins without a placement."""
        async with self._database.transaction() as tx:
            await store.skip(tx, user_id, self._clock.now())
            return await self._state(tx, user_id)

    async def answer(self, user_id: str, body: XELPlacementAnswerRequest) -> XELPlacementResponse:
        """The next question or the result. An answer to an earlier question changes nothing, so a repeated request or
        another window does no harm. Failures `not_found` (recording), `placement_not_open`, `invalid_request`."""
        async with self._database.connection() as cx:
            recording = await recordings.named(cx, user_id, body.audio_id)
            row = await store.last(cx, user_id)
            if row is None or (row.item_id is None and body.number > len(row.answers)):
                raise errors.conflict("placement_not_open", "No placement is open. Start one.")
            if body.number < row.number:
                return await self._state(cx, user_id)
        if body.number > row.number:
            raise errors.invalid("This question is not asked yet.", [("/number", f"is {row.number} now")])
        item = bank()[row.item_id or ""]
        share = await _share(row, item, body, recording)
        async with self._database.transaction() as tx:
            held = await store.lock_open(tx, user_id)
            if held is not None and (held.id, held.number, held.item_id) == (row.id, row.number, row.item_id):
                await self._keep(tx, user_id, held, item, share, body.response or None)
            return await self._state(tx, user_id)

    async def _keep(
        self, tx: Connection, user_id: str, row: Row, item: Item, share: float | None, response: str | None
    ) -> None:
        """Without a share the skill of the item is left out."""
        now, given = self._clock.now(), _answers(row)
        without = row.without
        if share is None:
            without = (*without, item.skill)
        else:
            await store.add_answer(tx, row, share, response, now)
            given.append(Answer(item, share))
        following = adaptive.following(_attempt(row.attempt, without, row.seen), given)
        if following is not None:
            await store.ask(tx, row.id, without, following.id)
            return
        found = adaptive.found(given)
        for skill, level, score, weight in standing.evidence(found):
            entry = xpi_ledger.Entry(
                skill=skill,
                score=score,
                level=level,
                at=now,
                source_key=f"{xpi_ledger.PLACED}{row.id}:{skill}",
                reason=f"Placement: {level}",
                weight=weight,
            )
            await xpi_ledger.record(tx, user_id, entry)
        result = await self._result(tx, user_id, given, now)
        await store.finish(tx, row.id, without, found.cefr, result.model_dump(mode="json"), now)

    async def _result(self, tx: Connection, user_id: str, given: Sequence[Answer], at: datetime) -> XELPlacementResult:
        found = adaptive.found(given)
        level = standing.level(found.overall.level)
        progress = await module_store.progress(tx, user_id)
        done = {id_ for id_, row in progress.modules.items() if row.completed_at}
        opened = [one for one in self._catalog.modules if one.level <= level]
        left = [one for one in opened if one.id not in done]
        beginning = next((one.id for one in left if one.level == level), left[-1].id if left else None)
        return XELPlacementResult(
            level=level,
            position=round(max(0.0, min(1.0, found.overall.level - int(max(0.0, min(4.0, found.overall.level))))), 3),
            confidence=round(found.overall.confidence, 3),
            questions=len(given),
            why=standing.sentence(found, given),
            skills=[_skill(one) for one in standing.reasons(found, given)],
            unlocked=[XELPlacementModule(id=one.id, title=one.title, cefr_level=one.level) for one in opened],
            next_module_id=beginning,
            finished_at=at,
        )

    async def _state(self, cx: Connection, user_id: str) -> XELPlacementResponse:
        row, done = await store.last(cx, user_id), await store.done(cx, user_id)
        result = XELPlacementResult.model_validate(done.result) if done else None
        status = cast(PlacementStatus, row.status if row else "none")
        return XELPlacementResponse(status=status, question=self._question(row), result=result)

    def _question(self, row: Row | None) -> XELPlacementQuestion | None:
        if row is None or row.item_id is None:
            return None
        item = bank()[row.item_id]
        sound = self._voicing.voiced(item.script, adaptive.cefr(item.difficulty)) if item.script else {}
        shown = answers.options(item, str(row.attempt)) if item.kind == "choice" else None
        return XELPlacementQuestion(
            number=row.number,
            most=adaptive.MOST_ITEMS,
            skill=item.skill,
            kind=item.kind,
            text=item.text,
            passage=item.passage,
            options=[XELOption(id=id_, text=text) for id_, text in shown.items()] if shown else None,
            min_words=item.min_words,
            **sound,
        )


def _attempt(number: int, without: Sequence[str], seen: Sequence[str]) -> Attempt:
    return Attempt(str(number), seen, cast(Sequence[Skill], without))


def _answers(row: Row) -> list[Answer]:
    return [Answer(bank()[id_], share) for id_, share in row.answers]


async def _share(row: Row, item: Item, body: XELPlacementAnswerRequest, recording: Evaluation | None) -> float | None:
    """What was right, 0 to 1; None to leave the skill out. A text is judged by the rules alone: a language model might
    judge the same text differently."""
    if body.leave_out:
        if item.skill != "speaking":
            raise errors.invalid("Only speaking can be left out.", [("/leave_out", "is for reading aloud")])
        return None
    if item.kind == "reading_aloud":
        return answers.graded(_reading(row, item, recording))
    if item.kind == "writing":
        level = adaptive.cefr(item.difficulty)
        report = await asyncio.to_thread(evaluate.evaluate, body.response, item.text, level, item.min_words)
        return answers.graded(report.overall)
    return answers.closed(item, str(row.attempt), body.response)


def _reading(row: Row, item: Item, recording: Evaluation | None) -> int:
    """The score of the recording, which was made for this question."""
    if recording is None:
        raise errors.invalid("Reading aloud needs a recording: evaluate it first.", [("/audio_id", "is required")])
    if not words.alike(recording.reference_text or "", item.text) or recording.created_at < row.started_at:
        raise errors.invalid("The recording was made for another text.", [("/audio_id", "is for another question")])
    return int(recording.answer["overall"])


def _skill(one: standing.Reason) -> XELPlacementSkill:
    return XELPlacementSkill(
        skill=one.skill,
        level=one.level,
        confidence=one.confidence,
        questions=one.questions,
        right=one.right,
        hardest_right=one.hardest,
        why=one.sentence(),
    )
