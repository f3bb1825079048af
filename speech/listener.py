"""One speaker: holds the sound, asks the segmenter and the stream what to do, hands jobs to the workers."""

import asyncio
from collections.abc import Callable

from prometheus_client import Counter, Gauge, Histogram

from kit import logs
from speech import events
from speech.audio import buffer, pcm
from speech.endpointing import vad
from speech.endpointing.patience import Patience
from speech.listener_options import ListenerOptions
from speech.pool import jobs, word_scores
from speech.pool.ladder import RUNGS
from speech.pool.pool import WorkerPool
from speech.transcription.policy import Policy, Wish
from speech.transcription.stream import Stream
from speech.transcription.turn import Timing
from speech.transcription.types import NO_ENGINE, EngineName, Kind, Request
from speech.turn_scores import TurnScores
from speech.turn_traces import TurnTraces

_log = logs.get(__name__)

LISTENERS = Gauge("parley_listeners", "Speakers that are listened to.")
LATENCY = Histogram(
    "parley_final_latency_seconds",
    "From the last sound of a turn to its final text, and its parts.",
    ["part"],
    buckets=(0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1.2, 1.6, 2.4, 4.8, 9.6),
)
DROPPED = Counter("parley_recognition_dropped_total", "Texts taken out of hypotheses.", ["rule"])
DEGRADED = Counter("parley_recognition_degraded_total", "Rungs of the ladder that speakers were told of.", ["reason"])

FINISH_SECONDS = 40.0  # a busy machine reloads an engine in 20 s; a session that ends waits 42 s (`Terms`)
MOST_TRIES = 3
SCORED_SECONDS = 300  # of a turn's sound that are kept for its score


class Listener:
    """Made by `Listening.listener`; events are given to `emit` on the event loop. A client of the workers."""

    def __init__(
        self,
        options: ListenerOptions,
        emit: Callable[[events.SpeechEvent], None],
        workers: WorkerPool,
        activity: vad.VoiceActivity,
        policy: Policy,
        engine: EngineName,
    ) -> None:
        self.options = options
        self._emit = emit
        self._workers = workers
        self._clock = workers.clock
        self._activity = activity
        self._audio = buffer.AudioBuffer()
        self._patience = Patience(options.patience_ms, options.pauses)
        self._stream = Stream(self._say, options.stream(), policy=policy, patience=self._patience)
        self._stream.use(engine)
        self._scores = TurnScores(options.session_id, options.start_ms, options.reference_text)
        self._traces = TurnTraces(options.trace, options.session_id)
        self._wish: Wish | None = None
        self._history_wanted = False
        self._rung = RUNGS[0]
        self._tries = 0
        self._moved = asyncio.Event()
        self._closed = False
        self.on_close: Callable[[Listener], None] = lambda _: None
        workers.join(self)
        LISTENERS.inc()

    # ---- what the session calls

    def all_new(self) -> None:
        """The sound before `known_ms` is not sent again: what comes next is new, and begins there."""
        if (missing := self.options.known_samples - self._audio.end) > 0:
            self._stream.passes.recall((), 0)
            self.feed(bytes(2 * missing))

    def feed(self, data: bytes) -> None:
        """PCM16 mono 16 kHz of any length. Never blocks; sound that is no longer needed is dropped."""
        if self._closed:
            return
        before = self._audio.end
        self._traces.arrived()
        self._stream.passes.receive(self._audio.append(data))
        now = self._clock.monotonic()
        for probability in self._activity.push(self._audio.floats(before, self._audio.end)):
            self._stream.frame(probability, now)
        self._audio.forget(self._needed_from())
        self._workers.heard(self)
        self._follow_ladder()

    def commit(self) -> None:
        """Finish what is being said now, without waiting for silence."""
        self._stream.commit(self._clock.monotonic())
        self._workers.heard(self)

    def set_patience(self, ms: int | None) -> None:
        """Milliseconds of silence that end a turn; None adapts to the speaker, 0 waits for a commit."""
        self._patience.fix(ms)

    @property
    def pauses(self) -> tuple[int, ...]:
        """What patience has learned from, for the speaker's next session."""
        return self._patience.pauses

    def tutor_heard(self, playing: bool) -> None:
        """The tutor's voice begins or ends: silences meanwhile teach nothing about the speaker."""
        self._stream.tutor_heard(playing)

    def waits(self, event: events.Waits) -> None:
        """What recognition waits for, or that it waits no more."""
        self._say(event)

    async def finish(self) -> None:
        """Finish what is being said and wait for its final and its score.

        After FINISH_SECONDS what is known counts, and `engine_failed` says so.
        """
        self.commit()
        try:
            async with asyncio.timeout(FINISH_SECONDS):
                while not self._closed and not self._idle:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            _log.warning("final_without_engine", session_id=self.options.session_id)
            self._stream.give_up(self._clock.monotonic())

    async def close(self) -> None:
        """Drop everything at once."""
        if not self._closed:
            self._closed = True
            self._workers.leave(self)
            self._traces.close()
            self.on_close(self)
            self._moved.set()
            LISTENERS.dec()

    # ---- what the workers call

    def pending(self) -> Kind | None:
        """How urgent the next job is; None without one."""
        if self._closed:
            return None
        kind = self._stream.passes.pending()
        return "stable" if self._scores.next is not None and kind != "final" else kind

    def take(self) -> jobs.Job | None:
        """The next job; None without one."""
        passes, score = self._stream.passes, self._scores.next
        if score is not None and passes.pending() != "final":
            self._traces.took(score)
            return score
        if (wish := passes.wish()) is None:
            return None
        self._wish = wish
        job = self._recognise(wish)
        self._traces.took(job)
        return job

    def _recognise(self, wish: Wish) -> jobs.Recognise:
        options = self.options
        request = Request(
            wish.kind,
            options.language,
            wish.prompt,
            options.vocabulary,
            wish.given,
            wish.draft,
            wish.lead,
            wish.lead_s,
            wish.spoken_s,
            wish.beam,
        )
        history = self._audio.cut(wish.turn_start, wish.start) if self._history_wanted else b""
        self._history_wanted = False
        return jobs.Recognise(
            stream=options.session_id,
            turn=wish.turn,
            start=wish.start,
            pcm=self._audio.cut(wish.start, wish.end),
            request=request,
            turn_start=wish.turn_start,
            turn_start_ms=options.start_ms + pcm.ms(wish.turn_start),
            scored=options.scored,
            reference=self._scores.reference_of(wish.turn),
            history=history,
        )

    def done(self, answer: jobs.Answer, queue_s: float) -> None:
        """An answer, and how many seconds its job waited."""
        wish, self._wish = self._wish, None
        self._tries = 0
        if self._closed:
            return
        with self._traces.answered(answer, queue_s):
            self._answered(wish, answer, queue_s)
        self._moved.set()

    def _answered(self, wish: Wish | None, answer: jobs.Answer, queue_s: float) -> None:
        if wish is None:
            for event in self._scores.answered(answer):
                self._say(event)
        else:
            self._history_wanted = answer.history_wanted
            self._follow_engine(answer.engine)
            timing = Timing(queue_s, answer.seconds)
            self._stream.answered(wish.key, answer.hypothesis, timing, self._clock.monotonic())
            for word in answer.words:
                self._say(word_scores.live_word(wish.turn, word))
            if answer.all_settled:
                self._stream.reference_settled()

    def failed(self, error: Exception) -> None:
        """The sound is still here, so the job is requested again; after some tries what is known counts. The speaker is
        notified when a final or a score lacks something, not of every partial."""
        wish, self._wish = self._wish, None
        self._traces.failed(error)
        self._tries += 1
        if self._closed:
            return
        if self._tries < MOST_TRIES:
            if wish is not None:
                self._stream.passes.withdrawn(wish.key)
            return
        self._tries = 0
        if wish is None:
            self._scores.give_up()
            self._degraded("not_scored")
        else:
            self._stream.unanswered(wish.key, self._clock.monotonic())
        self._moved.set()

    # ---- what is said

    def _say(self, event: events.SpeechEvent) -> None:
        if self._closed:
            return
        if isinstance(event, events.SpeechStarted):
            self._scores.begun(event)
        elif isinstance(event, events.SpeechStopped):
            self._scores.stopped(event)
        elif isinstance(event, events.Final):
            for part, milliseconds in event.latency_ms.items():
                LATENCY.labels(part).observe(milliseconds / 1000)
            self._scores.final(event, self._audio, wanted=self.options.scored)
        elif isinstance(event, events.Dropped):
            DROPPED.labels(event.rule).inc()
        elif isinstance(event, events.Degraded):
            DEGRADED.labels(event.reason).inc()
        try:
            with self._traces.saying(event):
                self._emit(event)
        except Exception:  # an error of the session, which must not stop recognition
            _log.exception("speech_event_failed", kind=type(event).__name__)
        if isinstance(event, events.Final) and event.failed:
            self._degraded("engine_failed")

    def _degraded(self, reason: str) -> None:
        self._say(events.Degraded(reason, self._stream.engine.name))

    def _follow_engine(self, engine: EngineName) -> None:
        """A worse engine had to take over, or the better one is back."""
        before = self._stream.engine
        self._stream.use(engine)
        if engine.name != before.name and "pocketsphinx" in (engine.name, before.name) and before != NO_ENGINE:
            self._say(events.Degraded("stopgap_engine" if engine.name == "pocketsphinx" else "recovered", engine.name))

    def _follow_ladder(self) -> None:
        before, self._rung = self._rung, self._workers.rung
        rung = self._rung
        self._stream.passes.follow(step_factor=rung.step_factor, partials=rung.partials, crowd=self._workers.crowd)
        if (rung.step_factor, rung.partials) != (before.step_factor, before.partials):
            self._degraded(rung.reason)

    @property
    def _idle(self) -> bool:
        """No turn is open, and no final is pending."""
        return self._stream.idle and self._scores.next is None and self._wish is None

    def _needed_from(self) -> int:
        passes = self._stream.passes
        if not self.options.scored or passes.turn_start is None:
            return passes.needed_from
        oldest = self._audio.end - SCORED_SECONDS * pcm.RATE
        return min(passes.needed_from, max(passes.turn_start, oldest))
