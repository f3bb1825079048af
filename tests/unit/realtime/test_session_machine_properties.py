"""No sequence of events ends a session twice, bills a second twice, or says anything after the end."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import FrameDecision
from realtime.session.coverage import ASKED_MS
from realtime.session.machine import Machine
from realtime.session.replies import Replies
from realtime.session.terms import Terms
from speech import events as heard
from speech.assessment import Engine
from tests.support import reports

ALLOWANCE_MS = 400_000
ENGINE: Engine = {"name": "test", "model": "none", "version": "1"}


class SessionLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000_000
        terms = Terms(limit_ms=self.now + 900_000)
        talks = Replies(wanted=True)
        self.machine = Machine(terms, now_ms=self.now, remaining_ms=ALLOWANCE_MS, replies=talks)
        self.seq = 0
        self.turn = 0
        self.spans: list[tuple[int, int]] = []
        self.signs: list[int] = []
        self.heard: list[int] = []
        self.sound = 0  # milliseconds that were new
        self.plan_changed = False
        self.finish_asked = 0
        self.settle_asked = 0
        self.ended = 0
        self.ordinals: list[int] = []
        self.replies: list[str] = []

    def take(self, commands: list[do.Command]) -> None:
        for command in commands:
            assert self.ended == 0, f"{command} after the end"
            match command:
                case do.Cover(start_ms, end_ms, heard_ms):
                    self.heard.append(heard_ms)
                    if end_ms > start_ms:
                        self.spans.append((start_ms, end_ms))
                case do.FinishListener():
                    self.finish_asked += 1
                case do.StartReply(turn_id, _):
                    self.replies.append(turn_id)
                case do.Settle():
                    self.settle_asked += 1
                case do.StoreTurn(turn, _):
                    self.ordinals.append(turn.ordinal)
                case do.Emit("session.ended", _):
                    self.ended += 1
                case _:
                    pass

    def happens(self, event: on.Event) -> None:
        self.take(self.machine.handle(event, self.now))

    def billed_sign(self) -> None:
        if self.machine.open:
            self.signs.append(self.now)

    @rule(ms=st.integers(0, 40_000))
    def time_goes_by(self, ms: int) -> None:
        for _ in range(0, ms, 1000):
            self.now += 1000
            self.signs_of_an_answer()
            self.happens(on.Ticked())

    @rule(ms=st.integers(0, 5_000))
    def clock_steps_back(self, ms: int) -> None:
        self.take(self.machine.handle(on.Ticked(), self.now - ms))

    @rule()
    def join(self) -> None:
        self.happens(on.Joined())

    @rule(jump=st.sampled_from([-3, 0, 1, 1, 1, 1, 5]))
    def frame(self, jump: int) -> None:
        if self.machine.open:
            seq = max(0, self.machine.audio.last_seq + jump)
            self.signs.append(self.now)
            verdict, commands = self.machine.hear(seq, 100, self.now)
            if verdict is not FrameDecision.NEW:
                self.signs.pop()
                assert commands == []
            else:
                self.sound += 100
            self.take(commands)

    @rule()
    def heartbeat(self) -> None:
        self.billed_sign()
        self.happens(on.LifeShown())

    @rule()
    def commit(self) -> None:
        self.billed_sign()
        self.happens(on.CommitAsked())

    @rule()
    def type_text(self) -> None:
        if self.machine.open:
            self.signs += [self.now, self.now + ASKED_MS]
        self.happens(on.TextTyped("hello"))

    @precondition(lambda self: self.replies)
    @rule(which=st.integers(0, 3), ends=st.booleans())
    def the_tutor_answers(self, which: int, ends: bool) -> None:
        self.signs_of_an_answer()
        turn_id = self.replies[-1 - which % len(self.replies)]
        self.happens(on.ReplyEnded(turn_id, "Hi.", complete=True) if ends else on.ReplyGrew(turn_id, "Hi."))

    def signs_of_an_answer(self) -> None:
        if self.machine.open and self.machine.replies.under_way_by_request:
            self.signs.append(self.now)

    @rule(text=st.sampled_from(["", "hello"]))
    def say(self, text: str) -> None:
        self.turn += 1
        at = int(self.machine.audio.position_ms)
        self.happens(on.Spoke(heard.SpeechStarted(self.turn, at)))
        self.happens(on.Spoke(heard.Final(self.turn, text, (), ENGINE, {"total": 1})))
        self.happens(on.Spoke(heard.Scored(self.turn, reports.report(80.0))))

    @rule()
    def ask_for_the_end(self) -> None:
        self.happens(on.EndAsked("client"))

    @precondition(lambda self: self.finish_asked > 0)
    @rule()
    def flushed(self) -> None:
        self.happens(on.Flushed())

    @rule()
    def settled(self) -> None:
        self.happens(on.Settled(1, None))

    @rule(remaining=st.integers(0, 500_000))
    def quota_read(self, remaining: int) -> None:
        self.plan_changed = True
        recorded = max(self.machine.coverage.recorded_ms, self.machine.coverage.heard_ms)
        self.happens(on.QuotaRead(min(remaining, ALLOWANCE_MS - min(recorded, ALLOWANCE_MS)), recorded))

    @rule()
    def drain(self) -> None:
        self.happens(on.DrainBegan())

    @rule()
    def nobody_notes_the_life(self) -> None:
        self.happens(on.LifeUnnoted())

    @invariant()
    def ends_at_most_once(self) -> None:
        assert self.finish_asked <= 1 and self.settle_asked <= 1 and self.ended <= 1
        assert (self.machine.status == "ended") == (self.ended == 1)

    @invariant()
    def no_moment_is_billed_twice(self) -> None:
        for (_, end), (start, _) in zip(self.spans, self.spans[1:], strict=False):
            assert start >= end
        assert all(end > start for start, end in self.spans)
        assert sum(end - start for start, end in self.spans) <= ALLOWANCE_MS

    @invariant()
    def sound_counts_once_and_up_to_the_quota(self) -> None:
        assert self.heard == sorted(self.heard)
        assert self.machine.coverage.heard_ms <= min(self.sound, ALLOWANCE_MS)
        if not self.plan_changed:
            assert self.machine.coverage.heard_ms == min(self.sound, ALLOWANCE_MS)
            assert not self.finish_asked or max(self.heard, default=0) == min(self.sound, ALLOWANCE_MS)

    @invariant()
    def what_is_billed_lies_between_signs_of_life(self) -> None:
        for start, end in self.spans:
            assert self.signs[0] <= start and end <= max(self.signs)

    @invariant()
    def turns_are_numbered_without_holes(self) -> None:
        assert self.ordinals == list(range(1, len(self.ordinals) + 1))


TestSessionLife = SessionLife.TestCase
TestSessionLife.settings = settings(max_examples=150, stateful_step_count=60)
