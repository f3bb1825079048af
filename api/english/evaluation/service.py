"""Use cases of evaluation: a text, or a recording."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from api.english.catalog import drills, schema
from api.english.evaluation import speaking as judge
from api.english.evaluation import store as submission_store
from api.english.evaluation import views
from api.english.evaluation.recognition import Recognition
from api.english.models import Evaluation
from api.english.modules.service import Modules
from api.english.ports import PhonemeLog
from api.english.review import ledger as review_ledger
from api.english.review.ledger import Practice
from api.english.schemas.evaluation import XELEvaluationResponse, XELEvaluationUpload
from api.english.sound import codec as sound
from api.english.sound import store as sound_store
from api.english.sound.store import Sound
from api.english.tasks.spoken import Heard
from api.english.writing.report import WritingReport
from api.english.xpi import ledger as xpi_ledger
from kit import errors, ids, typography
from kit.clock import Clock
from kit.database import Connection, Database
from speech import assessment

# Evidence from outside the course: the level of what was asked is unknown, so it weighs half.
FREE_WEIGHT = 0.5
_WORST_SOUNDS = 6


class Evaluator(Protocol):
    """Who evaluates texts."""

    async def evaluate(
        self, text: str, *, owner: str, prompt: str | None, level: str | None, min_words: int | None
    ) -> WritingReport:
        """The report of a text, in turn with those of other owners."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said, and the variant of a task that it was said for, if any."""

    heard: Heard
    about: XELEvaluationUpload | None
    variant: int
    reference: str | None


class Evaluations:
    """Evaluation of texts and recordings, outside tasks and for them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        modules: Modules,
        writing: Evaluator,
        recognition: Recognition,
        phonemes: PhonemeLog,
    ) -> None:
        self._database = database
        self._clock = clock
        self._modules = modules
        self._writing = writing
        self._recognition = recognition
        self._phonemes = phonemes

    async def text(self, user_id: str, text: str, prompt: str | None) -> XELEvaluationResponse:
        """Evaluate a text and keep the result."""
        report = await self._writing.evaluate(text, owner=user_id, prompt=prompt, level=None, min_words=None)
        evaluation_id = ids.new_id()
        view = views.written(evaluation_id, report)
        kept = self._record(user_id, evaluation_id, "writing", view)
        digest = hashlib.sha256(" ".join(typography.plain(text).split()).lower().encode()).hexdigest()
        async with self._database.transaction() as tx:
            await submission_store.add_evaluation(tx, kept)
            await self._free_evidence(tx, user_id, "writing", report.overall, report.cefr_level, digest)
            await note_errors(tx, user_id, view, f"evaluation:{digest}", kept.created_at)
        return view

    async def recording(self, user_id: str, content: bytes, about: XELEvaluationUpload) -> XELEvaluationResponse:
        """Decode, recognise, assess, judge, keep. Failures of `sound.decode`; `not_found` for an unknown task."""
        task, variant = await self._task(user_id, about)
        reference = _reference(task, variant) if task else about.reference_text
        pcm, heard = await self._recognition.hear(user_id, content, reference)
        asked = getattr(task.variants[variant - 1], "ask", None) if task else about.prompt
        report, engine = await self._judge(user_id, heard, reference, asked)
        evaluation_id = ids.new_id()
        view = views.spoken(evaluation_id, report, heard, engine, kept=about.keep_recording)
        said = _Said(heard, about if task else None, variant, reference)
        kept = self._record(user_id, evaluation_id, "speaking", view, said)
        recording = None
        if about.keep_recording:
            recording = Sound("audio/ogg", await asyncio.to_thread(sound.encode, pcm, sound.RATE))
        digest = hashlib.sha256(content).hexdigest()
        async with self._database.transaction() as tx:
            await submission_store.add_evaluation(tx, kept)
            if recording is not None:
                await sound_store.add_recording(
                    tx, audio_id=kept.id, user_id=user_id, sound=recording, seconds=heard.seconds, at=kept.created_at
                )
            if task is None and reference is None:
                await self._free_evidence(tx, user_id, "speaking", report.overall, report.cefr_level, digest)
            await self._note_report(tx, user_id, heard.pronunciation, digest, kept.created_at)
        return view

    async def _note_report(
        self, tx: Connection, user_id: str, pronunciation: assessment.Report | None, digest: str, at: datetime
    ) -> None:
        """The same recording again changes nothing: its digest is the source key."""
        if pronunciation is None:
            return
        await note_sounds(tx, user_id, pronunciation, f"audio:{digest}", at)
        await self._phonemes.record(
            tx, user_id=user_id, at=at, pronunciation=pronunciation, source_key=f"english-audio:{digest}"
        )

    async def _task(self, user_id: str, about: XELEvaluationUpload) -> tuple[schema.Task | None, int]:
        if about.module_id is None and about.task_id is None:
            return None, 0
        if about.module_id is None or about.task_id is None:
            raise errors.invalid("Give module_id and task_id together.", [("/task_id", "needs the other one")])
        async with self._database.connection() as cx:
            _, task = await self._modules.shelf.task(cx, user_id, about.module_id, about.task_id)
            if task.skill != "speaking":
                raise errors.invalid("This is not a speaking task.", [("/task_id", "is not a speaking task")])
            return task, await self._modules.variant(cx, user_id, about.module_id, task)

    async def _judge(
        self, user_id: str, heard: Heard, reference: str | None, asked: str | None
    ) -> tuple[judge.SpeechReport, dict[str, str]]:
        scorer = heard.pronunciation.get("scorer") if heard.pronunciation else None
        name, version = (scorer["name"], scorer["version"]) if scorer else ("parley", judge.VERSION)
        engine = {"name": name, "version": version}
        if reference is not None:
            return judge.reading(reference, heard), engine
        language = await self._writing.evaluate(
            heard.transcript, owner=user_id, prompt=asked, level=None, min_words=None
        )
        return judge.free(heard, language), engine

    async def _free_evidence(
        self, tx: Connection, user_id: str, skill: str, score: int, level: str | None, digest: str
    ) -> None:
        if level is None:
            return
        entry = xpi_ledger.Entry(
            skill=skill,
            score=score,
            level=level,
            at=self._clock.now(),
            source_key=f"english-evaluation:{digest}",
            reason=f"Free {skill}: {score} points ({level})",
            weight=FREE_WEIGHT,
        )
        await xpi_ledger.record(tx, user_id, entry)

    def _record(
        self,
        user_id: str,
        evaluation_id: str,
        skill: str,
        view: XELEvaluationResponse,
        said: _Said | None = None,
    ) -> Evaluation:
        about = said.about if said else None
        return Evaluation(
            id=evaluation_id,
            user_id=user_id,
            skill=skill,
            module_id=about.module_id if about else None,
            task_id=about.task_id if about else None,
            variant=said.variant or None if said else None,
            reference_text=said.reference if said else None,
            transcript=said.heard.transcript if said else None,
            seconds=said.heard.seconds if said else 0.0,
            answer=view.model_dump(mode="json"),
            created_at=self._clock.now(),
        )


def _reference(task: schema.Task, variant: int) -> str | None:
    shown = task.variants[variant - 1]
    read = schema.ReadAloudVariant | schema.RepeatVariant | drills.SayPairsVariant
    return shown.text if isinstance(shown, read) else None


async def note_errors(tx: Connection, user_id: str, view: XELEvaluationResponse, key: str, at: datetime) -> None:
    """Kinds of errors that were made, for spaced repetition."""
    for kind in sorted({correction.kind for correction in view.corrections})[:8]:
        await review_ledger.practised(tx, user_id, Practice("error", kind, False, at, key))


def sound_means(pronunciation: assessment.Report) -> list[tuple[float, str]]:
    """Mean scores of the sounds that were said, the worst first; those of words that were left out are no attempts."""
    scores: dict[str, list[float]] = {}
    for word in pronunciation.get("words", []):
        for phone in (word.get("phonemes") or []) if word.get("error") != "omission" else []:
            if phone.get("score") is not None:
                scores.setdefault(str(phone["phoneme"]).rstrip("012"), []).append(float(phone["score"]))
    return sorted((sum(all_) / len(all_), name) for name, all_ in scores.items())


async def note_sounds(tx: Connection, user_id: str, pronunciation: assessment.Report, key: str, at: datetime) -> None:
    """Sounds that were said badly, and well, for spaced repetition."""
    means = sound_means(pronunciation)
    worst = [(name, False) for mean, name in means if mean < 60][:_WORST_SOUNDS]
    best = [(name, True) for mean, name in means if mean >= 80]
    for name, right in worst + best:
        await review_ledger.practised(tx, user_id, Practice("phoneme", name, right, at, key))
