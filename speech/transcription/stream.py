"""What one speaker's stream decides: when a turn begins and ends, what to recognise next, and what to say about it.

No I/O, no sound and no clock: marks, answers and the time come in, events and wishes go out. `wish()` is asked when a
worker is free, so that a pass hears everything up to now, one at a time; a slow worker makes partials rarer, not later.
"""

from collections.abc import Callable

from speech import events
from speech.audio import pcm
from speech.endpointing.patience import Patience
from speech.endpointing.segmenter import Opened, Paused, Resumed, Segmenter, Silent
from speech.transcription.policy import Policy, Wish
from speech.transcription.teller import Teller
from speech.transcription.turn import GRID, Context, Early, Timing, Turn
from speech.transcription.types import Hypothesis, Kind

_LEAST = pcm.samples(100)
_OPENING = pcm.samples(500)  # when a turn opens, its pre-roll and its first frames have passed


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
        start_ms: int = 0,
    ) -> None:
        self.policy = policy or Policy()
        self.patience = patience or Patience()
        self.segmenter = Segmenter()
        self.reading = False
        self.step_factor = 1.0  # the ladder of degradation: 2.0 makes partials half as frequent
        self.partials = True
        self.crowd = 1.0  # speakers for each worker
        self.teller = Teller(emit, language, start_ms)
        self._turn_number = first_turn - 1
        self._turn: Turn | None = None
        self._ending: list[Turn] = []
        self._received = 0
        self._key = 0
        self._under_way: tuple[Wish, Turn] | None = None
        self._last_end: int | None = None
        self._context: Context | None = None
        self._tutor = False
        self._all_read = False

    # ---- what comes in

    @property
    def needed_from(self) -> int:
        """Samples before this one will not be asked for again."""
        turns = [*self._ending, *([self._turn] if self._turn else [])]
        # A turn that leans on this one begins on its own grid, up to a row earlier.
        starts = [turn.window.start - GRID for turn in turns]
        if self._context is not None and self.segmenter.position - self._context.end <= self._context_gap + _OPENING:
            starts.append(self._context.start - GRID)
        return min([self.segmenter.position - pcm.RATE, *starts])

    @property
    def turn_start(self) -> int | None:
        """Where the oldest turn begins whose final is not out; None when there is none."""
        turns = [*self._ending, *([self._turn] if self._turn else [])]
        return turns[0].start if turns else None

    @property
    def idle(self) -> bool:
        """Nothing is being said and nothing is owed."""
        return self._turn is None and not self._ending

    def received(self, samples: int) -> None:
        """So many more samples can be asked for."""
        self._received += samples

    def tutor_heard(self, playing: bool) -> None:
        """Silences while the tutor speaks teach nothing about the speaker's patience."""
        self._tutor = playing
        self._last_end = None

    def frame(self, probability: float, now: float) -> None:
        """One more frame of 32 ms and its probability of speech."""
        mark = self.segmenter.push(probability)
        if isinstance(mark, Opened):
            self._open(mark, now)
        turn = self._turn
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
            turn.cut(self.segmenter.position, self.policy.keep_s)
            self.teller.partial(turn)

    def commit(self, now: float) -> None:
        """Finish what is being said, without waiting for silence."""
        if self._turn is not None:
            self._turn.speech_end = max(self._turn.speech_end, self.segmenter.speech_end)
            self._end(self._turn, self._received, now)

    def reference_settled(self) -> None:
        """Every reference word has its score: from now on a longer silence ends the reading."""
        self._all_read = self._turn is not None

    # ---- marks

    def _open(self, mark: Opened, now: float) -> None:
        if self._last_end is not None and not self._tutor:
            self.patience.resumed(pcm.ms(mark.sound - self._last_end))
        self._turn_number += 1
        self._all_read = False
        self._turn = Turn(self._turn_number, mark.start, self.policy.rules)
        self._turn.speech_end, self._turn.heard_at = self.segmenter.position, now
        self._lean()
        self.teller.emit(events.SpeechStarted(self._turn_number, self._ms(mark.start)))

    @property
    def _context_gap(self) -> int:
        return pcm.samples(self.policy.context_gap_ms)

    def _lean(self) -> None:
        """A turn that follows soon hears the end of the one before, unless something was heard of it already.

        It costs a third of a pass more, so not while there are more speakers than workers.
        """
        turn, context = self._turn, self._context
        able = self.teller.engine.name == "faster-whisper" and not self.reading and self.crowd <= 1
        if turn is None or context is None or not able or turn.window.heard_to:
            return
        if self._under_way is not None and self._under_way[1] is turn:
            return
        if turn.start - context.end <= self._context_gap:
            turn.lean(context)

    def _resume(self, turn: Turn, mark: Resumed) -> None:
        turn.paused, turn.early = False, None
        if not self._tutor and not self.reading:
            self.patience.paused(mark.silence_ms)

    def _silence(self, turn: Turn, mark: Silent, now: float) -> None:
        long = mark.end - turn.window.start > self.policy.break_s * pcm.RATE
        if long and turn.early is not None and mark.silence_ms >= self.policy.break_ms:
            if mark.end - turn.start > self._most_turn:
                self._end(turn, mark.end, now)
                return
            self.teller.drops(turn, turn.early.hypothesis)
            turn.settle(turn.early.hypothesis, mark.end + self._margin)
            self.teller.partial(turn)
        if self.reading:
            if self._all_read and mark.silence_ms >= self.policy.settled_silence_ms:
                self._end(turn, mark.end, now)
        elif mark.silence_ms >= self.patience.ms:
            turn.answer_ms = self.patience.answer_ms
            self._end(turn, mark.end, now)

    # ---- wishes

    def pending(self) -> Kind | None:
        """How urgent the next wish is, None when there is none."""
        if self._under_way is not None:
            return None
        if self._owed is not None:
            return "final"
        turn = self._turn
        if turn is None:
            return None
        if turn.paused:
            return "stable" if self._early_wanted(turn) else None
        return "partial" if self._partial_wanted(turn) else None

    def wish(self) -> Wish | None:
        """What to recognise next, if anything; it then is under way until `answered`, `withdrawn` or `unanswered`."""
        kind = self.pending()
        turn = self._owed if kind == "final" else self._turn
        if kind is None or turn is None:
            return None
        ends = {"final": turn.end, "stable": self._early_end(turn)}
        self._key += 1
        wish = Wish(
            self._key,
            kind,
            turn.number,
            turn.start,
            turn.window.start,
            ends.get(kind, self._received),
            1 if kind == "partial" else self.policy.final_beam,
            self.teller.joined(turn.done)[-200:],
            turn.given(),
            turn.window.lead,
        )
        self._under_way = (wish, turn)
        return wish

    @property
    def _owed(self) -> Turn | None:
        """The oldest turn that is over and whose last pass was not done."""
        return next((turn for turn in self._ending if turn.last is None), None)

    @property
    def _margin(self) -> int:
        return pcm.samples(self.policy.reading_margin_ms if self.reading else self.policy.margin_ms)

    def _early_end(self, turn: Turn) -> int:
        return min(self._received, turn.speech_end + self._margin)

    def _early_wanted(self, turn: Turn) -> bool:
        if turn.early is not None or not self.segmenter.long_enough:
            return False
        if self.reading and self._received < turn.speech_end + self._margin:
            return False
        return self._early_end(turn) - max(turn.start, turn.window.start) > _LEAST

    def _partial_wanted(self, turn: Turn) -> bool:
        window, policy = turn.window, self.policy
        lead = pcm.samples(self.segmenter.thresholds.preroll_ms)
        start = max(turn.start, window.start)
        enough = self._received - start - lead >= pcm.samples(policy.first_ms)
        step: float = policy.calm_step_ms if turn.calm else policy.step_ms
        if turn.last_said:  # the first words are in a hurry
            step = max(step, turn.cost_ms / self._share)
        fresh = self._received - max(window.heard_to, start) >= pcm.samples(step * self.step_factor)
        unheard = turn.speech_end > window.heard_to  # silence since the last pass says nothing new
        if self.crowd > 1 and self.segmenter.position - turn.speech_end >= pcm.samples(policy.breath_ms):
            return False  # perhaps a pause: the last pass should not wait for this one
        return self.partials and self.segmenter.long_enough and enough and fresh and unheard

    @property
    def _share(self) -> float:
        """Of a worker's time, for this speaker's partials. In a crowd finals must find it free more often."""
        return self.policy.share if self.crowd <= 1 else self.policy.crowd_share / self.crowd

    # ---- answers

    def withdrawn(self, key: int) -> None:
        """The pass was not done; it may be wished for again."""
        if self._is_under_way(key):
            self._under_way = None

    def answered(self, key: int, hypothesis: Hypothesis, timing: Timing, now: float) -> None:
        """A pass came back. Answers to withdrawn passes are ignored."""
        if self._under_way is None or not self._is_under_way(key):
            return
        wish, turn = self._under_way
        self._under_way = None
        last, same_window = wish.kind != "partial" and wish.end >= turn.speech_end, wish.start == turn.window.start
        if last and same_window and turn.listen_behind(hypothesis):
            self.teller.drops(turn, hypothesis)
            return  # to what it left out
        if turn.ended and last:
            self._last(turn, Early(hypothesis, timing, wish.end), now)
        elif same_window and not turn.ended:
            if last and turn.paused:
                turn.early = Early(hypothesis, timing, wish.end)
            turn.offer(hypothesis, wish.end)
            turn.cost_ms = timing.engine * 1000
            if turn.early is None:  # an early last pass belongs to the window as it is
                turn.stand_alone(self.policy.context_words)
                turn.trim(self.policy.trim_s, self.policy.keep_s)
            self.teller.partial(turn)
            if turn.early is None and turn.window.own and turn.window.heard_to - turn.start > self._most_turn * 1.5:
                self._go_on(turn, now)

    def unanswered(self, key: int, now: float) -> None:
        """No engine could do this pass: what was promised and shown has to do."""
        if self._under_way is None or not self._is_under_way(key):
            return
        wish, turn = self._under_way
        self._under_way = None
        turn.window.heard_to = max(turn.window.heard_to, wish.end)
        if turn.ended:
            self._last(turn, Early(turn.known(), Timing(), wish.end, failed=True), now)
        elif wish.kind == "stable":
            turn.early = Early(turn.known(), Timing(), wish.end, failed=True)

    def give_up(self, now: float) -> None:
        """Say every final that is owed with what is known."""
        self._under_way = None
        while (turn := self._owed) is not None:
            self._last(turn, Early(turn.known(), Timing(), turn.end, failed=True), now)

    def _is_under_way(self, key: int) -> bool:
        return self._under_way is not None and self._under_way[0].key == key

    # ---- ends

    @property
    def _most_turn(self) -> float:
        return float("inf") if self.reading else self.policy.turn_s * pcm.RATE

    def _go_on(self, turn: Turn, now: float) -> None:
        """A turn that has become too long is said to be over, and goes on as the next one."""
        following = self._turn = turn.go_on()
        self._turn_number = following.number
        turn.ended = True
        self._ending.append(turn)
        self.teller.emit(events.SpeechStopped(turn.number, self._ms(turn.speech_end)))
        self._last(turn, Early(Hypothesis(), Timing(), turn.end), now)
        self.teller.emit(events.SpeechStarted(following.number, self._ms(following.start)))

    def _end(self, turn: Turn, at: int, now: float) -> None:
        """The turn is over. The final is said when its last pass has come back; an early one may be here already."""
        enough = self.segmenter.long_enough
        self.segmenter.close()
        self._turn = None
        turn.ended = True
        self._last_end = turn.speech_end
        turn.end = min(self._received, max(at, turn.speech_end) + self._margin)
        self.teller.emit(events.SpeechStopped(turn.number, self._ms(turn.speech_end)))
        self._ending.append(turn)
        if not enough and not turn.done:
            self._last(turn, Early(Hypothesis(), Timing(), turn.end), now)
        elif turn.early is not None:
            self._last(turn, turn.early, now)
        elif turn.end - max(turn.start, turn.window.start) < _LEAST:
            self._last(turn, Early(turn.known(), Timing(), turn.end), now)

    def _last(self, turn: Turn, last: Early, now: float) -> None:
        """It is known what a turn ends with. Finals come in the order of the turns."""
        turn.last = last
        while self._ending and (known := self._ending[0].last) is not None:
            over = self._ending.pop(0)
            self.teller.final(over, known, self._ms(over.speech_end), now)
            self._context = over.context(known.hypothesis, self.policy.context_s)
        self._lean()

    def _ms(self, sample: int) -> int:
        return self.teller.start_ms + pcm.ms(sample)
