"""A voice whose last failure is remembered, so that operators can see it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from speech.synthesis.voices import Voice, VoiceProblem


@dataclass
class VoiceRecord:
    """How the voices of a node did last: `problem` is None after a sentence that was spoken."""

    name: str | None = None
    problem: str | None = None


class WatchedVoice:
    def __init__(self, voice: Voice, record: VoiceRecord) -> None:
        self._voice = voice
        self._record = record

    @property
    def name(self) -> str:
        return self._voice.name

    async def speak(self, sentence: str, language: str) -> AsyncGenerator[bytes, None]:
        self._record.name = self._voice.name
        try:
            async with aclosing(self._voice.speak(sentence, language)) as sounds:
                async for pcm in sounds:
                    self._record.problem = None
                    yield pcm
        except VoiceProblem as problem:
            self._record.problem = str(problem)
            raise
