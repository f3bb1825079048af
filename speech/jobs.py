"""What the server process and its recognition workers say to each other; everything here is pickled."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from speech.transcription.types import EngineName, Hypothesis, Request


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """Which engine a worker loads. `folder` is a CTranslate2 Whisper model; PocketSphinx needs none."""

    name: Literal["whisper", "sphinx"]
    folder: Path | None = None
    device: str = "cpu"
    compute: str = "int8"
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Load:
    spec: EngineSpec


@dataclass(frozen=True, slots=True)
class Loaded:
    engine: EngineName


@dataclass(frozen=True, slots=True)
class Recognise:
    """One window of one stream. `pcm` is PCM16 at 16 kHz; `start` its first sample on the stream's clock.

    With `reference` (or `scored`) the same encoder pass is used to score words: against the reference text, or later
    against what was recognised.
    """

    stream: str
    turn: int
    start: int
    pcm: bytes
    request: Request
    reference: str | None = None
    scored: bool = False


@dataclass(frozen=True, slots=True)
class Assess:
    """Score a recording or a turn against `text`, which was `given` as a reference or else recognised."""

    pcm: bytes
    text: str
    given: bool
    heard: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WordReport:
    """A word's score as it stands: see `events.WordScored`."""

    index: int
    text: str
    start_ms: int
    end_ms: int
    score: float | None
    error: str
    phonemes: list[dict[str, Any]]
    provisional: bool


@dataclass(frozen=True, slots=True)
class Answer:
    hypothesis: Hypothesis = field(default_factory=Hypothesis)
    words: tuple[WordReport, ...] = ()
    all_settled: bool = False
    report: dict[str, Any] | None = None
    seconds: float = 0.0
    rss: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine could not do it; the worker lives on."""

    error: str
    message: str


Job = Recognise | Assess
Message = Load | Recognise | Assess
Reply = Loaded | Answer | Failed
