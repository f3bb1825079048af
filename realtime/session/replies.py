"""When the tutor speaks and when it stops: one reply at a time, to the learner's last turn.

A sound of the learner holds the reply at once. What was said decides: words cut it off; after a cough, "mm-hm" or the
tutor's own echo it continues from where it was heard last. Speech that no engine could recognize counts as words. While
the learner speaks there is no answer; one answer follows to all that was said.
"""

from dataclasses import dataclass, replace

from realtime import spoken
from realtime.session import commands as do
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
        self._owed: str | None = None  # a turn whose final came while the next one was spoken

    @property
    def under_way(self) -> bool:
        """Whether a reply is being made."""
        return self._reply is not None

    def follow(self, learner_turn_id: str, wait_ms: int | None) -> list[do.Command]:
        """A spoken turn is complete: answer it, but not into the next one, unless the learner said that it is over."""
        if learner_turn_id in self._unanswered:
            return []
        if self._speaking and wait_ms is not None:
            self._owed = learner_turn_id
            return []
        return self.answer(learner_turn_id, wait_ms or 0)

    def answer(self, learner_turn_id: str, wait_ms: int = 0) -> list[do.Command]:
        """Answer a turn of the learner. Its number names the reply, so that it is the same on every node."""
        if not self._wanted:
            return []
        self._answered, self._again = learner_turn_id, 0
        return self._started(f"a{learner_turn_id}", wait_ms)

    def answer_again(self) -> list[do.Command]:
        """Go on with the answer to the learner's last turn: functions that it called have given something."""
        if self._answered is None:
            return []
        self._again += 1
        return [*self.interrupt(), *self._started(f"a{self._answered}.{self._again}", 0)]

    def _started(self, turn_id: str, wait_ms: int) -> list[do.Command]:
        self._owed = None
        self._reply = self._last = _Reply(turn_id)
        self._held = False
        return [do.StartReply(turn_id, wait_ms)]

    def interrupt(self) -> list[do.Command]:
        """The learner types or asks for silence."""
        self._owed = None
        self._held = False
        self._audible_until = 0
        return [do.InterruptReply()] if self.under_way else []

    def overheard(self, said: heard.SpeechEvent, now_ms: int) -> tuple[list[do.Command], heard.SpeechEvent | None]:
        """Decide what the learner's sound means for the reply, and return what the transcript keeps of it."""
        commands, left = self._weighed(said, now_ms)
        if isinstance(said, heard.Final):
            self._speaking.discard(said.turn)
            if self._owed and (str(said.turn) in self._unanswered or not said.text):
                commands = commands + self.follow(self._owed, 0)
        return commands, left

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

    def ended(self, turn_id: str, text: str, complete: bool, now_ms: int, *, silent: bool = False) -> do.Emit:
        """`silent`: the client speaks the text, so it is heard from now on."""
        if self._reply is not None and turn_id == self._reply.turn_id:
            spoken_ms = round(len(text) / _CHARACTERS_A_SECOND * 1000) if silent and complete else 0
            self._audible_until = now_ms + spoken_ms + _AFTERGLOW_MS
            self._reply = None
            self._held = False
        return do.Emit("response.done", spoken.ResponseDone(turn_id=turn_id, text=text, complete=complete))

    def _began(self, turn: int, now_ms: int) -> list[do.Command]:
        if self._last is None or not (self.under_way or now_ms < self._audible_until):
            return []
        self._over[turn] = self._last
        # Where echoes were heard before, only words stop the tutor.
        if not self.under_way or self._held or self._suspicious:
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
        self._held = False
        return [do.InterruptReply()] if reply is self._reply else []

    def _goes_on(self) -> list[do.Command]:
        if not self._held or self._over:  # the learner still speaks
            return []
        self._held = False
        return [do.ResumeReply()]

    def _listens(self, reply: _Reply) -> bool:
        """Whether a short word was a sign of listening."""
        return reply is self._reply and (reply.left_ms is None or reply.left_ms > _NEARLY_DONE_MS)
