"""When a stream recognises what: the figures, and a wish that follows from them."""

from dataclasses import dataclass, field
from typing import Literal

from speech.audio import pcm
from speech.transcription.agreement import Rules
from speech.transcription.types import Kind

Part = Literal["pause", "cut"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Milliseconds, and seconds where the name says so.

    A partial needs `first_ms` of sound and then `step_ms` of new sound (`calm_step_ms` while nothing changes); more,
    once words are shown, when passes take so long that the engine would be busy for more than `share` of the time.
    Where speakers outnumber workers they share `crowd_share`, and no partial begins in a silence of `breath_ms`: it may
    be a pause, and a last pass should find the worker free. A last pass hears `margin_ms` beyond the last sound;
    in a reading more, for the last word's score to settle. At a pause beyond `break_s` a new window begins; without
    one, promised words older than `keep_s` leave a window of `trim_s`, and at `most_s` it is cut wherever it is. Sound
    that came faster than it was heard (a client that was away sends it at once) is heard in parts of `most_s`, cut at a
    pause or `unsure_s` before their end; over `backlog_s` the oldest is given up. A turn of `turn_s` goes on as the
    next turn at its next pause, half as long again later at a promised word: so what a client holds and what a partial
    costs stay bounded. A reading is never split.

    A turn that begins within `context_gap_ms` of the last one hears that one's last `context_s` again, until it has
    `context_words` promised words of its own.
    """

    first_ms: int = 400
    step_ms: int = 150
    calm_step_ms: int = 400
    share: float = 0.6
    crowd_share: float = 0.4
    breath_ms: int = 64
    margin_ms: int = 200
    reading_margin_ms: int = 500
    break_ms: int = 300
    break_s: float = 8.0
    trim_s: float = 12.0
    keep_s: float = 5.0
    most_s: float = 28.0
    unsure_s: float = 2.0
    backlog_s: float = 600.0
    turn_s: float = 60.0
    settled_silence_ms: int = 1200
    final_beam: int = 5
    context_gap_ms: int = 900
    context_s: float = 3.0
    context_words: int = 4
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Wish:
    """Recognise the samples from `start` to before `end` behind the words `given`; `key` comes back with the answer."""

    key: int
    kind: Kind
    turn: int
    turn_start: int
    start: int
    end: int
    beam: int
    prompt: str
    given: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()  # what the pass before heard behind them
    lead: int = 0  # so many of the words given were said in the turn before
    part: Part | None = None  # of a window too long for one pass: how it ends
    spoken_to: int = 0  # the end of speech, in a pass that hears all of it

    @property
    def lead_s(self) -> float:
        """Seconds before the turn that are heard again."""
        return max(0, self.turn_start - self.start) / pcm.RATE if self.lead else 0.0

    @property
    def spoken_s(self) -> float:
        """Seconds up to the last voice."""
        return max(0, self.spoken_to - self.start) / pcm.RATE
