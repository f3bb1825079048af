"""When the tutor speaks and when it stops: one reply at a time, to the learner's last turn."""

from realtime import wire
from realtime.session import commands as do


class Replies:
    """`wanted` is false in sessions without a tutor: then nothing is ever answered."""

    def __init__(self, *, wanted: bool = False) -> None:
        self._wanted = wanted
        self._turn_id: str | None = None

    @property
    def under_way(self) -> bool:
        return self._turn_id is not None

    def answer(self, learner_turn_id: str) -> list[do.Command]:
        """The learner's turn is complete. Its number names the reply, so that it is the same on every node."""
        if not self._wanted:
            return []
        self._turn_id = f"a{learner_turn_id}"
        return [do.Answer(self._turn_id)]

    def hush(self) -> list[do.Command]:
        """The learner speaks, types or asks for silence."""
        return [do.Hush()] if self.under_way else []

    def grew(self, turn_id: str, text: str) -> list[do.Command]:
        payload = wire.ResponseDelta(turn_id=turn_id, text=text)
        return [do.Emit("response.delta", payload)] if turn_id == self._turn_id else []

    def ended(self, turn_id: str, text: str, complete: bool) -> do.Emit:
        if turn_id == self._turn_id:
            self._turn_id = None
        return do.Emit("response.done", wire.ResponseDone(turn_id=turn_id, text=text, complete=complete))
