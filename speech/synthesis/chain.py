"""Several voices, the best first: if one cannot speak, the next does, and operators can see it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from speech.synthesis.voices import PLAIN, Manner, NotReady, Spoken, Voice, VoiceProblem


@dataclass
class VoiceRecord:
    """The last result of a node's voices. `name` spoke last; `passed_over` has the better ones that could not, with the
    reason; `problem` is None after success."""

    name: str | None = None
    problem: str | None = None
    passed_over: list[str] = field(default_factory=list)
    faults: bool = False


class Chain:
    """At least one voice. A sentence that has begun is not repeated by another voice."""

    def __init__(self, voices: Sequence[Voice], record: VoiceRecord) -> None:
        self._voices = tuple(voices)
        self._record = record

    @property
    def name(self) -> str:
        """The voice that is asked first."""
        return self._voices[0].name

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        """Sound of the first voice that can."""
        problems: list[str] = []
        faults = False
        for voice in self._voices:
            begun = False
            try:
                async with aclosing(voice.speak(sentence, language, manner)) as sounds:
                    async for spoken in sounds:
                        if not begun:
                            begun = True
                            self._spoke(voice, problems, faults=faults)
                        yield spoken
                return
            except VoiceProblem as problem:
                if begun:
                    self._record.problem = str(problem)
                    raise
                problems.append(f"{voice.name}: {problem}")
                faults = faults or not isinstance(problem, NotReady)
        self._record.problem = "; ".join(problems)
        raise VoiceProblem(self._record.problem)

    def _spoke(self, voice: Voice, problems: list[str], *, faults: bool) -> None:
        record = self._record
        record.name, record.problem, record.passed_over, record.faults = voice.name, None, problems, faults
