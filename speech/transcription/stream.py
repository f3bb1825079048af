"""What one speaker's stream decides: when a turn begins and ends, what to recognise next, and what to say about it.

No I/O, no sound and no clock: marks, answers and the time come in, events and wishes go out. `wish()` says what should
be recognised next; whoever has a free worker asks for it at that moment, so that a pass always hears everything up to
now and a slow worker makes partials rarer, not later. One pass is under way at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from speech import events, pcm
from speech.patience import Patience
from speech.segmenter import Opened, Paused, Resumed, Segmenter, Silent
from speech.transcription import words as text
from speech.transcription.agreement import Agreement, Rules
from speech.transcription.types import EngineName, HeardWord, Hypothesis, Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """Milliseconds, and seconds where the name says so.

    A partial needs `first_ms` of speech and then `step_ms` of new audio (`calm_step_ms` while nothing changes). Beyond
    `trim_s` promised words older than `keep_s` leave the window, at a pause of `pause_ms` all of them do beyond
    `break_s`; at `most_s` the window is cut wherever it is.
    """

    first_ms: int = 350
    step_ms: int = 300
    calm_step_ms: int = 500
    margin_ms: int = 200
    break_s: float = 8.0
    trim_s: float = 12.0
    keep_s: float = 5.0
    most_s: float = 28.0
    settled_silence_ms: int = 1200
    final_beam: int = 5
    forced_but: int = 2
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Wish:
    """Recognise the samples from `start` to before `end`. `key` comes back with the answer."""

    key: int
    kind: Kind
    turn: int
    start: int
    end: int
    beam: int
    prompt: str
    prefix: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that a pass waited for a worker, and that the engine took."""

    queue: float = 0.0
    engine: float = 0.0


@dataclass(slots=True)
class _Window:
    """A stretch of a turn that is recognised as one: from `start` on."""

    start: int
    agreement: Agreement
    heard_to: int = 0


@dataclass(slots=True)
class _Answer:
    hypothesis: Hypothesis
    timing: Timing


@dataclass(slots=True)
class _Turn:
    number: int
    start: int
    window: _Window
    done: list[HeardWord] = field(default_factory=list)  # words of earlier windows, in seconds of the session
    speech_end: int = 0
    heard_at: float = 0.0  # when the last sound of speech came in
    paused: bool = False
    early: _Answer | None = None  # a last pass that was begun in a pause, before the turn was over
    early_end: int = 0
    ended: bool = False
    end: int = 0  # no sound after this belongs to it
    silent: bool = False
    last_text: str = ""
    calm: bool = False


class Stream:
    """One speaker. `emit` receives events at once; it must not call back."""

    def __init__(
        self,
        emit: Callable[[events.SpeechEvent], None],
        *,
        policy: Policy | None = None,
        patience: Patience | None = None,
        language: str = "en",
        first_turn: int = 1,
        start: int = 0,
        start_ms: int = 0,
    ) -> None:
        self.policy = policy or Policy()
        self.patience = patience or Patience()
        self.segmenter = Segmenter(start=start)
        self.reading = False
        self.step_factor = 1.0  # the ladder of degradation: 2.0 makes partials half as frequent
        self.partials = True
        self.engine = EngineName("none", "none", "0")
        self._emit = emit
        self._join = text.joiner(language)
        self._offset_ms = start_ms - pcm.ms(start)
        self._turn_number = first_turn - 1
        self._turn: _Turn | None = None
        self._ending: list[_Turn] = []
        self._received = start
        self._key = 0
        self._under_way: tuple[Wish, _Turn] | None = None
        self._last_end: int | None = None
        self._tutor = False

    # ---- what comes in

    @property
    def needed_from(self) -> int:
        """Samples before this one will not be asked for again."""
        turns = [*self._ending, *([self._turn] if self._turn else [])]
        starts = [turn.window.start for turn in turns]
        return min([self.segmenter.position - pcm.RATE, *starts])

    @property
    def turn(self) -> int | None:
        """The number of the turn that is being said, None in silence."""
        return self._turn.number if self._turn else None

    @property
    def speaking(self) -> bool:
        return self._turn is not None

    @property
    def idle(self) -> bool:
        """Nothing is being said and nothing is owed."""
        return self._turn is None and not self._ending

    def received(self, samples: int) -> None:
        """So many more samples can be asked for."""
        self._received += samples

    def tutor_heard(self, playing: bool) -> None:
        """Silences while the tutor speaks teach nothing about the learner's patience."""
        self._tutor = self._tutor or playing
        if not playing:
            self._last_end = None
            self._tutor = False

    def frame(self, probability: float, now: float) -> None:
        """One more frame of 32 ms and its probability of speech."""
        mark = self.segmenter.push(probability)
        turn = self._turn
        if isinstance(mark, Opened):
            self._open(mark.start, mark.sound, now)
            return
        if turn is None:
            return
        if isinstance(mark, Paused):
            turn.paused, turn.speech_end, turn.early = True, mark.end, None
        elif isinstance(mark, Resumed):
            self._resume(turn, mark)
        elif isinstance(mark, Silent):
            self._silence(turn, mark, now)
        if turn.ended:
            return
        if self.segmenter.speech_end == self.segmenter.position:
            turn.speech_end, turn.heard_at = self.segmenter.position, now
        if self.segmenter.position - turn.window.start > self.policy.most_s * pcm.RATE:
            self._break_window(turn, self.segmenter.position)

    def commit(self, now: float) -> None:
        """Finish what is being said, without waiting for silence."""
        if self._turn is not None:
            self._turn.speech_end = max(self._turn.speech_end, self.segmenter.speech_end)
            self._end(self._turn, self._received, now)

    def reference_settled(self) -> None:
        """Every reference word has its score: from now on a longer silence ends the reading."""
        if self._turn is not None:
            self._turn.silent = True

    # ---- marks

    def _open(self, start: int, sound: int, now: float) -> None:
        if self._last_end is not None and not self._tutor:
            self.patience.resumed(pcm.ms(sound - self._last_end))
        self._turn_number += 1
        position = self.segmenter.position
        window = _Window(start, Agreement(self.policy.rules))
        self._turn = _Turn(self._turn_number, start, window, speech_end=position, heard_at=now)
        self._emit(events.SpeechStarted(self._turn_number, self._ms(start)))

    def _resume(self, turn: _Turn, mark: Resumed) -> None:
        turn.paused = False
        if not self._tutor and not self.reading:
            self.patience.paused(mark.silence_ms)
        early, turn.early = turn.early, None
        if early:
            self._offer(turn, early.hypothesis, turn.early_end)

    def _silence(self, turn: _Turn, mark: Silent, now: float) -> None:
        long_window = mark.end - turn.window.start > self.policy.break_s * pcm.RATE
        if long_window and turn.early and mark.silence_ms >= 300:
            self._settle_window(turn, turn.early.hypothesis, mark.end + pcm.samples(self.policy.margin_ms))
        if self.reading:
            if turn.silent and mark.silence_ms >= self.policy.settled_silence_ms:
                self._end(turn, mark.end, now)
        elif mark.silence_ms >= self.patience.ms:
            self._end(turn, mark.end, now)

    # ---- windows

    def _settle_window(self, turn: _Turn, hypothesis: Hypothesis, at: int) -> None:
        """A pause in a long turn: what was heard up to it is promised, and a new window begins behind it."""
        self._drops(turn, hypothesis)
        words = turn.window.agreement.close(hypothesis.words)
        turn.done += self._placed(self._unrepeated(turn, words), turn.window.start)
        turn.window = _Window(at, Agreement(self.policy.rules))
        turn.early = None
        self._say(turn)

    def _break_window(self, turn: _Turn, at: int) -> None:
        """Nobody paused and nothing was promised for too long: give up the oldest part of the window."""
        agreement = turn.window.agreement
        words = agreement.promised + agreement.shown
        cut = at - pcm.samples(self.policy.keep_s * 1000)
        limit = (cut - turn.window.start) / pcm.RATE
        kept = [word for word in words if word.end <= limit]
        turn.done += self._placed(self._unrepeated(turn, kept), turn.window.start)
        begin = turn.window.start + pcm.samples(kept[-1].end * 1000) if kept else cut
        turn.window = _Window(begin, Agreement(self.policy.rules))
        self._say(turn)

    def _trim(self, turn: _Turn) -> None:
        """Promised words that lie far enough back leave a long window, and their sound with them."""
        window = turn.window
        length = (window.heard_to - window.start) / pcm.RATE
        if length <= self.policy.trim_s:
            return
        promised = window.agreement.promised
        limit = length - self.policy.keep_s
        count = sum(1 for word in promised[:-1] if word.end < limit)
        if not count:
            return
        turn.done += self._placed(self._unrepeated(turn, promised[:count]), window.start)
        by = pcm.samples(promised[count - 1].end * 1000)
        window.agreement.forget(count, by / pcm.RATE)
        window.start += by

    # ---- what goes out

    def pending(self) -> Kind | None:
        """How urgent the next wish is, None when there is none."""
        if self._under_way is not None:
            return None
        if self._ending:
            return "final"
        turn = self._turn
        if turn is None:
            return None
        if turn.paused:
            return "stable" if self._early_wanted(turn) else None
        return "partial" if self._partial_wanted(turn) else None

    def wish(self) -> Wish | None:
        """What to recognise next, if anything; it then is under way until `answered` or `withdrawn`."""
        kind = self.pending()
        if kind == "final":
            ending = self._ending[0]
            return self._begin(ending, kind, ending.end, self.policy.final_beam)
        if kind is None or self._turn is None:
            return None
        if kind == "stable":
            return self._begin(self._turn, kind, self._early_end(self._turn), self.policy.final_beam)
        return self._begin(self._turn, kind, self._received, 1)

    def _early_end(self, turn: _Turn) -> int:
        return min(self._received, turn.speech_end + pcm.samples(self.policy.margin_ms))

    def _early_wanted(self, turn: _Turn) -> bool:
        if turn.early is not None or not self.segmenter.long_enough:
            return False
        return self._early_end(turn) - turn.window.start > pcm.samples(100)

    def _partial_wanted(self, turn: _Turn) -> bool:
        window, policy = turn.window, self.policy
        lead = pcm.samples(self.segmenter.thresholds.preroll_ms)
        enough = self._received - window.start - lead >= pcm.samples(policy.first_ms)
        step = policy.calm_step_ms if turn.calm else policy.step_ms
        fresh = self._received - max(window.heard_to, window.start) >= pcm.samples(step * self.step_factor)
        return self.partials and enough and fresh

    def _begin(self, turn: _Turn, kind: Kind, end: int, beam: int) -> Wish:
        self._key += 1
        promised = [word.text for word in turn.window.agreement.promised]
        prefix = tuple(promised[: max(0, len(promised) - self.policy.forced_but)])
        prompt = self._join.join(word.text for word in turn.done)[-200:]
        wish = Wish(self._key, kind, turn.number, turn.window.start, end, beam, prompt, prefix)
        self._under_way = (wish, turn)
        return wish

    def wants(self, key: int) -> bool:
        """Is a pass still worth doing? A partial of a turn that has ended is not."""
        if self._under_way is None or self._under_way[0].key != key:
            return False
        wish, turn = self._under_way
        return wish.kind != "partial" or (turn is self._turn and not turn.paused)

    def withdrawn(self, key: int) -> None:
        """The pass was not done, and will not be."""
        if self._under_way and self._under_way[0].key == key:
            self._under_way = None

    def answered(self, key: int, hypothesis: Hypothesis, timing: Timing, now: float) -> None:
        """A pass came back. Answers to withdrawn passes are ignored."""
        if self._under_way is None or self._under_way[0].key != key:
            return
        wish, turn = self._under_way
        self._under_way = None
        if turn.ended:
            if wish.kind != "partial" and wish.end >= turn.speech_end:
                self._finish(turn, hypothesis, timing, now)
            return
        if wish.start != turn.window.start:
            return
        if wish.kind == "stable" and turn.paused and turn.speech_end <= wish.end:
            turn.early, turn.early_end = _Answer(hypothesis, timing), wish.end
        self._offer(turn, hypothesis, wish.end)

    def unanswered(self, key: int, now: float) -> None:
        """No engine could do this pass. A final is then made of what was promised and shown."""
        if self._under_way is None or self._under_way[0].key != key:
            return
        wish, turn = self._under_way
        self._under_way = None
        turn.window.heard_to = max(turn.window.heard_to, wish.end)
        if turn.ended:
            self._finish(turn, self._known(turn), Timing(), now)
        elif wish.kind == "stable":
            turn.early, turn.early_end = _Answer(self._known(turn), Timing()), wish.end

    def give_up(self, now: float) -> None:
        """Say every final that is owed with what is known."""
        self._under_way = None
        for turn in list(self._ending):
            self._finish(turn, self._known(turn), Timing(), now)

    def _known(self, turn: _Turn) -> Hypothesis:
        agreement = turn.window.agreement
        return Hypothesis((*agreement.promised, *agreement.shown))

    def _offer(self, turn: _Turn, hypothesis: Hypothesis, heard_to: int) -> None:
        turn.window.heard_to = heard_to
        words = self._unrepeated(turn, hypothesis.words)
        turn.window.agreement.offer(words, (heard_to - turn.window.start) / pcm.RATE)
        self._trim(turn)
        self._say(turn)

    # ---- ends

    def _end(self, turn: _Turn, at: int, now: float) -> None:
        """The turn is over. The final is said when its last pass has come back; an early one may be here already."""
        enough = self.segmenter.long_enough
        self.segmenter.close()
        self._turn = None
        turn.ended = True
        self._last_end = turn.speech_end
        turn.end = min(self._received, max(at, turn.speech_end) + pcm.samples(self.policy.margin_ms))
        self._emit(events.SpeechStopped(turn.number, self._ms(turn.speech_end)))
        if not enough:
            self._finish(turn, Hypothesis(), Timing(), now)
        elif turn.early is not None:
            self._finish(turn, turn.early.hypothesis, turn.early.timing, now)
        else:
            self._ending.append(turn)

    def _finish(self, turn: _Turn, hypothesis: Hypothesis, timing: Timing, now: float) -> None:
        if turn in self._ending:
            self._ending.remove(turn)
        self._drops(turn, hypothesis)
        heard = self._unrepeated(turn, hypothesis.words)
        words = turn.done + self._placed(turn.window.agreement.close(heard), turn.window.start)
        shown = self._words(turn, words)
        total = max(0.0, now - turn.heard_at)
        policy = max(0.0, total - timing.queue - timing.engine)
        latency = {"total": total, "queue": timing.queue, "engine": timing.engine, "policy": policy}
        self._emit(
            events.Final(
                turn.number,
                self._join.join(word.text for word in shown),
                shown,
                self.engine.as_dict(),
                {part: round(seconds * 1000) for part, seconds in latency.items()},
            )
        )

    # ---- words

    def _unrepeated(self, turn: _Turn, heard: tuple[HeardWord, ...] | list[HeardWord]) -> list[HeardWord]:
        """Without the words at the window's start that were heard before the window was trimmed."""
        if not turn.done or turn.window.agreement.promised:
            return list(heard)
        before = text.keys(word.text for word in turn.done[-5:])
        return list(heard[text.repeated_start(before, text.keys(word.text for word in heard[:5])) :])

    def _placed(self, words: list[HeardWord], start: int) -> list[HeardWord]:
        at = start / pcm.RATE
        return [HeardWord(w.text, w.start + at, w.end + at, w.confidence) for w in words]

    def _words(self, turn: _Turn, words: list[HeardWord]) -> tuple[events.Word, ...]:
        limit = self._ms(turn.speech_end) if turn.ended else None
        made = []
        for number, word in enumerate(words, 1):
            start, end = (self._ms(pcm.samples(seconds * 1000)) for seconds in (word.start, word.end))
            if limit is not None:
                end = max(start, min(end, limit))
            made.append(events.Word(f"{turn.number}.{number}", word.text, start, end, round(word.confidence, 3)))
        return tuple(made)

    def _say(self, turn: _Turn) -> None:
        agreement = turn.window.agreement
        promised = turn.done + self._placed(agreement.promised, turn.window.start)
        shown = self._words(turn, promised + self._placed(agreement.shown, turn.window.start))
        whole = self._join.join(word.text for word in shown)
        stable = len(self._join.join(word.text for word in promised))
        said = f"{stable}:{whole}"
        turn.calm = said == turn.last_text
        if turn.calm or not whole:
            return
        turn.last_text = said
        self._emit(events.Partial(turn.number, whole, stable, shown))

    def _drops(self, turn: _Turn, hypothesis: Hypothesis) -> None:
        for drop in hypothesis.drops:
            self._emit(events.Dropped(turn.number, drop.text, drop.rule))

    def _ms(self, sample: int) -> int:
        return self._offset_ms + pcm.ms(sample)
