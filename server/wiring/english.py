"""The English slice put together with its neighbours: progress, recognition, a judge of writing, a voice."""

import asyncio

from api.assignments.answering import Answering
from api.assignments.given import Given
from api.english import assembly, ports
from api.english.writing.evaluator import WritingEvaluator
from api.english.writing.remote_judge import RemoteJudge
from api.knowledge.texts import DocumentTexts
from api.live import transcript_store
from api.organizations.belonging import Teaching
from api.progress.assembly import ProgressDoors
from kit import periodic
from server.resources import Resources
from server.wiring.part import Part
from server.wiring.recognition import Recognition
from server.wiring.recordings import RecordingRecognizer
from server.wiring.voices import Voices
from speech.synthesis.voices import Manner

_SWEEP_SECONDS = 300


def build(
    r: Resources,
    recognition: Recognition,
    progress: ProgressDoors,
    voices: Voices,
    allowance: ports.Allowance,
    announcements: ports.Announcements,
) -> Part:
    """The English course with the voice, the recognizer and the judge that it uses."""
    writing = WritingEvaluator(r.clock, _judge(r))
    near = assembly.Neighbours(
        rewards=progress.rewards,
        learning_time=progress.learning_time,
        phoneme_log=progress.phoneme_log,
        streaks=progress.streaks,
        writing=writing,
        recognizer=RecordingRecognizer(recognition),
        voice=LessonVoice(voices) if voices.preferred else None,
        allowance=allowance,
        announcements=announcements,
        given=Given(Teaching(r.clock)),
        schools=Teaching(r.clock),
        documents=DocumentTexts(),
        answering=Answering(Teaching(r.clock)),
        spoken=transcript_store.read_aloud,
    )
    doors = assembly.assemble(r.database, r.clock, near)

    async def warm_up() -> None:
        r.tasks.spawn(writing.warm_up(), name="load the dictionary")
        r.tasks.spawn(asyncio.to_thread(doors.index.build), name="index the words of the modules")

    sweep = periodic.starter(r.tasks, "end idle English sessions", _SWEEP_SECONDS, doors.sessions.sweep)
    return Part(
        operations=doors.operations,
        starts=[warm_up, sweep],
    )


class LessonVoice:
    """The node's voices as English's `Voice` port."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self.name = voices.preferred

    @property
    def is_available(self) -> bool:
        """Whether there is a voice now."""
        return self._voices.now() is not None

    async def speak(self, sentence: str, language: str, role: int, rate: float) -> ports.Speech:
        """A sentence as sound; `rate` 1 is as usual."""
        whole = await self._voices.whole(sentence, language, Manner(role=role, rate=rate))
        return ports.Speech(whole.spoken.pcm, whole.is_lasting)


def _judge(r: Resources) -> RemoteJudge | None:
    """The first configured language model."""
    for one in r.settings.language_models():
        key = one.api_key.get_secret_value() if one.api_key else None
        return RemoteJudge(r.outbound, base_url=one.base_url, key=key, model=one.models[0])
    return None
