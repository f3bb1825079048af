"""What one speaker's stream decides: when a turn begins and ends, what to recognise next, and what to say about it.

No I/O, no sound and no clock: marks, answers and the time come in, events and wishes go out. `wish()` is asked when a
worker is free, so that a pass hears everything up to now, one at a time; a slow worker makes partials rarer, not later.
"""

from collections.abc import Callable, Sequence

from speech import events
from speech.audio import pcm
from speech.endpointing.patience import Patience
from speech.endpointing.segmenter import Opened, Paused, Resumed, Silent
from speech.endpointing.vad import FRAME
from speech.transcription.leaning import Leaning
from speech.transcription.pace import LEAST, Pace
from speech.transcription.policy import Part, Policy, Wish
from speech.transcription.reporter import EventReporter
from speech.transcription.turn import GRID, EarlyPass, Timing, Turn
from speech.transcription.types import HeardWord, Hypothesis, Kind

_WHOLE: Part | None = None


class Stream(Pace):
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
        super().__init__(policy)
        self.patience = patience or Patience()
        self.reporter = EventReporter(emit, language, start_ms)
        self._turn_number = first_turn - 1
        self._turn: Turn | None = None
        self._ending: list[Turn] = []
        self._key = 0
        self._under_way: tuple[Wish, Turn] | None = None
        self._last_end: int | None = None
        self._leaning = Leaning(self.policy)
        self._known = 0
        self._tutor = False
        self._all_read = False

    # ---- what comes in

    @property
    def needed_from(self) -> int:
        """Samples before this one will not be asked for again."""
        turns = [*self._ending, *([self._turn] if self._turn else [])]
        # A turn that leans on this one begins on its own grid, up to a row earlier.
        starts = [turn.window.start - GRID for turn in turns]
        if (leaned_on := self._leaning.needed_from(self.segmenter.position)) is not None:
            starts.append(leaned_on)
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

    def resume(self, known: int, words: Sequence[HeardWord], end: int) -> None:
        """Go on where another stream stopped. The first `known` samples were heard before: they only show who speaks,
        and how; nothing is said of them. `words` are the last turn's, which ended at `end`: see `Leaning.recall`."""
        self._known = known
        self._leaning.recall(words, end)

    def forget_before(self) -> None:
        """The samples that were known do not come: all is new."""
        self._leaning.forget()

    def received(self, samples: int) -> None:
        """So many more samples can be asked for."""
        self._received += samples

    def tutor_heard(self, playing: bool) -> None:
        """Silences while the tutor speaks teach nothing about the speaker's patience."""
        self._tutor = playing
        self._last_end = None

    def frame(self, probability: float, now: float) -> None:
        """One more frame of 32 ms and its probability of speech."""
        if self.segmenter.position + FRAME <= self._known:
            self.segmenter.skip(self._known)
            return
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
        if self._behind(turn):
            self._cut(turn)

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
        self.reporter.emit(events.SpeechStarted(self._turn_number, self._ms(mark.start)))

    def _lean(self) -> None:
        """Unless something was heard of the turn already.

        It costs a third of a pass more, so not while there are more speakers than workers.
        """
        turn = self._turn
        able = self.reporter.engine.name == "faster-whisper" and not self.reading and self.crowd <= 1
        if turn is None or not able or turn.window.heard_to:
            return
        if self._under_way is not None and self._under_way[1] is turn:
            return
        self._leaning.lean(turn)

    def _cut(self, turn: Turn) -> None:
        """Nobody paused and too little was promised. Only what was heard leaves the window: where sound comes faster
        than it can be recognised, the next passes hear it part by part."""
        policy, position = self.policy, self.segmenter.position
        heard_to = turn.window.heard_to
        if position - turn.window.start > policy.backlog_s * pcm.RATE:
            heard_to = position
        elif position - heard_to + policy.keep_s * pcm.RATE > policy.most_s * pcm.RATE:
            return
        turn.cut(heard_to, policy.keep_s)
        self.reporter.partial(turn)

    def _resume(self, turn: Turn, mark: Resumed) -> None:
        turn.paused, turn.early = False, None
        if not self._tutor and not self.reading:
            self.patience.paused(mark.silence_ms)

    def _silence(self, turn: Turn, mark: Silent, now: float) -> None:
        long = mark.end - turn.window.start > self.policy.break_s * pcm.RATE
        if mark.silence_ms >= self.policy.break_ms:
            turn.pause(mark.end)
        if long and turn.early is not None and mark.silence_ms >= self.policy.break_ms:
            if mark.end - turn.start > self._most_turn:
                self._end(turn, mark.end, now)
                return
            self.reporter.drops(turn, turn.early.hypothesis)
            turn.settle(turn.early.hypothesis, mark.end + self._margin)
            self.reporter.partial(turn)
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
        if self._behind(turn):
            return "stable"
        if turn.paused:
            return "stable" if self._early_wanted(turn) else None
        return "partial" if self._partial_wanted(turn) else None

    def wish(self) -> Wish | None:
        """What to recognise next, if anything; it then is under way until `answered`, `withdrawn` or `unanswered`."""
        kind = self.pending()
        turn = self._owed if kind == "final" else self._turn
        if kind is None or turn is None:
            return None
        end, part = {"final": turn.end, "stable": self._early_end(turn)}.get(kind, self._received), _WHOLE
        if self._behind(turn):
            end, at_pause = turn.reach(pcm.samples(self.policy.most_s * 1000))
            end, part = min(self._received, end + self._margin * at_pause), "pause" if at_pause else "cut"
        self._key += 1
        wish = Wish(
            self._key,
            kind,
            turn.number,
            turn.start,
            turn.window.start,
            end,
            1 if kind == "partial" else self.policy.final_beam,
            self.reporter.joined(turn.done)[-200:],
            turn.given(),
            turn.window.lead,
            part,
            turn.speech_end if kind != "partial" and end >= turn.speech_end else 0,
        )
        self._under_way = (wish, turn)
        return wish

    @property
    def _owed(self) -> Turn | None:
        """The oldest turn that is over and whose last pass was not done."""
        return next((turn for turn in self._ending if turn.last is None), None)

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
        if wish.part is not None and same_window:
            self.reporter.drops(turn, hypothesis)
            turn.heard_part(hypothesis, wish.end, wish.part == "pause", self.policy.unsure_s)
            self.reporter.partial(turn)
            return
        if last and same_window and turn.listen_behind(hypothesis):
            self.reporter.drops(turn, hypothesis)
            return  # to what it left out
        if turn.ended and last:
            self._last(turn, EarlyPass(hypothesis, timing, wish.end), now)
        elif same_window and turn.ended:
            turn.offer(hypothesis, wish.end)  # the last pass may stop early: what this one heard shows that
        elif same_window:
            if last and turn.paused:
                turn.early = EarlyPass(hypothesis, timing, wish.end)
            turn.offer(hypothesis, wish.end)
            turn.cost_ms = timing.engine * 1000
            if turn.early is None:  # an early last pass belongs to the window as it is
                turn.stand_alone(self.policy.context_words)
                turn.trim(self.policy.trim_s, self.policy.keep_s)
            self.reporter.partial(turn)
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
            self._last(turn, EarlyPass(turn.known(), Timing(), wish.end, failed=True), now)
        elif wish.part is not None:
            turn.cut(wish.end, self.policy.unsure_s)
        elif wish.kind == "stable":
            turn.early = EarlyPass(turn.known(), Timing(), wish.end, failed=True)

    def give_up(self, now: float) -> None:
        """Say every final that is owed with what is known."""
        self._under_way = None
        while (turn := self._owed) is not None:
            self._last(turn, EarlyPass(turn.known(), Timing(), turn.end, failed=True), now)

    def _is_under_way(self, key: int) -> bool:
        return self._under_way is not None and self._under_way[0].key == key

    # ---- ends

    def _go_on(self, turn: Turn, now: float) -> None:
        """A turn that has become too long is said to be over, and goes on as the next one."""
        following = self._turn = turn.go_on()
        self._turn_number = following.number
        turn.ended = True
        self._ending.append(turn)
        self.reporter.emit(events.SpeechStopped(turn.number, self._ms(turn.speech_end)))
        self._last(turn, EarlyPass(Hypothesis(), Timing(), turn.end), now)
        self.reporter.emit(events.SpeechStarted(following.number, self._ms(following.start)))

    def _end(self, turn: Turn, at: int, now: float) -> None:
        """The turn is over. The final is said when its last pass has come back; an early one may be here already."""
        enough = self.segmenter.long_enough
        self.segmenter.close()
        self._turn = None
        turn.ended = True
        self._last_end = turn.speech_end
        turn.end = min(self._received, max(at, turn.speech_end) + self._margin)
        self.reporter.emit(events.SpeechStopped(turn.number, self._ms(turn.speech_end)))
        self._ending.append(turn)
        if not enough and not turn.done:
            self._last(turn, EarlyPass(Hypothesis(), Timing(), turn.end), now)
        elif turn.early is not None:
            self._last(turn, turn.early, now)
        elif turn.end - max(turn.start, turn.window.start) < LEAST:
            self._last(turn, EarlyPass(turn.known(), Timing(), turn.end), now)

    def _last(self, turn: Turn, last: EarlyPass, now: float) -> None:
        """It is known what a turn ends with. Finals come in the order of the turns."""
        turn.last = last
        while self._ending and (known := self._ending[0].last) is not None:
            over = self._ending.pop(0)
            self.reporter.final(over, known, self._ms(over.speech_end), now)
            self._leaning.remember(over, known.hypothesis)
        self._lean()

    def _ms(self, sample: int) -> int:
        return self.reporter.start_ms + pcm.ms(sample)
