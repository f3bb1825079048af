"""The use case of handing in a task."""

import asyncio
from datetime import timedelta

from api.english.catalog import drills, frame, schema
from api.english.evaluation import recordings, views
from api.english.evaluation import service as evaluations
from api.english.evaluation import store as submission_store
from api.english.evaluation.service import Evaluator
from api.english.models import Evaluation, Submission, TaskRow
from api.english.modules import store as module_store
from api.english.modules import worth
from api.english.modules.service import Modules
from api.english.own import shelf
from api.english.ports import Earned, LearningTime, Rewards
from api.english.review import ledger as review_ledger
from api.english.review.ledger import Practice
from api.english.schemas.evaluation import XELEvaluationResponse
from api.english.schemas.practice import XELTaskSubmissionRequest, XELTaskSubmissionResponse, XELXpiChange
from api.english.sessions import store as session_store
from api.english.submissions.attempt import Attempt, Judged
from api.english.tasks import exchange, free, grade, points, present, result, sounds, spoken, words
from api.english.tasks.result import Graded, Part
from api.english.tasks.spoken import Heard
from api.english.xpi import ledger as xpi_ledger
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database

# The same response again within this time is a repeated request, not another attempt.
TWIN_SECONDS = 60
# The most learning time that is credited for a single task.
MOST_SECONDS = 1800
_MOST_WORDS = 10


class Submissions:
    """Responses to tasks, graded and kept."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        modules: Modules,
        writing: Evaluator,
        rewards: Rewards,
        learning_time: LearningTime,
    ) -> None:
        self._database = database
        self._clock = clock
        self._modules = modules
        self._writing = writing
        self._rewards = rewards
        self._learning_time = learning_time

    async def submit(self, user_id: str, body: XELTaskSubmissionRequest) -> XELTaskSubmissionResponse:
        """Grade the response to the variant whose turn it is, and keep it.

        Failures: `not_found` for an unknown task, session or recording; `module_locked`; `session_ended`;
        `invalid_request` for another skill, or a recording that was made for something else.
        """
        async with self._database.connection() as cx:
            module, task = await self._modules.shelf.task(cx, user_id, body.module_id, body.task_id)
            if body.skill != task.skill:
                raise errors.invalid(f"This task trains {task.skill}.", [("/skill", f"must be {task.skill}")])
            await self._modules.admit(cx, user_id, module)
            variant = await self._modules.variant(cx, user_id, module.id, task)
            recording = await recordings.named(cx, user_id, body.audio_id)
        attempt = Attempt(user_id, module, task, variant, body, self._clock.now())
        judged = await self._judge(attempt, recording)
        async with self._database.transaction() as tx:
            return await self._keep(tx, attempt, judged)

    async def _judge(self, attempt: Attempt, recording: Evaluation | None) -> Judged:
        task, body = attempt.task, attempt.body
        graded = await asyncio.to_thread(grade.objective, task, attempt.module.id, attempt.variant, body.response)
        if graded is not None:
            return Judged(graded)
        shown = task.variants[attempt.variant - 1]
        if isinstance(shown, schema.WritingVariant) or (
            isinstance(shown, drills.PictureVariant) and task.skill == "writing"
        ):
            return await self._judge_text(attempt, shown)
        evaluation = XELEvaluationResponse.model_validate(recording.answer) if recording else None
        return Judged(_speech(attempt, shown, recording, evaluation), evaluation)

    async def _judge_text(self, attempt: Attempt, shown: free.Written) -> Judged:
        text = _as_text(attempt.body)
        report = await self._writing.evaluate(
            text,
            owner=attempt.user_id,
            prompt=free.asked(shown),
            level=attempt.module.level,
            min_words=shown.min_words,
        )
        made = points.covered(free.counted(shown, text), shown.points)
        share, long = free.within(shown, text)
        # A good text about something else answers half the task at most.
        score = round(report.overall * (0.5 + 0.5 * sum(made) / len(made)) * share)
        missing = points.feedback(shown.points, made)
        parts = tuple(
            Part(point.say, float(there), "Said." if there else "Still missing.")
            for point, there in zip(shown.points, made, strict=True)
        )
        evaluation = views.written(ids.new_id(), report)
        return Judged(Graded(score, " ".join(filter(None, [long, missing, report.feedback])), parts), evaluation)

    async def _keep(self, tx: Connection, attempt: Attempt, judged: Judged) -> XELTaskSubmissionResponse:
        row = await module_store.lock_task(tx, *attempt.place)
        since = attempt.at - timedelta(seconds=TWIN_SECONDS)
        twin = await submission_store.twin(tx, *attempt.place, attempt.fingerprint, since)
        if twin is not None:
            return XELTaskSubmissionResponse.model_validate(twin.answer)
        await _check_session(tx, attempt)
        await module_store.start(tx, attempt.user_id, attempt.module.id, attempt.at)
        submission_id = ids.new_id()
        xpi = await self._note_evidence(tx, attempt, judged, submission_id)
        await self._note_time(tx, attempt, submission_id)
        xp = await self._reward(tx, attempt, judged.graded, row)
        await module_store.add_attempt(tx, *attempt.place, judged.graded.score)
        answer = _answer(attempt, judged, submission_id, xp, xpi)
        await submission_store.add(tx, _submission(attempt, answer))
        if attempt.body.session_id:
            await session_store.note_task(tx, attempt.body.session_id, attempt.at, xp)
        return answer

    async def _note_evidence(
        self, tx: Connection, attempt: Attempt, judged: Judged, submission_id: str
    ) -> XELXpiChange:
        """The proficiency index changes only with the first attempt at a variant: later attempts know the feedback."""
        graded, task = judged.graded, attempt.task
        await _note_words(tx, attempt, graded, submission_id)
        if judged.evaluation is not None and judged.evaluation.skill == "writing":
            await evaluations.note_errors(
                tx, attempt.user_id, judged.evaluation, f"submission:{submission_id}", attempt.at
            )
        typed = task.skill == "speaking" and judged.evaluation is None
        # Who made the task knows its key, and gave it its level.
        earns = shelf.earns(attempt.module, attempt.user_id)
        if typed or not earns or await submission_store.seen(tx, *attempt.place, attempt.variant):
            standing = await xpi_ledger.current(tx, attempt.user_id, attempt.at)
            return XELXpiChange(before=standing.xpi, after=standing.xpi)
        entry = xpi_ledger.Entry(
            skill=task.skill,
            score=graded.known,
            level=attempt.module.level,
            at=attempt.at,
            source_key=f"english:{submission_id}",
            reason=f"{task.title}: {graded.score} points ({attempt.module.level})",
        )
        change = await xpi_ledger.record(tx, attempt.user_id, entry)
        return XELXpiChange(before=change.before, after=change.after)

    async def _note_time(self, tx: Connection, attempt: Attempt, submission_id: str) -> None:
        spent = timedelta(seconds=min(attempt.body.time_spent_seconds, MOST_SECONDS))
        await self._learning_time.record(
            tx,
            user_id=attempt.user_id,
            kind="english",
            started_at=attempt.at - spent,
            ended_at=attempt.at,
            source_key=f"english:{submission_id}",
        )

    async def _reward(self, tx: Connection, attempt: Attempt, graded: Graded, row: TaskRow) -> int:
        """Points for passing, once; and for excellence, once. The ledger's source keys see to that."""
        if not shelf.earns(attempt.module, attempt.user_id):
            return 0
        best = row.best_score or 0
        key = f"english:{attempt.module.id}/{attempt.task.id}"
        given = 0
        if graded.passed and best < result.PASS_MARK:
            reason = f"Passed “{attempt.task.title}”"
            kind, amount = f"task.{attempt.task.skill}", worth.task(attempt.module.level)
            given += await self._rewards.grant(tx, attempt.user_id, Earned(amount, kind, key, reason, attempt.at))
        if graded.score >= worth.EXCELLENT > best:
            reason = f"Excellent: “{attempt.task.title}”"
            bonus = Earned(worth.EXCELLENT_BONUS, "bonus", f"{key}:excellent", reason, attempt.at)
            given += await self._rewards.grant(tx, attempt.user_id, bonus)
        return given


def _speech(
    attempt: Attempt,
    shown: frame.Strict,
    recording: Evaluation | None,
    evaluation: XELEvaluationResponse | None,
) -> Graded:
    typed = _as_text(attempt.body)
    if isinstance(shown, schema.ReadAloudVariant | schema.RepeatVariant | drills.SayPairsVariant):
        if recording is None or evaluation is None:
            raise errors.invalid("This task needs a recording: evaluate it first.", [("/audio_id", "is required")])
        if not words.alike(recording.reference_text or "", shown.text):
            raise errors.invalid("The recording was made for another text.", [("/audio_id", "is for another task")])
        heard = _heard(recording, evaluation)
        return (
            sounds.said(shown, heard)
            if isinstance(shown, drills.SayPairsVariant)
            else spoken.reading(shown.text, heard)
        )
    heard = _heard(recording, evaluation) if recording and evaluation else Heard(typed, None, 0.0, typed=True)
    if isinstance(shown, schema.AnswerAloudVariant | drills.PictureVariant):
        return spoken.answer(shown, attempt.module.level, heard)
    turns = attempt.body.response if recording is None and isinstance(attempt.body.response, list) else None
    if isinstance(shown, drills.InformationGapVariant):
        return exchange.aloud(shown, attempt.module.level, heard, turns)
    assert isinstance(shown, schema.RolePlayVariant)
    return spoken.role(shown, attempt.module.level, heard, turns)


def _heard(recording: Evaluation, evaluation: XELEvaluationResponse) -> Heard:
    return Heard(recording.transcript or "", evaluation.pronunciation, recording.seconds)


async def _check_session(tx: Connection, attempt: Attempt) -> None:
    if attempt.body.session_id is None:
        return
    session = await session_store.locked(tx, attempt.user_id, attempt.body.session_id)
    if session is None:
        raise errors.not_found("Session")
    if session.ended_at is not None:
        raise errors.conflict("session_ended", "This learning session has ended. Start another one.")


async def _note_words(tx: Connection, attempt: Attempt, graded: Graded, submission_id: str) -> None:
    key = f"submission:{submission_id}"
    noted = [(word, False) for word in graded.missed] + [(word, True) for word in graded.mastered]
    worthy = [(word, right) for word, right in noted if len(word) > 2 and any(letter.isalpha() for letter in word)]
    for word, right in worthy[:_MOST_WORDS]:
        await review_ledger.practised(tx, attempt.user_id, Practice("word", word, right, attempt.at, key))


def _as_text(body: XELTaskSubmissionRequest) -> str:
    return body.response if isinstance(body.response, str) else "\n".join(body.response)


def _answer(
    attempt: Attempt, judged: Judged, submission_id: str, xp: int, xpi: XELXpiChange
) -> XELTaskSubmissionResponse:
    graded = judged.graded
    corrections = views.graded_corrections(graded, attempt.module.level)
    if judged.evaluation is not None and judged.evaluation.skill == "writing":
        corrections = judged.evaluation.corrections
    return XELTaskSubmissionResponse(
        submission_id=submission_id,
        task_id=attempt.task.id,
        score=graded.score,
        passed=graded.passed,
        feedback=graded.feedback,
        corrections=corrections,
        parts=views.parts(graded),
        xp_awarded=xp,
        xpi=xpi,
        evaluation=judged.evaluation,
        transcript=present.script(attempt.task, attempt.variant),
    )


def _submission(attempt: Attempt, answer: XELTaskSubmissionResponse) -> Submission:
    return Submission(
        id=answer.submission_id,
        user_id=attempt.user_id,
        module_id=attempt.module.id,
        task_id=attempt.task.id,
        variant=attempt.variant,
        skill=attempt.task.skill,
        score=answer.score,
        xp_awarded=answer.xp_awarded,
        fingerprint=attempt.fingerprint,
        session_id=attempt.body.session_id,
        response=attempt.body.response,
        answer=answer.model_dump(mode="json"),
        created_at=attempt.at,
    )
