"""Decides for one speaker when a turn begins and ends, what to recognise next, and which events to emit.

It connects two machines, `TurnBoundaries` and `PassPlanner`. No I/O and no sound: probabilities, answers and the time
come in, events and wishes go out. The listener calls `passes.wish()` when a worker is free, so that a pass hears
everything up to now, one at a time; a slow worker makes partials rarer, not later.
"""

from collections.abc import Callable
from dataclasses import dataclass

from speech import events
from speech.endpointing.boundaries import Begun, Boundary, Ended, TurnBoundaries
from speech.endpointing.patience import Patience
from speech.transcription.output import Closed, LeftOut, Output, Shown, TooLong
from speech.transcription.passes import PassPlanner
from speech.transcription.policy import Policy
from speech.transcription.reporter import EventReporter
from speech.transcription.turn import Timing
from speech.transcription.types import EngineName, HeardWord, Hypothesis


@dataclass(frozen=True, slots=True)
class Before:
    """Where another stream stopped. It has heard the first `known` samples: they only prepare voice activity, and cause
    no events. `words` are the words of its last turn, in seconds, which ended at the sample `end`."""

    known: int = 0
    words: tuple[HeardWord, ...] = ()
    end: int = 0


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """`reading`: the speaker reads a text, and all of it is one turn. `start_ms` is the session's time at the first
    sample."""

    language: str = "en"
    first_turn: int = 1
    start_ms: int = 0
    reading: bool = False
    before: Before | None = None


class Stream:
    """One speaker. `emit` receives events at once; it must not call back."""

    def __init__(
        self,
        emit: Callable[[events.SpeechEvent], None],
        options: StreamOptions | None = None,
        *,
        policy: Policy | None = None,
        patience: Patience | None = None,
    ) -> None:
        chosen = options or StreamOptions()
        before = chosen.before or Before()
        self._reporter = EventReporter(emit, chosen.start_ms)
        self._boundaries = TurnBoundaries(
            patience, first_turn=chosen.first_turn, reading=chosen.reading, known=before.known
        )
        self._passes = PassPlanner(self._said, policy, language=chosen.language, reading=chosen.reading)
        if chosen.before is not None:
            self._passes.recall(before.words, before.end)
        self._now = 0.0
        self._heard_at = 0.0  # when the last sound of speech came

    @property
    def passes(self) -> PassPlanner:
        """What to recognise next, and which sound is still needed."""
        return self._passes

    @property
    def engine(self) -> EngineName:
        """The engine in use."""
        return self._reporter.engine

    @property
    def idle(self) -> bool:
        """No turn is open and no final is pending."""
        return self._passes.turn_start is None

    def use(self, engine: EngineName) -> None:
        """This engine recognises from now on."""
        self._reporter.use(engine)
        self._passes.use(takes_words=engine.name == "faster-whisper")

    # ---- what comes in; `now` is in seconds of any clock and serves only to measure how long a final took

    def frame(self, probability: float, now: float) -> None:
        """One more frame of 32 ms and its probability of speech."""
        boundaries, self._now = self._boundaries, now
        if (boundary := boundaries.frame(probability)) is not None:
            self._take(boundary)
        if (ended := boundaries.over()) is not None:
            self._take(ended)
        if boundaries.turn is not None and boundaries.speech_end == boundaries.position:
            self._heard_at = now
        self._passes.advance(boundaries.position, boundaries.speech_end, long_enough=boundaries.long_enough)

    def commit(self, now: float) -> None:
        """Finish what is being said, without waiting for silence."""
        self._now = now
        if (ended := self._boundaries.commit(self._passes.received)) is not None:
            self._take(ended)

    def tutor_heard(self, playing: bool) -> None:
        """Silences while the tutor speaks teach nothing about the speaker's patience."""
        self._boundaries.tutor_heard(playing)

    def reference_settled(self) -> None:
        """Every reference word has its score: from now on a longer silence ends the reading."""
        self._boundaries.reference_settled()

    def answered(self, key: int, hypothesis: Hypothesis, timing: Timing, now: float) -> None:
        """A pass came back. Answers to withdrawn passes are ignored."""
        self._now = now
        self._passes.answered(key, hypothesis, timing)

    def unanswered(self, key: int, now: float) -> None:
        """No engine could do this pass: what was promised and shown has to do."""
        self._now = now
        self._passes.unanswered(key)

    def give_up(self, now: float) -> None:
        """Report every pending final with what is known."""
        self._now = now
        self._passes.give_up()

    # ---- what goes from one machine to the other

    def _take(self, boundary: Boundary) -> None:
        if isinstance(boundary, Begun):
            self._reporter.begun(boundary)
        elif isinstance(boundary, Ended):
            self._reporter.ended(boundary, self._heard_at)
        self._passes.take(boundary)

    def _said(self, said: Output) -> None:
        match said:
            case Shown():
                self._reporter.shown(said)
            case Closed():
                self._reporter.closed(said, self._now)
            case LeftOut():
                self._reporter.left_out(said)
            case TooLong(_, at, pauses):
                cut = self._boundaries.cut_at_pause if pauses else self._boundaries.cut
                for boundary in cut(at):
                    self._take(boundary)
