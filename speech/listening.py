"""The entrance of speech, one per server process: owns the engines and their workers, and listens to many speakers.

Everything here and in `speech.listener` runs on the event loop without blocking: recognition runs in other processes.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from kit import errors, fair
from kit.clock import Clock
from kit.storable import JsonObject
from kit.tasks import Tasks
from speech import assessment, events, files
from speech.decoding import recording
from speech.decoding.verdict import Unreadable, refusal
from speech.endpointing import vad
from speech.engines import waiting
from speech.engines.choice import Engines
from speech.engines.settings import ListeningSettings
from speech.listener import Listener
from speech.listener_options import ListenerOptions
from speech.pool import jobs
from speech.pool.pool import WorkerPool
from speech.transcription.types import Request

__all__ = ["Assessed", "Capacity", "Listener", "ListenerOptions", "Listening", "ListeningSettings"]

LONGEST_SECONDS = 2 * 3600.0
_OPEN_RECORDINGS = 16
_OPEN_OF_ONE = 4

Admit = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many speakers without a pause can be served, how many wait now, and how busy the workers are (0 to 1)."""

    sessions_max: int
    queue_depth: int
    busy_share: float


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was said in a recording and its `pronunciation`, None when nothing was said."""

    transcript: files.Transcript
    pronunciation: assessment.Report | None


def _told(news: waiting.Waiting) -> events.Waits:
    return events.Waits(news.what, news.seconds, news.sentence())


async def _whole(sound: bytes) -> AsyncIterator[bytes]:
    yield sound


_RECORDING = Request("file")


class Listening:
    """The engines and listeners of one server process."""

    def __init__(self, settings: ListeningSettings, tasks: Tasks, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._workers = WorkerPool(clock, tasks, rss_limit=settings.rss_limit_mb << 20)
        self._engines = Engines(settings, self._workers, tasks, clock)
        self._engines.waits.tell = self._tell
        self._detector: vad.Silero | None = None
        self._listeners: set[Listener] = set()
        self._open = fair.Places(_OPEN_RECORDINGS, clock, each=_OPEN_OF_ONE)
        self._opening = fair.Places(max(1, (os.cpu_count() or 2) - 1), clock)

    async def start(self) -> None:
        """Load the voice activity network and begin to bring up the engines; returns before those are ready."""
        self._detector = await asyncio.to_thread(vad.Silero)
        self._engines.start()

    async def close(self) -> None:
        """Close all listeners and end the workers."""
        for listener in list(self._listeners):
            await listener.close()
        await self._engines.close()
        await self._workers.close()

    async def ready(self) -> None:
        """Wait until some engine can recognise."""
        await self._engines.ready()

    def listener(self, options: ListenerOptions, emit: Callable[[events.SpeechEvent], None]) -> Listener:
        """A listener that reports to `emit`."""
        listener = Listener(
            options,
            emit,
            self._workers,
            vad.VoiceActivity(self._network()),
            self._engines.policy(),
            self._engines.current(),
        )
        listener.on_close = self._listeners.discard
        self._listeners.add(listener)
        if self._engines.waits.news is not None:  # later, when the caller has the listener
            asyncio.get_running_loop().call_soon(self._tell_one, listener)
        return listener

    def _tell_one(self, listener: Listener) -> None:
        if (news := self._engines.waits.news) is not None:
            listener.waits(_told(news))

    def _tell(self, news: waiting.Waiting | None) -> None:
        over = events.Waits(None, None, self._engines.status()["notice"])
        for listener in list(self._listeners):
            listener.waits(over if news is None else _told(news))

    async def transcribe(
        self,
        source: bytes | Path,
        wanted: Request = _RECORDING,
        *,
        progress: files.Progress | None = None,
        most_s: float = LONGEST_SECONDS,
        admit: Admit | None = None,
        owner: str | None = None,
    ) -> files.Transcript:
        """Recognise a recording: a file's bytes or its path, any common format, of at most `most_s` seconds.

        `progress` is called with the seconds done, `admit` with the length before recognition; it may raise. Owners
        take turns. Raises Failure `invalid_audio`, `too_large` or `recognition_failed`.
        """
        grown = files.Transcript()
        async with aclosing(self.transcribing(source, wanted, most_s=most_s, admit=admit, owner=owner)) as growing:
            async for done, transcript in growing:
                grown = transcript
                if progress is not None and done:
                    progress(done)
        return grown

    async def transcribing(
        self, source: bytes | Path, wanted: Request, *, most_s: float, admit: Admit | None, owner: str | None
    ) -> AsyncGenerator[tuple[float, files.Transcript], None]:
        """As `transcribe`, with the seconds done and the transcript each time that it has grown: empty first, when the
        recording has been found good, and complete last."""
        request = replace(wanted, beam=self.settings.policy.final_beam)
        if request.task == "translate":
            await self._check_translates()
        work = files.FileTranscription(self._workers, vad.VoiceActivity(self._network()), request, owner)
        try:
            async with self._open.place(owner), AsyncExitStack() as stack:
                async with self._opening.place(owner) as place:
                    opened = await stack.enter_async_context(recording.opened(source, most_s, place))
                del source
                if admit is not None:
                    await admit(opened.seconds)
                yield 0.0, work.transcript
                async for done in work.windows(opened.pieces()):
                    yield done, work.transcript
                yield 0.0, work.transcript
        except Unreadable as verdict:
            raise refusal(verdict, most_s) from verdict

    async def _check_translates(self) -> None:
        """Failure `translation_unsupported` where the engine writes down only what it hears."""
        await self.ready()
        engine = self._engines.current()
        if not engine.translates:
            why = f"{engine.name} {engine.model} does not translate: a multilingual Whisper model or a server can."
            raise errors.invalid(why, [("/model", "transcribe instead")], "translation_unsupported")

    async def assess(
        self, sound: bytes, reference_text: str | None, *, language: str = "en", owner: str | None = None
    ) -> Assessed:
        """Recognise PCM16 at 16 kHz, some minutes at most, and score its pronunciation.

        Against `reference_text`, or against what was recognised when there is none. Raises Failure
        `recognition_failed`.
        """
        request = Request("file", language, beam=self.settings.policy.final_beam)
        work = files.FileTranscription(self._workers, vad.VoiceActivity(self._network()), request, owner)
        transcript = await work.run(_whole(sound))
        text = reference_text if reference_text is not None else transcript.text
        if not text:
            return Assessed(transcript, None)
        heard = tuple((word.text, word.start_ms, word.end_ms, word.confidence) for word in transcript.words)
        job = jobs.Assess(sound, text, reference_text is not None, heard)
        answer = await self._workers.perform(job, "file", owner)
        return Assessed(transcript, answer.report)

    def _network(self) -> vad.Silero:
        if self._detector is None:
            raise RuntimeError("Listening.start() has not been awaited")
        return self._detector

    def capacity(self) -> Capacity:
        """Sessions that fit, clients that wait, and how busy the workers are."""
        busy = self._workers.busy_share()
        return Capacity(self._engines.sessions_max, self._workers.waiting, round(busy, 3))

    def status(self) -> JsonObject:
        """For health and doctor."""
        return {
            **self._engines.status(),
            "workers": self._workers.engines,
            "queue_depth": self._workers.waiting,
            "busy_share": round(self._workers.busy_share(), 3),
            "listeners": len(self._listeners),
        }
