"""Voices turn a sentence into sound.

A voice yields PCM16, mono, at `RATE`. Having no voice is normal: then the client speaks with its own.
"""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from typing import Protocol

RATE = 24_000
"""Samples a second of all synthesised speech: what OpenAI-compatible servers send as `pcm`."""
BYTES_A_SECOND = 2 * RATE


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

Timed = tuple[str, float, float]
"""What is said, and the seconds from the beginning of its piece at which it starts and ends."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of speech: PCM16, and its words and phones (IPA) where the voice tells when they sound."""

    pcm: bytes
    words: tuple[Timed, ...] = ()
    phones: tuple[Timed, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.pcm) / BYTES_A_SECOND


def joined(pieces: Iterable[Spoken]) -> Spoken:
    """Pieces one after the other as one."""
    pcm, words, phones = bytearray(), list[Timed](), list[Timed]()
    for piece in pieces:
        at = len(pcm) / BYTES_A_SECOND
        words += [(text, at + start, at + end) for text, start, end in piece.words]
        phones += [(text, at + start, at + end) for text, start, end in piece.phones]
        pcm += piece.pcm
    return Spoken(bytes(pcm), tuple(words), tuple(phones))


class Voice(Protocol):
    """Who speaks."""

    @property
    def name(self) -> str: ...

    def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        """Pieces as they are made. VoiceProblem when it fails. Closing the generator stops the work."""
        ...
