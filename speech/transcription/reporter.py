"""Makes events on the session's audio clock from boundaries and planner output."""

from collections.abc import Callable

from speech import events
from speech.audio import pcm
from speech.endpointing.boundaries import Begun, Ended
from speech.transcription.output import Closed, LeftOut, Shown
from speech.transcription.turn import numbered
from speech.transcription.types import NO_ENGINE, EngineName


class EventReporter:
    """`start_ms` is the session's time at the first sample. `now` and `heard_at` are in seconds of any clock and serve
    only to measure how long a final took."""

    def __init__(self, emit: Callable[[events.SpeechEvent], None], start_ms: int) -> None:
        self._emit = emit
        self._start_ms = start_ms
        self._engine: EngineName = NO_ENGINE
        self._heard_at: dict[int, float] = {}  # when the last sound of a turn came

    @property
    def engine(self) -> EngineName:
        """The engine whose words these are."""
        return self._engine

    def use(self, engine: EngineName) -> None:
        """Named in every final from now on."""
        self._engine = engine

    def begun(self, begun: Begun) -> None:
        """A turn began."""
        self._emit(events.SpeechStarted(begun.turn, self._ms(begun.start)))

    def ended(self, ended: Ended, heard_at: float) -> None:
        """The last sound of the turn arrived at `heard_at`."""
        self._heard_at[ended.turn] = heard_at
        self._emit(events.SpeechStopped(ended.turn, self._ms(ended.speech_end)))

    def shown(self, shown: Shown) -> None:
        """Words so far."""
        words = numbered(shown.turn, shown.words, self._start_ms, None)
        self._emit(events.Partial(shown.turn, shown.text, shown.stable, words))

    def closed(self, closed: Closed, now: float) -> None:
        """A turn is whole."""
        words = numbered(closed.turn, closed.words, self._start_ms, self._ms(closed.speech_end))
        timing = closed.last.timing
        total = max(0.0, now - self._heard_at.pop(closed.turn, now))
        policy = max(0.0, total - timing.queue - timing.engine)
        parts = {"total": total, "queue": timing.queue, "engine": timing.engine, "policy": policy}
        latency = {part: round(seconds * 1000) for part, seconds in parts.items()}
        wait_ms = None if closed.answer_ms is None else max(0, closed.answer_ms - latency["total"])
        engine, failed = self._engine.as_dict(), closed.last.failed
        self._emit(events.Final(closed.turn, closed.text, words, engine, latency, failed, wait_ms))

    def left_out(self, left_out: LeftOut) -> None:
        """Something that was recognized is not shown."""
        self._emit(events.Dropped(left_out.turn, left_out.drop.text, left_out.drop.rule))

    def _ms(self, sample: int) -> int:
        return self._start_ms + pcm.ms(sample)
