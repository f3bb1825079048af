"""What goes into an engine and what comes out of it."""

from dataclasses import dataclass
from typing import Literal

from speech import assessment

Kind = Literal["partial", "stable", "final", "file"]
Task = Literal["transcribe", "translate"]


@dataclass(frozen=True, slots=True)
class Request:
    """How to recognise one window.

    `prompt` is what came before the window, `vocabulary` are words to expect. `given` are words at the window's start
    that are decided: an engine that supports it continues after them. `draft` is what the pass before heard behind
    those; it only makes an engine faster. The first `lead` words heard belong to the turn before and are not judged
    again; its sound takes `lead_s` seconds. In a last pass there was speech until `spoken_s`; 0 where that is unknown.
    `times` asks for measured word times and confidences. The task `translate` writes what is said, in whatever
    language, in English; only engines that `translates` can.
    """

    kind: Kind = "partial"
    language: str = "en"
    prompt: str = ""
    vocabulary: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    lead: int = 0
    lead_s: float = 0.0
    spoken_s: float = 0.0
    beam: int = 1
    times: bool = True
    task: Task = "transcribe"


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word with seconds from the window's start and a confidence from 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float
    tokens: tuple[int, ...] = ()
    """What the model wrote for it; only for recordings, and of engines that have tokens."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Text taken out of a hypothesis, and the rule that took it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What an engine heard in a window. `seconds` is the engine's own time for it."""

    words: tuple[HeardWord, ...] = ()
    drops: tuple[Drop, ...] = ()
    seconds: float = 0.0
    no_speech: float = 0.0
    """How likely the window holds no speech, by the engines that say so."""

    @property
    def text(self) -> str:
        """The words as text."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class EngineName:
    """Stands in every final. `translates`: whether it can write in English what is said in other languages."""

    name: str
    model: str
    version: str
    translates: bool = False

    def as_dict(self) -> assessment.Engine:
        """The engine as clients get it."""
        return {"name": self.name, "model": self.model, "version": self.version}


NO_ENGINE = EngineName("none", "none", "0")
