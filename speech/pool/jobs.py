"""The messages between the server process and its recognition workers; everything here is pickled."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from speech import assessment
from speech.transcription.types import NO_ENGINE, EngineName, Hypothesis, Request


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
    """`silence`: what the engine made of silence when it was loaded before; that takes half of the time of a load."""

    spec: EngineSpec
    silence: Any = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The engine is loaded."""

    engine: EngineName
    silence: Any = None


@dataclass(frozen=True, slots=True)
class Recognise:
    """One window of one stream. `pcm` is PCM16 at 16 kHz; `start` its first sample on the stream's clock.

    `scored`: the encoder's rows serve the pronunciation scores too; beside a `reference` words are scored at once.
    `history` is the turn's sound before the window, for a worker that has not heard it.
    """

    stream: str
    turn: int
    start: int
    pcm: bytes
    request: Request
    turn_start: int = 0
    turn_start_ms: int = 0
    scored: bool = False
    reference: str | None = None
    history: bytes = b""


@dataclass(frozen=True, slots=True)
class Assess:
    """Score a recording or a turn against `text`, which was `given` as a reference or else recognised.

    `heard` are recognised words (text, start and end in ms from the sound's start, how sure the engine is); `start_ms`
    is added to all times.
    """

    pcm: bytes
    text: str
    given: bool
    heard: tuple[tuple[str, int, int, float], ...] = ()
    start_ms: int = 0
    stream: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a job. `words` and `history_wanted`: see `scoring.Scoring.hear`. A process `pid` began it at
    `began_ns` of `time.time_ns()`; 0 where none of ours did."""

    engine: EngineName = NO_ENGINE
    hypothesis: Hypothesis = field(default_factory=Hypothesis)
    words: tuple[assessment.WordScore, ...] = ()
    all_settled: bool = False
    history_wanted: bool = False
    report: assessment.Report | None = None
    seconds: float = 0.0
    rss: int = 0
    began_ns: int = 0
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine could not do it; the worker lives on."""

    error: str
    message: str


Job = Recognise | Assess
Message = Load | Recognise | Assess
Reply = Loaded | Answer | Failed
