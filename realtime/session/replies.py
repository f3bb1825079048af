"""When the tutor speaks and when it stops: one reply at a time, to the learner's last turn.

A sound of the learner holds the reply at once. What was said decides: words cut it off; after a cough, "mm-hm" or the
tutor's own echo it continues from where it was heard last. Speech that no engine could recognize counts as words. While
the learner speaks there is no answer; one answer follows to all that was said.

A client may want it otherwise: answers when it asks for them only, and replies that go on whatever the learner says.
"""

from dataclasses import dataclass, replace

from realtime import spoken
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session import floor
from speech import events as heard

_NEARLY_DONE_MS = 1500
"""With less than this left to hear, a short "yes" is the answer and not a sign of listening."""
_AFTERGLOW_MS = 800
"""So long after the reply's end its echo may still arrive."""
_CHARACTERS_A_SECOND = 15.0


@dataclass(slots=True)
class _Reply:
    turn_id: str
    is_asked_for: bool
    text: str = ""
    left_ms: int | None = None  # what was not heard yet when it was held


class Replies:
    """`wanted` is false in sessions without a tutor, which have no answers."""

    def __init__(self, *, wanted: bool = False) -> None:
        self._wanted = wanted
        self._answered: str | None = None  # the learner's turn, and how often it was answered again
        self._again = 0
        self._reply: _Reply | None = None
        self._held = False
        self._suspicious = False
        self._audible_until = 0
        self._last: _Reply | None = None
        self._over: dict[int, _Reply] = {}  # turns that began while the tutor could be heard
        self._unanswered: set[str] = set()
        self._echoes: set[int] = set()
        self._speaking: set[int] = set()  # turns without a final
        self._stopped: set[int] = set()  # those of them that are over
        self._owed: str | None = None  # a turn whose final came while the next one was spoken, or a reply that goes on
        self._by_itself = True
        self._yields = True
        self._pending: str | None = None  # a turn that waits to be asked for
        self.asked = False
        """Whether an answer is wanted once it is known what was said."""

    @property
    def under_way(self) -> bool:
        """Whether a reply is being made."""
        return self._reply is not None

    @property
    def under_way_by_request(self) -> bool:
        """Whether a reply is being made that the client asked for, in writing or by `AnswerAsked`."""
        return self._reply is not None and self._reply.is_asked_for

    @property
    def listens(self) -> bool:
        """Whether words that will be answered are not known yet: what is being said, unless the client says when its
        turn is over."""
        return bool(self._stopped) or (
            self._by_itself and any(str(turn) not in self._unanswered for turn in self._speaking)
        )

    def follow(self, learner_turn_id: str, wait_ms: int | None) -> list[do.Command]:
        """A spoken turn is complete: answer it, but not into the next one, unless the learner said that it is over."""
        if learner_turn_id in self._unanswered:
            return []
        if not self._by_itself:
            self._pending = learner_turn_id
            return self._ask() if self.asked else []
        if (self._speaking and wait_ms is not None) or (self.under_way and not self._yields):
            self._owed = learner_turn_id
            return []
        return self.answer(learner_turn_id, wait_ms or 0)

    def answer(self, learner_turn_id: str, wait_ms: int = 0, *, asked: bool = False) -> list[do.Command]:
        """Answer a turn of the learner. Its number names the reply, so that it is the same on every node."""
        if not self._wanted:
            return []
        self._answered, self._again = learner_turn_id, 0
        return self._started(f"a{learner_turn_id}", wait_ms, asked=asked)

    def wanted(self, event: on.SilenceAsked | on.AnswerAsked | on.AnsweringSet | on.TurnsDropped) -> list[do.Command]:
        """The client wants something of the replies."""
        match event:
            case on.SilenceAsked():
                owed = None if self._yields else self._owed  # a turn that waits for the end of the reply has it now
                commands, self._owed = self.interrupt(), owed
                return commands
            case on.AnswerAsked():
                return self._ask() if self._wanted else []
            case on.AnsweringSet(by_itself, yields):
                self._by_itself, self._yields = by_itself, yields
                return [] if yields else self._resumed()
            case on.TurnsDropped(turn_ids):
                return self._dropped(turn_ids)

    def _ask(self) -> list[do.Command]:
        """Answer what waits for it, once its words are known."""
        self.asked = self.listens
        if self.asked:
            return []
        if self._pending is not None:
            return self.answer(self._pending, asked=True)
        self._again += 1
        return [*self.interrupt(), *self._started(f"a{self._answered or 0}.{self._again}", 0, asked=True)]

    def _dropped(self, turn_ids: frozenset[str] | None) -> list[do.Command]:
        spoken = {str(turn) for turn in self._speaking}
        dropped = spoken - {str(turn) for turn in self._stopped} if turn_ids is None else turn_ids
        self._unanswered |= dropped & spoken
        self._stopped = {turn for turn in self._stopped if str(turn) not in dropped}
        if self._pending in dropped:
            self._pending = None
        if self._owed in dropped:
            self._owed = None
        return []

    def _started(self, turn_id: str, wait_ms: int, *, asked: bool) -> list[do.Command]:
        self._owed = self._pending = None
        self.asked = False
        self._reply = self._last = _Reply(turn_id, asked)
        self._held = False
        return [do.StartReply(turn_id, wait_ms)]

    def interrupt(self) -> list[do.Command]:
        """The learner types or asks for silence."""
        self._owed, self.asked = None, False
        self._held = False
        self._audible_until = 0
        return [do.InterruptReply()] if self.under_way else []

    def overheard(self, said: heard.SpeechEvent, now_ms: int) -> tuple[list[do.Command], heard.SpeechEvent | None]:
        """Decide what the learner's sound means for the reply, and return what the transcript keeps of it."""
        commands, left = self._weighed(said, now_ms)
        if isinstance(said, heard.SpeechStopped) and str(said.turn) not in self._unanswered:
            self._stopped.add(said.turn)
        if isinstance(said, heard.Final):
            self._speaking.discard(said.turn)
            self._stopped.discard(said.turn)
            if str(said.turn) in self._unanswered or not said.text:
                commands = commands + self._nothing_said()
        return commands, left

    def _nothing_said(self) -> list[do.Command]:
        if self._owed:
            return self.follow(self._owed, 0)
        return self._ask() if self.asked else []

    def _weighed(self, said: heard.SpeechEvent, now_ms: int) -> tuple[list[do.Command], heard.SpeechEvent | None]:
        match said:
            case heard.SpeechStarted(turn):
                self._speaking.add(turn)
                return self._began(turn, now_ms), said
            case heard.Partial(turn) | heard.Final(turn) if turn in self._over:
                return self._judged(said)
            case heard.WordScored(turn) | heard.Scored(turn) if turn in self._echoes:
                return [], None
        return [], said

    def held(self, left_ms: int) -> None:
        """The reply is paused; `left_ms` of it are not heard yet."""
        if self._reply is not None:
            self._reply.left_ms = left_ms

    def grew(self, turn_id: str, text: str) -> list[do.Command]:
        """More text of the reply; text of an earlier one is dropped."""
        if self._reply is None or turn_id != self._reply.turn_id:
            return []
        self._reply.text += text
        return [do.Emit("response.delta", spoken.ResponseDelta(turn_id=turn_id, text=text))]

    def ended(self, turn_id: str, text: str, complete: bool, now_ms: int, *, silent: bool = False) -> list[do.Command]:
        """`silent`: the client speaks the text, so it is heard from now on. A turn that had to wait is answered."""
        if self._reply is not None and turn_id == self._reply.turn_id:
            spoken_ms = round(len(text) / _CHARACTERS_A_SECOND * 1000) if silent and complete else 0
            self._audible_until = now_ms + spoken_ms + _AFTERGLOW_MS
            self._reply = None
            self._held = False
        told = do.Emit("response.done", spoken.ResponseDone(turn_id=turn_id, text=text, complete=complete))
        return [told, *(self.follow(self._owed, 0) if self._owed and not self.under_way else [])]

    def _began(self, turn: int, now_ms: int) -> list[do.Command]:
        if self._last is None or not (self.under_way or now_ms < self._audible_until):
            return []
        self._over[turn] = self._last
        # Where echoes were heard before, only words stop the tutor.
        if not self.under_way or self._held or self._suspicious or not self._yields:
            return []
        self._held = True
        return [do.HoldReply()]

    def _judged(self, said: heard.Partial | heard.Final) -> tuple[list[do.Command], heard.SpeechEvent | None]:
        reply = self._over[said.turn]
        partial = isinstance(said, heard.Partial)
        meant = floor.judge(said.text, said.words, reply.text, suspicious=self._suspicious or partial)
        if partial:
            if meant != "words":
                return [], None if meant == "echo" else said
            return self._cut_off(reply), said
        del self._over[said.turn]
        if isinstance(said, heard.Final) and said.failed and meant != "echo":
            meant = "words"
        if meant == "words" or (meant == "nod" and not self._listens(reply)):
            return self._cut_off(reply), said
        self._unanswered.add(str(said.turn))
        if meant == "echo":
            self._suspicious = True
            self._echoes.add(said.turn)
            said = replace(said, text="", words=())
        return self._goes_on(), said

    def _cut_off(self, reply: _Reply) -> list[do.Command]:
        if not self._yields:
            return []
        self._held = False
        return [do.InterruptReply()] if reply is self._reply else []

    def _goes_on(self) -> list[do.Command]:
        return [] if self._over else self._resumed()  # the learner may still speak

    def _resumed(self) -> list[do.Command]:
        if not self._held:
            return []
        self._held = False
        return [do.ResumeReply()]

    def _listens(self, reply: _Reply) -> bool:
        """Whether a short word was a sign of listening."""
        return reply is self._reply and (reply.left_ms is None or reply.left_ms > _NEARLY_DONE_MS)
