"""Plans the recognizer passes of one speaker: when one is due, which sound it needs, which words may be promised.

All times are positions in samples; there is no clock, no sound and no I/O. Boundaries of turns and answers of the
recognizer come in; wishes and words go out. A promise is never taken back. Every turn that began is closed once, in
order. No sound of a turn is skipped, except what a backlog gives up.
"""

from collections.abc import Callable, Sequence

from speech.audio import pcm
from speech.endpointing.boundaries import Begun, Boundary, Ended
from speech.endpointing.segmenter import Paused, Resumed, Silent
from speech.transcription.leaning import Leaning
from speech.transcription.output import Output, Outputs
from speech.transcription.pace import LEAST, Pace
from speech.transcription.policy import Part, Policy, Wish
from speech.transcription.turn import GRID, EarlyPass, Timing, Turn
from speech.transcription.types import HeardWord, Hypothesis, Kind


class PassPlanner:
    """One speaker. `say` gets outputs at once; it may answer a `TooLong` with `take`, and not call back otherwise."""

    def __init__(
        self,
        say: Callable[[Output], None],
        policy: Policy | None = None,
        *,
        language: str = "en",
        reading: bool = False,
    ) -> None:
        self._outputs = Outputs(say, language)
        self._policy = policy or Policy()
        self._reading = reading
        self._pace = Pace(self._policy, reading=reading)
        self._turn: Turn | None = None
        self._ending: list[Turn] = []
        self._key = 0
        self._under_way: tuple[Wish, Turn] | None = None
        self._leaning = Leaning(self._policy)
        self._takes_words = False

    # ---- what is asked

    @property
    def received(self) -> int:
        """The samples that a pass may hear."""
        return self._pace.received

    @property
    def needed_from(self) -> int:
        """No pass will hear samples before this one."""
        # A turn that leans on this one begins on its own grid, up to a row earlier.
        starts = [turn.window.start - GRID for turn in self._turns]
        if (leaned_on := self._leaning.needed_from(self._pace.position)) is not None:
            starts.append(leaned_on)
        return min([self._pace.position - pcm.RATE, *starts])

    @property
    def turn_start(self) -> int | None:
        """Where the oldest turn begins that is not closed; None when there is none."""
        return self._turns[0].start if self._turns else None

    @property
    def _turns(self) -> list[Turn]:
        return [*self._ending, *([self._turn] if self._turn else [])]

    # ---- what happens

    def recall(self, words: Sequence[HeardWord], end: int) -> None:
        """The last turn of the stream before; no words if its sound does not come again. See `Leaning.recall`."""
        self._leaning.recall(words, end)

    def follow(self, *, step_factor: float, partials: bool, crowd: float) -> None:
        """See `Pace.follow`."""
        self._pace.follow(step_factor, partials, crowd)

    def use(self, *, takes_words: bool) -> None:
        """Whether the recognizer writes on behind words that it is given."""
        self._takes_words = takes_words

    def receive(self, samples: int) -> None:
        """A pass may hear so many more samples."""
        self._pace.received += samples

    def advance(self, position: int, speech_end: int, *, long_enough: bool) -> None:
        """One frame further, after its boundaries were taken. The last sound of speech ended at `speech_end`."""
        self._pace.position, self._pace.long_enough = position, long_enough
        if (turn := self._turn) is not None:
            turn.speech_end = speech_end
            if self._pace.behind(turn):
                self._cut(turn)

    def take(self, boundary: Boundary) -> None:
        """The speaker begins, pauses, goes on or ends."""
        turn = self._turn
        if isinstance(boundary, Begun):
            self._begin(boundary)
        elif turn is None:
            return
        elif isinstance(boundary, Paused):
            turn.paused, turn.speech_end, turn.early = True, boundary.end, None
        elif isinstance(boundary, Resumed):
            turn.paused, turn.early = False, None
        elif isinstance(boundary, Silent):
            self._silence(turn, boundary)
        elif boundary.goes_on:
            self._go_on(turn)
        else:
            self._end(turn, boundary)

    def _begin(self, begun: Begun) -> None:
        if self._turn is None:  # else it goes on from the one before, and is known already
            self._turn = Turn(begun.turn, begun.start, self._policy.rules)
            self._turn.speech_end = begun.start
            self._lean()

    def _lean(self) -> None:
        """Unless something was heard of the turn already.

        It costs a third of a pass more, so not while there are more speakers than workers.
        """
        turn = self._turn
        able = self._takes_words and not self._reading and not self._pace.crowded
        if turn is None or not able or turn.window.heard_to:
            return
        if self._under_way is not None and self._under_way[1] is turn:
            return
        self._leaning.lean(turn)

    def _cut(self, turn: Turn) -> None:
        """Nobody paused and too little was promised. Only what was heard leaves the window: where sound comes faster
        than it can be recognised, the next passes hear it part by part."""
        policy, position = self._policy, self._pace.position
        heard_to = turn.window.heard_to
        if position - turn.window.start > policy.backlog_s * pcm.RATE:
            heard_to = position
        elif position - heard_to + policy.keep_s * pcm.RATE > policy.most_s * pcm.RATE:
            return
        turn.cut(heard_to, policy.keep_s)
        self._outputs.show(turn)

    def _silence(self, turn: Turn, mark: Silent) -> None:
        if mark.silence_ms < self._policy.break_ms:
            return
        turn.breaks.add(mark.end)
        if turn.early is None or mark.end - turn.window.start <= self._policy.break_s * pcm.RATE:
            return
        if mark.end - turn.start > self._pace.most_turn:
            self._outputs.too_long(turn, mark.end, pauses=True)
            return
        self._outputs.drops(turn, turn.early.hypothesis)
        turn.settle(turn.early.hypothesis, mark.end + self._pace.margin)
        self._outputs.show(turn)

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
        if self._pace.behind(turn):
            return "stable"
        if turn.paused:
            return "stable" if self._pace.early_wanted(turn) else None
        return "partial" if self._pace.partial_wanted(turn) else None

    def wish(self) -> Wish | None:
        """What to recognise next, if anything; it then is under way until `answered`, `withdrawn` or `unanswered`."""
        kind = self.pending()
        turn = self._owed if kind == "final" else self._turn
        if kind is None or turn is None:
            return None
        pace, received = self._pace, self._pace.received
        part: Part | None = None
        end = {"final": turn.end, "stable": pace.early_end(turn)}.get(kind, received)
        if pace.behind(turn):
            end, at_pause = turn.breaks.reach(turn.window.start, pcm.samples(self._policy.most_s * 1000))
            end, part = min(received, end + pace.margin * at_pause), "pause" if at_pause else "cut"
        self._key += 1
        wish = Wish(
            self._key,
            kind,
            turn.number,
            turn.start,
            turn.window.start,
            end,
            1 if kind == "partial" else self._policy.final_beam,
            self._outputs.joined(turn.done)[-200:],
            turn.window.given(),
            turn.window.draft(),
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
        self._come_back(key)

    def answered(self, key: int, hypothesis: Hypothesis, timing: Timing) -> None:
        """A pass came back. Answers to withdrawn passes are ignored."""
        if (known := self._come_back(key)) is None:
            return
        wish, turn = known
        last, same_window = wish.kind != "partial" and wish.end >= turn.speech_end, wish.start == turn.window.start
        if wish.part is not None and same_window:
            self._outputs.drops(turn, hypothesis)
            turn.heard_part(hypothesis, wish.end, wish.part == "pause", self._policy.unsure_s)
            self._outputs.show(turn)
        elif last and same_window and turn.listen_behind(hypothesis):
            self._outputs.drops(turn, hypothesis)  # and listen to what it left out
        elif turn.ended and last:
            self._last(turn, EarlyPass(hypothesis, timing, wish.end))
        elif same_window and turn.ended:
            turn.offer(hypothesis, wish.end)  # the last pass may stop early: what this one heard shows that
        elif same_window:
            if last and turn.paused:
                turn.early = EarlyPass(hypothesis, timing, wish.end)
            self._heard_more(turn, hypothesis, wish.end, timing)

    def _heard_more(self, turn: Turn, hypothesis: Hypothesis, end: int, timing: Timing) -> None:
        turn.offer(hypothesis, end)
        turn.cost_ms = timing.engine * 1000
        if turn.early is None:  # an early last pass belongs to the window as it is
            turn.stand_alone(self._policy.context_words)
            turn.trim(self._policy.trim_s, self._policy.keep_s)
        self._outputs.show(turn)
        window = turn.window
        if turn.early is None and window.own and window.heard_to - turn.start > self._pace.most_turn * 1.5:
            self._outputs.too_long(turn, turn.border, pauses=False)

    def unanswered(self, key: int) -> None:
        """No engine could do this pass: what was promised and shown has to do."""
        if (known := self._come_back(key)) is None:
            return
        wish, turn = known
        turn.window.heard_to = max(turn.window.heard_to, wish.end)
        if turn.ended:
            self._last(turn, EarlyPass(turn.window.known(), Timing(), wish.end, failed=True))
        elif wish.part is not None:
            turn.cut(wish.end, self._policy.unsure_s)
        elif wish.kind == "stable":
            turn.early = EarlyPass(turn.window.known(), Timing(), wish.end, failed=True)

    def give_up(self) -> None:
        """Close every turn that is over with what is known."""
        self._under_way = None
        while (turn := self._owed) is not None:
            self._last(turn, EarlyPass(turn.window.known(), Timing(), turn.end, failed=True))

    def _come_back(self, key: int) -> tuple[Wish, Turn] | None:
        if self._under_way is None or self._under_way[0].key != key:
            return None
        known, self._under_way = self._under_way, None
        return known

    # ---- ends

    def _go_on(self, turn: Turn) -> None:
        self._turn = turn.go_on()
        turn.ended = True
        self._ending.append(turn)
        self._last(turn, EarlyPass(Hypothesis(), Timing(), turn.end))

    def _end(self, turn: Turn, ended: Ended) -> None:
        """The turn is closed when its last pass has come back; an early one may be here already."""
        self._turn = None
        turn.ended, turn.speech_end, turn.answer_ms = True, ended.speech_end, ended.answer_ms
        turn.end = min(self._pace.received, max(ended.at, turn.speech_end) + self._pace.margin)
        self._ending.append(turn)
        if ended.void and not turn.done:
            self._last(turn, EarlyPass(Hypothesis(), Timing(), turn.end))
        elif turn.early is not None:
            self._last(turn, turn.early)
        elif turn.end - max(turn.start, turn.window.start) < LEAST:
            self._last(turn, EarlyPass(turn.window.known(), Timing(), turn.end))

    def _last(self, turn: Turn, last: EarlyPass) -> None:
        """It is known what a turn ends with. Turns are closed in their order."""
        turn.last = last
        while self._ending and (known := self._ending[0].last) is not None:
            over = self._ending.pop(0)
            self._outputs.close(over, known)
            self._leaning.remember(over, known.hypothesis)
        self._lean()
