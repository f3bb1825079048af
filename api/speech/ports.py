"""What this slice needs from the node: its voices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from speech.synthesis.voices import Spoken


class Speaker(Protocol):
    """A voice that can be chosen."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def gender(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """`is_lasting`: by the best voice of the node, so the same the next time."""

    spoken: Spoken
    is_lasting: bool


class Voices(Protocol):
    """The voices of this server."""

    @property
    def preferred(self) -> str:
        """The engine that speaks when all is well; empty where there is none."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether that one can speak now."""
        ...

    def speakers(self) -> Sequence[Speaker]:
        """Those that can be asked for by name; none where the voice is not ours."""
        ...

    async def say(self, text: str, speaker: str | None, rate: float) -> Said:
        """Failure `voice_unavailable` when no voice can speak now."""
        ...
