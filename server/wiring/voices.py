"""The voices of this node: a configured server, Kokoro, espeak-ng, and otherwise the client itself."""

from contextlib import aclosing
from dataclasses import dataclass

from api.health.service import Finding
from kit import periodic
from kit.outbound import Outbound
from kit.tasks import Tasks
from server.config import Settings
from server.resources import Resources
from server.wiring.part import Part
from server.wiring.recognition import installer_found
from speech.synthesis import espeak
from speech.synthesis.chain import Chain, VoiceRecord
from speech.synthesis.kokoro.voice import KokoroVoice
from speech.synthesis.remote import RemoteVoice, RemoteVoiceSettings
from speech.synthesis.voices import Manner, NotReady, Spoken, Voice, joined
from speech.weights.store import Progress, Store

_LOOK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Whole:
    """A text at once. `is_lasting`: by the best voice of the node, worth keeping."""

    spoken: Spoken
    is_lasting: bool


class Voices:
    """The voices of one node, best first."""

    def __init__(self, r: Resources) -> None:
        self._settings, self._tasks = r.settings, r.tasks
        self._server = _server(r.settings, r.outbound)
        self._kokoro = _kokoro(r.settings, r.tasks)
        program = espeak.find() if r.settings.voice in ("auto", "espeak") else None
        self._espeak = espeak.EspeakVoice(program) if program is not None else None
        self.record = VoiceRecord()

    @property
    def preferred(self) -> str:
        """The name of the best voice, ready or not: the same on all nodes with the same settings."""
        first = next((one for one in (self._server, self._kokoro, self._espeak) if one is not None), None)
        return first.name if first is not None else ""

    @property
    def is_ready(self) -> bool:
        """Whether the best voice can speak now."""
        speaking = self._speaking()
        return bool(speaking) and (speaking[0] is not self._kokoro or self._kokoro.is_ready)

    @property
    def has_speakers(self) -> bool:
        """Whether Kokoro is the best voice, whose speakers can be asked for by name."""
        return self._server is None and self._kokoro is not None

    def for_session(self) -> Voice | None:
        """As `now`, for a voice that is needed soon: starts Kokoro's process."""
        if self._server is None and self._kokoro is not None and self._kokoro.is_ready:
            self._tasks.spawn(self._kokoro.warm_up(), name="warm the voice up")
        return self.now()

    def now(self) -> Voice | None:
        """A voice, None where the client speaks."""
        speaking = self._speaking()
        return Chain(speaking, self.record) if speaking else None

    async def whole(self, text: str, language: str, manner: Manner) -> Whole:
        """A text at once. Raises VoiceProblem when no voice can speak it."""
        record = VoiceRecord()
        speaking = self._speaking()
        if not speaking:
            raise NotReady("this node has no voice now")
        async with aclosing(Chain(speaking, record).speak(text, language, manner)) as sounds:
            spoken = joined([piece async for piece in sounds])
        self.record.name, self.record.problem, self.record.passed_over = record.name, None, record.passed_over
        self.record.faults = record.faults
        return Whole(spoken, record.name == self.preferred)

    def part(self) -> Part:
        """The voice's start and end."""
        kokoro = self._kokoro
        if kokoro is None:
            return Part()

        async def start() -> None:
            self._tasks.persist(kokoro.bring_up, name="voice model")

        rest = periodic.starter(self._tasks, "end an idle voice", _LOOK_SECONDS, kokoro.end_when_idle)
        return Part(starts=[start, rest], stops=[kokoro.close])

    async def look(self) -> Finding:
        """For operators: which voice is used, and why not a better one."""
        record, speaking = self.record, self._speaking()
        waits = [f"{self._kokoro.name}: {reason}"] if self._kokoro and (reason := self._kokoro.waits_for) else []
        if not speaking:
            return Finding("ok", "; ".join(["clients speak by themselves", *waits]))
        if record.problem is not None:
            return Finding("degraded", f"clients speak by themselves; {record.problem}")
        if record.faults:
            return Finding("degraded", "; ".join([f"{record.name} speaks", *record.passed_over]))
        ready = next((one for one in speaking if one is not self._kokoro or not waits), None)
        return Finding("ok", "; ".join([ready.name if ready is not None else "not used yet", *waits]))

    def _speaking(self) -> list[Voice]:
        """Kokoro also while its model is being fetched, if another voice can speak until then."""
        voices: list[Voice] = [self._server] if self._server is not None else []
        if self._kokoro is not None and (self._kokoro.is_ready or self._espeak is not None):
            voices.append(self._kokoro)
        return [*voices, self._espeak] if self._espeak is not None else voices


def _server(settings: Settings, outbound: Outbound) -> RemoteVoice | None:
    model, base_url, key = settings.voice_model, settings.openai_base_url, settings.openai_api_key
    if settings.voice not in ("auto", "server") or model is None or base_url is None:
        return None
    secret = key.get_secret_value() if key is not None else ""
    return RemoteVoice(RemoteVoiceSettings(base_url, secret, model, settings.voice_name), outbound)


def _kokoro(settings: Settings, tasks: Tasks) -> KokoroVoice | None:
    if settings.voice not in ("auto", "kokoro"):
        return None
    progress = Progress()
    store = Store(settings.data_dir / "models", progress, installer_found, shared=settings.shared_models)
    return KokoroVoice(store, progress, tasks, download=settings.voice_download)
