"""The worker process: one engine, one job at a time, no asyncio.

It is started by `speech.pool.lanes` and ends with its parent, at the latest by the closed socket.
"""

import os
import resource
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kit.processes.channel import Channel
from speech.audio import pcm
from speech.engines import scoring
from speech.engines.whisper import MARGIN, Frames, Heard, WhisperEngine
from speech.pool import jobs
from speech.pronunciation import assess
from speech.transcription.types import EngineName

SCORED_WIDTH = 512
_NICE = 5


class Engine(Protocol):
    """What recognizes inside a worker."""

    @property
    def name(self) -> EngineName: ...

    def recognise(self, job: jobs.Recognise, samples: pcm.Samples) -> Heard: ...


class WhisperLane:
    """Whisper inside a worker."""

    def __init__(self, spec: jobs.EngineSpec, silence: Frames | None = None) -> None:
        if spec.folder is None:
            raise ValueError("a Whisper engine needs the folder of its model")
        self._engine = WhisperEngine.load(
            spec.folder, device=spec.device, compute=spec.compute, threads=spec.threads, silence=silence
        )
        self.silence = self._engine.silence
        self.name = self._engine.name
        self.scored = self._engine.width == SCORED_WIDTH and self._engine.multilingual

    def encode(self, samples: pcm.Samples) -> Frames:
        """The encoder's rows."""
        return self._engine.encode(samples, len(samples) / pcm.RATE + MARGIN)

    def recognise(self, job: jobs.Recognise, samples: pcm.Samples) -> Heard:
        """The words of a job."""
        return self._engine.transcribe(samples, job.request)


def load(spec: jobs.EngineSpec, silence: Frames | None = None) -> Engine:
    """The engine of a worker, loaded. Raises EngineBroken."""
    if spec.name == "whisper":
        return WhisperLane(spec, silence)
    from speech.engines.sphinx import SphinxEngine

    return SphinxEngine()


def rss() -> int:
    """Resident memory of this process in bytes."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


class EngineWorker:
    """One engine, and the pronunciation scorer that goes with it."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._scoring: scoring.Scoring | None = None

    def handle(self, message: jobs.Message) -> jobs.Reply:
        """Answer one message."""
        if isinstance(message, jobs.Load):
            self._engine = load(message.spec, message.silence)
            self._scoring = _scorer(self._engine)
            silence = self._engine.silence if isinstance(self._engine, WhisperLane) else None
            return jobs.Loaded(self._engine.name, silence)
        if self._engine is None:
            return jobs.Failed("no_engine", "No engine is loaded.")
        began_ns, began = time.time_ns(), time.perf_counter()
        answer = self._answer(self._engine, message)
        spent = time.perf_counter() - began
        return replace(answer, seconds=spent, rss=rss(), began_ns=began_ns, pid=os.getpid())

    def _answer(self, engine: Engine, message: jobs.Job) -> jobs.Answer:
        if isinstance(message, jobs.Assess):
            report = None if self._scoring is None else self._scoring.assess(message)
            return jobs.Answer(engine.name, report=report)
        samples = pcm.to_float(message.pcm)
        heard = engine.recognise(message, samples)
        if not message.scored or self._scoring is None:
            return jobs.Answer(engine.name, heard.hypothesis)
        words, settled, wanted = self._scoring.hear(message, samples, heard.frames)
        return jobs.Answer(engine.name, heard.hypothesis, tuple(words), settled, wanted)


def _scorer(engine: Engine) -> scoring.Scoring:
    """The scorer was trained on Whisper base's encoder; other models are recognized, but scored with PocketSphinx'
    evidence."""
    if isinstance(engine, WhisperLane) and engine.scored:
        return scoring.Scoring(assess.Assessor.load("whisper"), engine.encode)
    return scoring.Scoring(assess.Assessor.load("sphinx"), None)


def main(descriptor: str) -> None:
    """Serve jobs from the socket of this number until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel: Channel[jobs.Reply, jobs.Message] = Channel(int(descriptor))
    worker = EngineWorker()
    while True:
        try:
            message = channel.receive()
        except (EOFError, OSError):
            return
        # Recognition runs at lower priority than the server, unless speakers wait for a crashed engine.
        if not (isinstance(message, jobs.Load) and message.silence is not None):
            os.nice(max(0, _NICE - os.nice(0)))
        try:
            reply = worker.handle(message)
        except Exception as error:
            reply = jobs.Failed(type(error).__name__, str(error))
        channel.send(reply)
