"""One speaker: holds the sound, asks the segmenter and the stream what to do, hands jobs to the workers."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram

from kit import logs
from kit.clock import Clock
from speech import events
from speech.audio import buffer, pcm
from speech.endpointing import vad
from speech.endpointing.patience import Patience
from speech.pool import jobs, word_scores
from speech.pool.pool import WorkerPool
from speech.transcription.policy import Policy, Wish
from speech.transcription.stream import Stream
from speech.transcription.turn import Timing
from speech.transcription.types import NO_ENGINE, EngineName, HeardWord, Kind, Request

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

FINISH_SECONDS = 40.0  # a crowded machine loads an engine anew in 20 s; a session that ends waits 42 s (`Terms`)
MOST_TRIES = 3
SCORED_SECONDS = 300  # of a turn's sound that are kept for its score
_LEAST_SCORED_MS = 250


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    """`scored`: pronunciation is wanted as well. `pauses`: what patience has learned before. `start_ms`, `first_turn`:
    where a resumed session goes on.

    Its sound before `known_ms` was heard by another listener, up to the end of the turn with the words `before`, and
    comes again only to be known: voice activity and recogniser are warm then, as if they had heard it all.
    """

    session_id: str
    language: str = "en"
    reference_text: str | None = None
    patience_ms: int | None = None
    pauses: tuple[int, ...] = ()
    vocabulary: tuple[str, ...] = ()
    first_turn: int = 1
    start_ms: int = 0
    known_ms: int = 0
    before: tuple[events.Word, ...] = ()
    before_end_ms: int = 0
    scored: bool = True


class Listener:
    """Made by `Listening.listener`; events are given to `emit` on the event loop. A client of the workers."""

    def __init__(
        self,
        options: ListenerOptions,
        emit: Callable[[events.SpeechEvent], None],
        workers: WorkerPool,
        activity: vad.VoiceActivity,
        clock: Clock,
        policy: Policy,
        engine: EngineName,
        closed: Callable[["Listener"], None],
    ) -> None:
        self.options = options
        self._emit = emit
        self._workers = workers
        self._clock = clock
        self._activity = activity
        self._on_close = closed
        self._audio = buffer.AudioBuffer()
        self._reference = options.reference_text
        self._patience = Patience(options.patience_ms, options.pauses)
        self._stream = Stream(
            self._say,
            policy=policy,
            patience=self._patience,
            language=options.language,
            first_turn=options.first_turn,
            start_ms=options.start_ms,
        )
        self._known = pcm.samples(max(0, options.known_ms - options.start_ms))
        self._resume()
        self._stream.reading = self._reference is not None
        self._stream.reporter.engine = engine
        self._wish: Wish | None = None
        self._history_wanted = False
        self._spans: dict[int, tuple[int, str | None]] = {}  # turns without a final: first sample, reference
        self._stopped: dict[int, int] = {}
        self._to_score: deque[tuple[int, jobs.Assess, events.Final]] = deque()
        self._tries = 0
        self._moved = asyncio.Event()
        self._closed = False
        workers.join(self)
        LISTENERS.inc()

    def _resume(self) -> None:
        options, start_ms = self.options, self.options.start_ms
        if self._known:
            words = [
                HeardWord(
                    word.text, (word.start_ms - start_ms) / 1000, (word.end_ms - start_ms) / 1000, word.confidence
                )
                for word in options.before
            ]
            self._stream.resume(self._known, words, pcm.samples(options.before_end_ms - start_ms))

    # ---- what the session calls

    def all_new(self) -> None:
        """The sound before `known_ms` does not come again: what comes next is new, and begins there."""
        if self._audio.end < self._known:
            self._stream.forget_before()
            self.feed(bytes(2 * (self._known - self._audio.end)))

    def feed(self, data: bytes) -> None:
        """PCM16 mono 16 kHz of any length. Never blocks; what nobody will ask for again is forgotten."""
        if self._closed:
            return
        before = self._audio.end
        self._stream.received(self._audio.append(data))
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
        self._say(event)

    async def finish(self) -> None:
        """Finish what is being said and wait for its final and its score.

        After FINISH_SECONDS what is known counts, and `engine_failed` says so.
        """
        self.commit()
        try:
            async with asyncio.timeout(FINISH_SECONDS):
                while not self._closed and not (self._stream.idle and not self._to_score and self._wish is None):
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
            self._on_close(self)
            self._moved.set()
            LISTENERS.dec()

    # ---- what the workers call

    def pending(self) -> Kind | None:
        if self._closed:
            return None
        kind = self._stream.pending()
        return "stable" if self._to_score and kind != "final" else kind

    def take(self) -> jobs.Job | None:
        if self._to_score and self._stream.pending() != "final":
            return self._to_score[0][1]
        wish = self._stream.wish()
        if wish is None:
            return None
        self._wish = wish
        options = self.options
        request = Request(
            wish.kind,
            options.language,
            wish.prompt,
            options.vocabulary,
            wish.given,
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
            reference=self._reference_of(wish.turn),
            history=history,
        )

    def done(self, answer: jobs.Answer, queue_s: float) -> None:
        wish, self._wish = self._wish, None
        self._tries = 0
        if self._closed:
            return
        if wish is None:
            self._scored(answer)
        else:
            self._history_wanted = answer.history_wanted
            self._follow_engine(answer.engine)
            timing = Timing(queue_s, answer.seconds)
            self._stream.answered(wish.key, answer.hypothesis, timing, self._clock.monotonic())
            for word in answer.words:
                self._say(word_scores.live_word(wish.turn, word))
            if answer.all_settled:
                self._stream.reference_settled()
        self._moved.set()

    def failed(self, error: Exception) -> None:
        """The sound is still here, so the same is wished for again; after some tries what is known counts. The speaker
        is told when a final or a score lacks something, not of every partial."""
        wish, self._wish = self._wish, None
        self._tries += 1
        if self._closed:
            return
        if self._tries < MOST_TRIES:
            if wish is not None:
                self._stream.withdrawn(wish.key)
            return
        self._tries = 0
        if wish is None:
            self._to_score.popleft()
            self._degraded("not_scored")
        else:
            self._stream.unanswered(wish.key, self._clock.monotonic())
        self._moved.set()

    # ---- scores

    def _scored(self, answer: jobs.Answer) -> None:
        turn, job, final = self._to_score.popleft()
        if answer.report is None:
            return
        if not job.given:
            for word, scored in word_scores.paired(final, answer.report["words"]):
                self._say(word_scores.scored_word(turn, word, scored))
        self._say(events.Scored(turn, answer.report))

    def _score_later(self, final: events.Final) -> None:
        start, reference = self._spans.pop(final.turn, (0, None))
        stopped = self._stopped.pop(final.turn, start)
        text = reference if reference is not None else final.text
        if not self.options.scored or not text or stopped - start < pcm.samples(_LEAST_SCORED_MS):
            return
        first = max(start, self._audio.start)
        first_ms = self.options.start_ms + pcm.ms(first)
        heard = tuple((word.text, word.start_ms - first_ms, word.end_ms - first_ms) for word in final.words)
        sound = self._audio.cut(first, stopped + pcm.samples(200))
        job = jobs.Assess(sound, text, reference is not None, heard, first_ms, self.options.session_id, final.turn)
        self._to_score.append((final.turn, job, final))

    def _reference_of(self, turn: int) -> str | None:
        return self._spans[turn][1] if turn in self._spans else None

    # ---- what is said

    def _say(self, event: events.SpeechEvent) -> None:
        if self._closed:
            return
        if isinstance(event, events.SpeechStarted):
            first = pcm.samples(event.start_ms - self.options.start_ms)
            self._spans[event.turn] = (first, self._reference)
        elif isinstance(event, events.SpeechStopped):
            self._stopped[event.turn] = pcm.samples(event.end_ms - self.options.start_ms)
        elif isinstance(event, events.Final):
            for part, milliseconds in event.latency_ms.items():
                LATENCY.labels(part).observe(milliseconds / 1000)
            self._score_later(event)
        elif isinstance(event, events.Dropped):
            DROPPED.labels(event.rule).inc()
        elif isinstance(event, events.Degraded):
            DEGRADED.labels(event.reason).inc()
        try:
            self._emit(event)
        except Exception:  # the session's trouble: what is heard next is not to suffer from it
            _log.exception("speech_event_failed", kind=type(event).__name__)
        if isinstance(event, events.Final) and event.failed:
            self._degraded("engine_failed")

    def _degraded(self, reason: str) -> None:
        self._say(events.Degraded(reason, self._stream.reporter.engine.name))

    def _follow_engine(self, engine: EngineName) -> None:
        """A worse engine had to take over, or the better one is back."""
        before, self._stream.reporter.engine = self._stream.reporter.engine, engine
        if engine.name != before.name and "pocketsphinx" in (engine.name, before.name) and before != NO_ENGINE:
            self._say(events.Degraded("stopgap_engine" if engine.name == "pocketsphinx" else "recovered", engine.name))

    def _follow_ladder(self) -> None:
        rung = self._workers.rung
        self._stream.crowd = self._workers.crowd
        if (rung.step_factor, rung.partials) != (self._stream.step_factor, self._stream.partials):
            self._stream.step_factor, self._stream.partials = rung.step_factor, rung.partials
            self._degraded(rung.reason)

    def _needed_from(self) -> int:
        needed = self._stream.needed_from
        if self.options.scored and self._stream.turn_start is not None:
            oldest = self._audio.end - SCORED_SECONDS * pcm.RATE
            needed = min(needed, max(self._stream.turn_start, oldest))
        return needed
