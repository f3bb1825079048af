"""Voices turn a sentence into sound.

A voice yields PCM16, mono, at `RATE`. Having no voice is normal: then the client speaks with its own.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

RATE = 24_000
"""Samples a second of all synthesised speech: what OpenAI-compatible servers send as `pcm`."""


class VoiceProblem(Exception):
    """The voice cannot speak this sentence now; the message says why."""


class NotReady(VoiceProblem):
    """The voice will be able to later, or is not expected to: not a fault."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak, as far as the voice can: a speaker by name, or the `role`-th of several; 1.0 is normal speed."""

    speaker: str | None = None
    role: int = 0
    rate: float = 1.0


PLAIN = Manner()


class Voice(Protocol):
    """Who speaks."""

    @property
    def name(self) -> str: ...

    def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[bytes, None]:
        """Pieces of PCM16 as they are made. VoiceProblem when it fails. Closing the generator stops the work."""
        ...
