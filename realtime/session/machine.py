"""A session, without I/O: events and the time go in, commands come out.

    created → active ⇄ suspended → ending → ended

A session is not a connection. It goes on while signs of life come, is suspended after `silence_ms` without one, and
ends `grace_ms` later, when it is told to, or when its quota or its longest duration is used up. Ending flushes the
listener first, so that the last words are final; then the session is settled; then clients get the end. After that no
event follows. All times are whole milliseconds of one clock, handed in with every event; a step backwards counts as no
time.
"""

from collections.abc import Sequence

from realtime import fields, wire
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session import notices
from realtime.session.acks import Acks
from realtime.session.alerts import Alerts
from realtime.session.audio import AudioSequence, FrameDecision
from realtime.session.coverage import ASKED_MS, Coverage, Span
from realtime.session.late_sound import LateSound
from realtime.session.replies import Replies
from realtime.session.terms import Terms
from realtime.session.transcript import Transcript
from speech import events as heard


class Machine:
    """`status` is public; everything changes through `handle` and `hear`."""

    def __init__(
        self,
        terms: Terms,
        *,
        now_ms: int,
        remaining_ms: int,
        status: fields.Status = "created",
        audio: AudioSequence | None = None,
        transcript: Transcript | None = None,
        coverage: Coverage | None = None,
        replies: Replies | None = None,
    ) -> None:
        """Begin, or go on where another node stopped: `remaining_ms` may still be billed beyond what is recorded."""
        self.terms = terms
        self.status: fields.Status = status
        self.audio = audio or AudioSequence()
        self._late = LateSound(self.audio)
        self.transcript = transcript or Transcript()
        self.coverage = coverage or Coverage(terms.silence_ms)
        self.replies = replies or Replies()
        self._now = now_ms
        self._seen = now_ms
        self._allowance = max(self.coverage.recorded_ms, self.coverage.heard_ms) + remaining_ms
        self._checkpoint = now_ms + terms.ack_ms
        self._safe_seq = self.audio.last_seq
        self._acks = Acks(terms.ack_ms, now_ms, (self.audio.last_seq, self._safe_seq))
        self._flush_by: int | None = None
        self._settling: do.Settle | None = None
        self._end_reason = ""
        self._waits = heard.Waits(None)  # for the recognizer
        # Also those reached since the last record: twice is better than never.
        self._alerts = Alerts(min(remaining_ms, terms.limit_ms - now_ms))

    def remaining_ms(self, now_ms: int) -> int:
        """What may still be billed if the session was in use until now."""
        return max(0, self._allowance - self.coverage.use_ms(max(now_ms, self._now)))

    def hear(
        self, seq: int, duration_ms: float, now_ms: int, mark: int | None = None, *, alive: bool = True
    ) -> tuple[FrameDecision, list[do.Command]]:
        """A frame of audio arrived. NEW: pass it to the listener, behind the commands. The hot path: mostly there are
        none. `mark` is its checksum where the client can send it again; not `alive`: it was not sent, it fills a hole.
        A repeated frame counts neither as life nor as sound, whichever node received it first."""
        self._now = max(self._now, now_ms)
        jumped = self.audio.jump(mark) if seq == self.audio.expected_seq else 0.0
        commands: list[do.Command] = [do.AllNew(jumped)] if jumped else []
        verdict = self.audio.take(seq, duration_ms, mark, sound=alive)
        if verdict is not FrameDecision.NEW or not alive:
            return verdict, commands
        self._late.moved(self._now)
        commands += self._sign_of_life(billed=not self.audio.again)
        self.coverage.heard_ms = max(self.coverage.heard_ms, min(self._allowance, round(self.audio.heard_ms)))
        if self.coverage.heard_ms >= self._allowance:
            commands += self._end("quota")
        return verdict, commands + self._end_if_due()

    def handle(self, event: on.Event, now_ms: int) -> list[do.Command]:
        """What to do about an event. Pure; `now_ms` never goes back."""
        self._now = max(self._now, now_ms)
        if self.status == "ended":
            return []
        match event:
            case on.Ticked():
                return self._tick()
            case on.Spoke(heard.Waits() as waits):
                self._waits = waits
                return self._while_open(do.Emit("session.state", self._state()))
            case on.Spoke(said):
                return self._spoke(said) if self._settling is None else []
            case on.ReplyGrew() | on.ReplyEnded() | on.ReplyHeld():
                return self._answering() + self._replied(event)
            case on.SilenceAsked() | on.AnswerAsked() | on.AnsweringSet() | on.TurnsDropped():
                return self._sign_of_life() + (self._asked(self.replies.wanted(event)) if self.open else [])
            case on.Joined():
                return self._joined()
            case on.LifeShown():
                return self._sign_of_life()
            case on.CommitAsked():
                return self._sign_of_life() + self._while_open(do.CommitListener())
            case on.SoundClaimed():
                return self._while_open(do.ReleaseSound())
            case on.TextTyped() as typed:
                return self._sign_of_life() + (self._typed(typed) if self.open else [])
            case on.EndAsked(reason):
                return self._end_asked(reason)
            case on.Flushed():
                return self._flushed()
            case on.QuotaRead() | on.ResumePointStored() | on.Settled():
                return self._written(event)
            case on.LifeUnnoted():
                return self._record() if self.open and self._left()[0] > 0 else []
            case on.PatienceSet(ms):
                return self._while_open(do.SetPatience(ms))
            case _:
                return self._while_open(notices.of(event))

    def _written(self, event: on.QuotaRead | on.ResumePointStored | on.Settled) -> list[do.Command]:
        match event:
            case on.QuotaRead(remaining_ms, total_ms):
                self._allow(total_ms + remaining_ms)
            case on.ResumePointStored(seq):
                self._safe_seq = max(self._safe_seq, seq)
            case on.Settled(billed_seconds, transcript_id):
                return self._settled(billed_seconds, transcript_id)
        return []

    def hand_over(self, *, ends: bool = True) -> list[do.Command]:
        """Another node goes on: what must be stored before. A session that was asked to end `ends` here, without words
        that are still being recognized, unless the next node knows of it and has their sound again."""
        return self._cover(self.coverage.take()) if self.open else self._flushed() if ends else []

    @property
    def open(self) -> bool:
        """Whether the session takes input."""
        return self.status in ("created", "active", "suspended")

    def _while_open(self, command: do.Command) -> list[do.Command]:
        return [command] if self.open else []

    def _spoke(self, said: heard.SpeechEvent) -> list[do.Command]:
        commands, left = self.replies.overheard(said, self._now)
        wait_ms = said.wait_ms if isinstance(said, heard.Final) else None
        noted = self.transcript.note(left, self.audio, self._now) if left else []
        done = self._complete(noted)
        return [*commands, *noted, *(self.replies.follow(done, wait_ms) if done else [])]

    def _typed(self, typed: on.TextTyped) -> list[do.Command]:
        noted = self.transcript.typed(typed.text, typed.key, self.audio, self._now)
        if noted == [] or not typed.asks:
            return noted
        done = self._complete(noted)
        cut = self.replies.interrupt()
        return [*cut, *noted, *(self._asked(self.replies.answer(done, asked=True)) if done else [])]

    def _complete(self, noted: list[do.Command]) -> str | None:
        """The learner's turn that is over now, while it may be answered."""
        stored = [command.turn.turn_id for command in noted if isinstance(command, do.StoreTurn)]
        return stored[-1] if stored and self.open else None

    def _replied(self, event: on.ReplyGrew | on.ReplyEnded | on.ReplyHeld) -> list[do.Command]:
        match event:
            case on.ReplyGrew(turn_id, text) if self.open:
                return self.replies.grew(turn_id, text)
            case on.ReplyEnded(turn_id, text, complete, silent) if self._settling is None:
                ended = self.replies.ended(turn_id, text, complete, self._now, silent=silent)
                return [*self.transcript.replied(turn_id, text, self.audio, self._now), *ended]
            case on.ReplyHeld(left_ms):
                self.replies.held(left_ms)
        return []

    def _joined(self) -> list[do.Command]:
        if not self.open:
            return []
        self._seen = self._now
        self._late.moved(self._now)
        # Between the last sign of life of the last connection and the first of this one only an answer counts.
        covered = [] if self.replies.under_way_by_request else self._cover(self.coverage.close())
        return covered + (self._become("active") if self.status != "active" else [])

    def _answering(self) -> list[do.Command]:
        """An answer that was asked for uses time to its end, whether the client stays for it or not."""
        return self._use() if self.open and self.replies.under_way_by_request else []

    def _asked(self, commands: list[do.Command]) -> list[do.Command]:
        """What the client asked for uses a second at least, if it is answered."""
        starts = any(isinstance(one, do.StartReply) for one in commands)
        return [*(self._use(ASKED_MS) if starts else []), *commands]

    def _use(self, lasts_ms: int = 0) -> list[do.Command]:
        ended = self.coverage.sign(self._now, min(lasts_ms, max(0, self._left()[0])) if lasts_ms else 0)
        return self._cover(ended) if ended else []

    def _sign_of_life(self, *, billed: bool = True) -> list[do.Command]:
        if not self.open:
            return []
        resumed = self._become("active") if self.status != "active" else []
        self._seen = self._now
        return resumed + (self._use() if billed else [])

    def _become(self, status: fields.Status) -> list[do.Command]:
        self.status = status
        return [do.Emit("session.state", self._state())]

    def _state(self, void: Sequence[str] = ()) -> wire.SessionState:
        return notices.state("ending" if self.open and self._late.awaited else self.status, self._waits, void)

    def _cover(self, span: Span | None) -> list[do.Command]:
        coverage = self.coverage
        if (span := coverage.note(span)) is None:
            return []
        return [do.Cover(span.start_ms, span.end_ms, coverage.heard_ms, self.transcript.resume_point(self.audio))]

    def _left(self) -> tuple[int, str]:
        """Milliseconds until the session must end, and why it must."""
        quota = self._allowance - self.coverage.use_ms(self._now)
        limit = self.terms.limit_ms - self._now
        return (quota, "quota") if quota <= limit else (limit, "limit")

    def _allow(self, allowance_ms: int) -> None:
        """A larger plan or a new month also means that the warnings come again."""
        grown = allowance_ms > self._allowance + 1000
        self._allowance = allowance_ms
        if grown:
            self._alerts.renew(self._left()[0])

    def _tick(self) -> list[do.Command]:
        if self.status == "ending":
            late = self._flush_by is not None and self._now >= self._flush_by
            return self._flushed() if late else []
        left, why = self._left()
        if left <= 0:
            used_ms, reached_ms = self.coverage.total_ms(self._now), max(self._now, self.coverage.last_ms or 0)
            at_ms = self._now + left if why == "limit" else reached_ms + min(0, self._allowance - used_ms)
            return self._end(why, at_ms=at_ms)
        if ended := self._end_if_due():
            return ended
        used = self._answering()
        silent = self._now - self._seen
        if silent >= self.terms.silence_ms + self.terms.grace_ms:
            return used + self._end("timeout")
        if silent >= self.terms.silence_ms and self.status != "suspended" and not self.replies.under_way_by_request:
            return self._cover(self.coverage.close()) + self._become("suspended")
        due = self._now >= self._checkpoint
        return used + self._warn(left, why) + (self._record() if due else []) + self._ack()

    def _warn(self, left: int, why: str) -> list[do.Command]:
        return [notices.left(left, why)] if self.status == "active" and self._alerts.due(left) else []

    def _record(self) -> list[do.Command]:
        if covered := self._cover(self.coverage.take()):
            self._checkpoint = self._now + self.terms.checkpoint_ms
        return covered

    def _ack(self) -> list[do.Command]:
        reached = (self.audio.last_seq, self._safe_seq)
        return [do.AckAudio(*reached)] if self._acks.due(self._now, reached) else []

    def _end_asked(self, reason: str) -> list[do.Command]:
        if not self.open or self._late.awaited:
            return []
        self._late.end_asked(reason, self._now)
        return self._end_if_due() or [do.Emit("session.state", self._state())]

    def _end_if_due(self) -> list[do.Command]:
        return self._end(reason) if (reason := self._late.due(self._now)) else []

    def _end(self, reason: str, at_ms: int | None = None) -> list[do.Command]:
        if not self.open:
            return []
        self._end_reason = reason
        covered = self._cover(self.coverage.close(at_ms))
        self._flush_by = self._now + self.terms.flush_ms
        return [*covered, *self._become("ending"), do.FinishListener()]

    def _flushed(self) -> list[do.Command]:
        if self.status != "ending" or self._settling is not None:
            return []
        self._flush_by = None
        self._settling = do.Settle(self._end_reason, self._now)
        void = self.transcript.give_up()  # the listener had no time to report more
        state = self._state(void)
        return [do.CloseListener(), *([do.Emit("session.state", state)] if void else []), self._settling]

    def _settled(self, billed_seconds: int, transcript_id: str | None) -> list[do.Command]:
        if self._settling is None:
            return []
        self.status = "ended"
        ended = wire.SessionEnded(reason=self._end_reason, billed_seconds=billed_seconds, transcript_id=transcript_id)
        return [do.Emit("session.ended", ended)]
