"""One turn: the words it has so far and the window in which it is still open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, takewhile

from speech import events
from speech.audio import pcm
from speech.transcription import words as text
from speech.transcription.agreement import Agreement, Rules
from speech.transcription.types import HeardWord, Hypothesis

_CUT_WORD_S = 0.3  # a word that was cut by the window's start is over by then; a longer one was said twice
_LEAD_IN_S = 0.3
_ANCHOR_WORDS = 2  # all but the last are given to the next turn's passes: with one, nothing ties them to the sound
GRID = 320  # samples in a row of the encoder: windows begin on this grid, so that rows of two windows fit together


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that a pass waited for a worker, and that the engine took."""

    queue: float = 0.0
    engine: float = 0.0


@dataclass(frozen=True, slots=True)
class EarlyPass:
    """A last pass that was begun in a pause, before it was known whether the turn was over. `failed`: it could not be
    done, and the hypothesis is what was known before."""

    hypothesis: Hypothesis
    timing: Timing
    end: int
    failed: bool = False


@dataclass(slots=True)
class Window:
    """The stretch of a turn that is recognised as one, from `start` on; heard by a pass up to `heard_to`.

    `after` are the last words before a window that begins in the middle of speech: it may hear their end once more.
    The first `lead` promised words belong to the turn before, whose end is heard again for what follows to make sense.
    """

    start: int
    agreement: Agreement
    heard_to: int = 0
    after: tuple[str, ...] = ()
    lead: int = 0

    @property
    def own(self) -> list[HeardWord]:
        """Promised words of this turn."""
        return self.agreement.promised[self.lead :]

    def given(self) -> tuple[str, ...]:
        """Words that need not be recognised again; the last promised word is heard once more."""
        return tuple(word.text for word in self.agreement.promised[:-1])

    def draft(self) -> tuple[str, ...]:
        """What the pass before heard behind the words given."""
        return tuple(word.text for word in [*self.agreement.promised[-1:], *self.agreement.tentative])

    def known(self) -> Hypothesis:
        """What the window's passes have heard, if there is no last pass."""
        return Hypothesis((*self.agreement.promised, *self.agreement.shown))


class Breaks:
    """Pauses of a turn in which a window may end."""

    def __init__(self) -> None:
        self._ends: list[int] = []  # of speech

    def add(self, at: int) -> None:
        """Speech paused at `at`, for long enough to end a window there."""
        if self._ends[-1:] != [at]:
            self._ends.append(at)

    def reach(self, start: int, most: int) -> tuple[int, bool]:
        """How far a pass hears that begins at `start` and takes at most `most` samples: to the last pause in reach, and
        whether there is one."""
        limit = start + most
        self._ends = [at for at in self._ends if at > start + pcm.RATE]
        before = [at for at in self._ends if at <= limit]
        return (before[-1], True) if before else (limit, False)


@dataclass(frozen=True, slots=True)
class Context:
    """The end of a turn that is over: words in seconds from the sample `start`; nothing was said after `end`."""

    start: int
    end: int
    words: tuple[HeardWord, ...]


@dataclass(slots=True)
class Turn:
    """`done` are words of earlier windows, in seconds of the session; positions are samples of the session."""

    number: int
    start: int
    rules: Rules
    window: Window = field(init=False)
    done: list[HeardWord] = field(default_factory=list)
    speech_end: int = 0
    paused: bool = False
    early: EarlyPass | None = None
    last: EarlyPass | None = None  # what the turn ends with, once that is known
    ended: bool = False
    end: int = 0
    answer_ms: int | None = None  # after so much silence its speaker expects an answer
    breaks: Breaks = field(default_factory=Breaks)
    last_said: str = ""
    calm: bool = False
    cost_ms: float = 0.0  # of the last partial pass

    def __post_init__(self) -> None:
        self.window = Window(self.start, Agreement(self.rules))

    # ---- words

    def promised(self) -> list[HeardWord]:
        """Words that will stay."""
        return self.done + placed(self.window.own, self.window.start)

    def shown(self) -> list[HeardWord]:
        """Promised and unpromised words, as they may stand on the screen."""
        return self.promised() + placed(self.window.agreement.shown, self.window.start)

    def promised_texts(self) -> list[str]:
        """The promised words as far as their letters are promised: the last one's punctuation is still open."""
        texts = [word.text for word in self.promised()]
        if self.window.own:
            texts[-1] = text.stem(texts[-1])
        return texts

    def offer(self, hypothesis: Hypothesis, heard_to: int) -> None:
        """A hypothesis of the sound up to a sample."""
        self.window.heard_to = heard_to
        heard_s = (heard_to - self.window.start) / pcm.RATE
        self.window.agreement.offer(self._unrepeated(hypothesis.words), heard_s)

    def closed(self, hypothesis: Hypothesis) -> list[HeardWord]:
        """All words of the turn, when this is the last that is heard of its window."""
        words = self.window.agreement.close(self._unrepeated(hypothesis.words))
        return self.done + placed(words[self.window.lead :], self.window.start)

    def _unrepeated(self, heard: Sequence[HeardWord]) -> list[HeardWord]:
        """Without words at the window's start that were heard already, before the window was cut."""
        if self.window.agreement.promised:
            return list(heard)
        again = [word.text for word in takewhile(lambda word: word.end <= _CUT_WORD_S, heard[:5])]
        return list(heard[text.repeated_start(self.window.after, text.keys(again)) :])

    @property
    def border(self) -> int:
        """Where the last promised word ends: there the turn may go on as another one."""
        promised = self.window.agreement.promised
        return self._grid(self.window.start + (pcm.samples(promised[-1].end * 1000) if promised else 0))

    def go_on(self) -> "Turn":
        """End this turn with its promised words; the turn that goes on behind the last of them."""
        start = self.border
        self.done = self.promised()
        self.window = Window(start, Agreement(self.rules))
        following = Turn(self.number + 1, start, self.rules)
        following.window.after = _last(self.done)
        following.speech_end, following.paused = self.speech_end, self.paused
        self.speech_end = min(self.speech_end, start)
        return following

    # ---- the turn before

    def context(self, hypothesis: Hypothesis, longest_s: float) -> Context | None:
        """The last words of this turn, which ends with `hypothesis`, and where their sound begins."""
        window = self.window
        words = window.agreement.close(self._unrepeated(hypothesis.words))
        if len(words) == window.lead:
            return None
        return ending(words, window.start, self.speech_end, longest_s)

    def lean(self, context: Context) -> None:
        """Hear the end of the turn before as well: a few words alone are easily misheard."""
        start = self._grid(context.start)
        shift = (context.start - start) / pcm.RATE
        self.window = Window(start, Agreement(self.rules), lead=len(context.words))
        self.window.agreement.promised = [
            replace(word, start=word.start + shift, end=word.end + shift) for word in context.words
        ]

    # ---- windows

    def _grid(self, position: int) -> int:
        return self.start + (position - self.start) // GRID * GRID

    def settle(self, hypothesis: Hypothesis, at: int) -> None:
        """A pause in a long turn: what was heard up to it is promised, and a new window begins behind it."""
        self.done = self.closed(hypothesis)
        self.window = Window(self._grid(at), Agreement(self.rules))
        self.early = None

    def listen_behind(self, hypothesis: Hypothesis) -> bool:
        """Whether a last pass stopped early. What it says is promised then; a new window begins where it stopped."""
        all_heard = self.window.heard_to >= self.speech_end
        missing = self.window.agreement.left_out(self._unrepeated(hypothesis.words), all_heard=all_heard)
        if missing is None:
            return False
        self.settle(hypothesis, self.window.start + pcm.samples(missing.start * 1000))
        self.window.after = _last(self.done)
        return True

    # ---- sound that came faster than it could be recognised

    def heard_part(self, hypothesis: Hypothesis, end: int, at_pause: bool, unsure_s: float) -> None:
        """A pass over the first part of a long window, up to `end`: what it heard is promised, but for the last words
        where it was cut in the middle of speech; the rest is the next window's."""
        if at_pause:
            self.settle(hypothesis, end)
        else:
            known = len(self.window.agreement.promised)
            self.cut(end, unsure_s, self.window.agreement.close(self._unrepeated(hypothesis.words))[known:])

    def trim(self, longest_s: float, keep_s: float) -> None:
        """Promised words that lie far enough back leave a window that has grown too long, and their sound with them."""
        window = self.window
        length = (window.heard_to - window.start) / pcm.RATE
        if length <= longest_s:
            return
        promised = window.agreement.promised
        count = sum(1 for _ in takewhile(lambda word: word.end < length - keep_s, promised[:-1]))
        if not count:
            return
        self._leave(count)

    def stand_alone(self, least: int) -> None:
        """The words of the turn before leave the window when this turn has enough promised words of its own."""
        if self.window.lead and len(self.window.own) >= least:
            self._leave(self.window.lead)

    def _leave(self, count: int) -> None:
        """The first `count` promised words leave the window, and their sound with them."""
        window = self.window
        promised = window.agreement.promised
        self.done += placed(promised[window.lead : count], window.start)
        start = self._grid(window.start + pcm.samples(promised[count - 1].end * 1000))
        if count >= window.lead:
            start = max(start, self.start)
        window.agreement.forget(count, (start - window.start) / pcm.RATE)
        window.start, window.lead = start, max(0, window.lead - count)

    def cut(self, at: int, keep_s: float, tail: Sequence[HeardWord] | None = None) -> None:
        """Nobody paused and too little was promised: give up the oldest part of the window as it was shown, or as the
        `tail` behind the promise says."""
        limit = (at - self.window.start) / pcm.RATE - keep_s
        promised, shown = self.window.agreement.promised, self.window.agreement.shown
        kept = promised + list(takewhile(lambda word: word.end <= limit, shown if tail is None else tail))
        start = pcm.samples((kept[-1].end if kept else limit) * 1000)
        self.done += placed(kept[self.window.lead :], self.window.start)
        self.window = Window(self._grid(self.window.start + start), Agreement(self.rules), after=_last(self.done))


def ending(words: Sequence[HeardWord], start: int, end: int, longest_s: float) -> Context | None:
    """The last of `words`, in seconds from the sample `start`, of a turn whose speech ended at the sample `end`.

    None is left out between them, whatever their times: these come from several passes, and a later word may seem to be
    said before an earlier one.
    """
    limit = (end - start) / pcm.RATE - longest_s
    kept = list(dropwhile(lambda word: word.start < limit, words))
    if len(kept) < _ANCHOR_WORDS:
        return None
    earlier = words[: len(words) - len(kept)]
    before = max(kept[0].start - _LEAD_IN_S, earlier[-1].end if earlier else 0.0)
    moved = tuple(replace(word, start=max(0.0, word.start - before), end=max(0.0, word.end - before)) for word in kept)
    return Context(start + pcm.samples(before * 1000), end, moved)


def _last(words: Sequence[HeardWord]) -> tuple[str, ...]:
    return tuple(text.keys(word.text for word in words[-5:]))


def placed(words: Sequence[HeardWord], start: int) -> list[HeardWord]:
    """Words of a window that begins at the sample `start`, in seconds of the session."""
    at = start / pcm.RATE
    return [HeardWord(word.text, word.start + at, word.end + at, word.confidence) for word in words]


def numbered(turn: int, words: Sequence[HeardWord], start_ms: int, limit_ms: int | None) -> tuple[events.Word, ...]:
    """Words of a turn as they are reported: with ids, in milliseconds, none ending after `limit_ms`."""
    made = []
    for number, word in enumerate(words, 1):
        start, end = start_ms + round(word.start * 1000), start_ms + round(word.end * 1000)
        if limit_ms is not None:
            end = max(start, min(end, limit_ms))
        made.append(events.Word(f"{turn}.{number}", word.text, start, end, round(word.confidence, 3)))
    return tuple(made)
