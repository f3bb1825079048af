"""Speech on demand: the node's voices as the slice's port."""

from collections.abc import Sequence

from api.speech import ports
from api.speech.routes import SpeechRoutes
from api.speech.service import Speech
from kit import errors, logs
from server.resources import Resources
from server.wiring.part import Part
from server.wiring.voices import Voices
from speech.synthesis.kokoro.speakers import SPEAKERS, language_of
from speech.synthesis.voices import Manner, VoiceProblem

_log = logs.get(__name__)


def build(r: Resources, voices: Voices) -> Part:
    """Speech on demand, for screen text that is read aloud."""
    return Part(operations=SpeechRoutes(Speech(_Port(voices), r.clock)).operations())


class _Port:
    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self.preferred = voices.preferred

    @property
    def is_ready(self) -> bool:
        return self._voices.is_ready

    def speakers(self) -> Sequence[ports.Speaker]:
        return SPEAKERS if self._voices.has_speakers else ()

    async def say(self, text: str, speaker: str | None, rate: float) -> ports.Said:
        language = language_of(speaker) if speaker is not None else "en-US"
        try:
            whole = await self._voices.whole(text, language, Manner(speaker=speaker, rate=rate))
        except VoiceProblem as problem:
            _log.warning("voice_failed", reason=str(problem))
            raise errors.unavailable("voice_unavailable", "The voice cannot speak now.", 10) from problem
        if not whole.spoken.pcm:
            raise errors.invalid("There is nothing in it to say.", [("/text", "has no word that can be read aloud")])
        return ports.Said(whole.spoken, whole.is_lasting)
