"""Listening to many speakers: the shell around the pure parts.

`Listening` is one per server process: it owns the engines and their workers. A `Listener` is one per speaker: it holds
the sound, asks the segmenter and the stream what to do, and hands jobs to the workers. Everything here runs on the
event loop and none of it waits: recognition is done in other processes.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

from server.kit import logs
from server.kit.clock import Clock
from server.kit.tasks import Tasks
from speech import buffer, events, jobs, vad
from speech.engines import Engines, ListeningSettings
from speech.patience import Patience
from speech.transcription.stream import Policy, Stream, Timing, Wish
from speech.transcription.types import EngineName, Kind, Request
from speech.workers import Workers

__all__ = ["Capacity", "Listener", "ListenerOptions", "Listening", "ListeningSettings"]

_log = logs.get(__name__)

LISTENERS = Gauge("parley_listeners", "Speakers that are listened to.")
LATENCY = Histogram(
    "parley_final_latency_seconds",
    "From the last sound of a turn to its final text, and its parts.",
    ["part"],
    buckets=(0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1.2, 1.6, 2.4, 4.8, 9.6),
)
DROPPED = Counter("parley_recognition_dropped_total", "Texts taken out of hypotheses.", ["rule"])

FINISH_SECONDS = 10.0
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Capacity:
    """So many speakers without a pause can be served, so many wait now, and so busy are the workers (0 to 1)."""

    sessions_max: int
    queue_depth: int
    busy_share: float


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    session_id: str
    language: str = "en"
    reference_text: str | None = None
    patience_ms: int | None = None
    vocabulary: tuple[str, ...] = ()
    first_turn: int = 1
    start_ms: int = 0


class Listener:
    """One speaker. Made by `Listening.listener`; events are given to `emit` on the event loop."""

    def __init__(
        self,
        options: ListenerOptions,
        emit: Callable[[events.SpeechEvent], None],
        workers: Workers,
        activity: vad.VoiceActivity,
        clock: Clock,
        policy: Policy,
        engine: Callable[[], EngineName],
        closed: Callable[["Listener"], None],
    ) -> None:
        self.options = options
        self._emit_outside = emit
        self._workers = workers
        self._clock = clock
        self._activity = activity
        self._engine = engine
        self._on_close = closed
        self._audio = buffer.AudioBuffer()
        self._reference = options.reference_text
        self._patience = Patience(options.patience_ms)
        self._stream = Stream(
            self._say,
            policy=policy,
            patience=self._patience,
            language=options.language,
            first_turn=options.first_turn,
            start_ms=options.start_ms,
        )
        self._stream.reading = self._reference is not None
        self._wish: Wish | None = None
        self._tries = 0
        self._idle = asyncio.Event()
        self._closed = False
        workers.join(self)
        LISTENERS.inc()

    # ---- what the session calls

    def feed(self, data: bytes) -> None:
        """PCM16 mono 16 kHz of any length. Never blocks; what nobody will ask for again is forgotten."""
        if self._closed:
            return
        before = self._audio.end
        self._stream.received(self._audio.append(data))
        now = self._clock.monotonic()
        for probability in self._activity.push(self._audio.floats(before, self._audio.end)):
            self._stream.frame(probability, now)
        self._audio.forget(self._stream.needed_from)
        self._workers.notify()

    def commit(self) -> None:
        """Finish what is being said now, without waiting for silence."""
        self._stream.commit(self._clock.monotonic())
        self._workers.notify()

    def set_reference(self, reference: str | None) -> None:
        """Read this from now on; what is being said is finished first."""
        self.commit()
        self._reference = reference
        self._stream.reading = reference is not None

    def set_patience(self, ms: int | None) -> None:
        """Milliseconds of silence that end a turn; None adapts to the speaker."""
        self._patience.fix(ms)

    def tutor_heard(self, playing: bool) -> None:
        """The tutor's voice begins or ends: silences meanwhile teach nothing about the speaker."""
        self._stream.tutor_heard(playing)

    async def finish(self) -> None:
        """Finish what is being said and wait for its final, at most FINISH_SECONDS; then what is known counts."""
        self.commit()
        try:
            async with asyncio.timeout(FINISH_SECONDS):
                while not self._stream.idle and not self._closed:
                    self._idle.clear()
                    await self._idle.wait()
        except TimeoutError:
            _log.warning("final_without_engine", session_id=self.options.session_id)
            self._stream.give_up(self._clock.monotonic())

    async def close(self) -> None:
        """Drop everything at once."""
        if not self._closed:
            self._closed = True
            self._workers.leave(self)
            self._idle.set()
            self._on_close(self)
            LISTENERS.dec()

    # ---- what the workers call

    def pending(self) -> Kind | None:
        return None if self._closed else self._stream.pending()

    def take(self) -> jobs.Job | None:
        wish = self._stream.wish()
        if wish is None:
            return None
        self._wish = wish
        request = Request(
            kind=wish.kind,
            language=self.options.language,
            prompt=wish.prompt,
            prefix=wish.prefix,
            vocabulary=self.options.vocabulary,
            beam=wish.beam,
        )
        sound = self._audio.cut(wish.start, wish.end)
        return jobs.Recognise(self.options.session_id, wish.turn, wish.start, sound, request, self._reference)

    def done(self, answer: jobs.Answer, queue_s: float) -> None:
        wish, self._wish = self._wish, None
        if wish is None or self._closed:
            return
        self._tries = 0
        self._stream.engine = self._engine()
        timing = Timing(queue_s, answer.seconds)
        self._stream.answered(wish.key, answer.hypothesis, timing, self._clock.monotonic())
        self._idle.set()

    def failed(self, error: Exception) -> None:
        """The sound is still here, so the same is wished for again; after some tries what is known counts."""
        wish, self._wish = self._wish, None
        if wish is None or self._closed:
            return
        self._tries += 1
        if self._tries < MOST_TRIES:
            self._stream.withdrawn(wish.key)
            return
        self._tries = 0
        self._stream.engine = self._engine()
        self._stream.unanswered(wish.key, self._clock.monotonic())
        self._say(events.Degraded("engine_failed", self._engine().name))
        self._idle.set()

    # ----

    def _say(self, event: events.SpeechEvent) -> None:
        if self._closed:
            return
        if isinstance(event, events.Dropped):
            DROPPED.labels(event.rule).inc()
        elif isinstance(event, events.Final):
            for part, milliseconds in event.latency_ms.items():
                LATENCY.labels(part).observe(milliseconds / 1000)
        self._emit_outside(event)


class Listening:
    """The engines of one server process and those who are listened to."""

    def __init__(self, settings: ListeningSettings, tasks: Tasks, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._workers = Workers(clock, tasks, rss_limit=settings.rss_limit_mb << 20)
        self._engines = Engines(settings, self._workers, tasks, clock)
        self._detector: vad.Silero | None = None
        self._listeners: set[Listener] = set()

    async def start(self) -> None:
        """Load the voice activity network and begin to bring up the engines; returns before those are ready."""
        self._detector = await asyncio.to_thread(vad.Silero)
        self._engines.start()

    async def close(self) -> None:
        for listener in list(self._listeners):
            await listener.close()
        await self._engines.close()
        await self._workers.close()

    async def ready(self) -> None:
        """Wait until some engine can recognise."""
        await self._engines.ready()

    def listener(self, options: ListenerOptions, emit: Callable[[events.SpeechEvent], None]) -> Listener:
        if self._detector is None:
            raise RuntimeError("Listening.start() has not been awaited")
        listener = Listener(
            options,
            emit,
            self._workers,
            vad.VoiceActivity(self._detector),
            self._clock,
            self._engines.policy(),
            self._engines.current,
            self._listeners.discard,
        )
        self._listeners.add(listener)
        return listener

    def capacity(self) -> Capacity:
        busy = self._workers.busy_share()
        return Capacity(self._engines.sessions_max, self._workers.waiting, round(busy, 3))

    def status(self) -> dict[str, Any]:
        """For health and doctor."""
        return {
            **self._engines.status(),
            "workers": self._workers.engines,
            "queue_depth": self._workers.waiting,
            "busy_share": round(self._workers.busy_share(), 3),
            "listeners": len(self._listeners),
        }
