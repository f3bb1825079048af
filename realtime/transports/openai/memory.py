"""What the tutor knows of a conversation of the OpenAI Realtime API: its items, as the client left them."""

from collections.abc import Callable

from kit.errors import Failure
from realtime.reply.ports import CallPiece, CutShort
from realtime.transports.openai import context, functions
from realtime.transports.openai.context import Context
from realtime.transports.openai.order import ItemOrder
from realtime.transports.openai.talk_config import TalkConfig


class Memory:
    """Of one conversation. `wanted` is how the next answer is made."""

    def __init__(
        self,
        order: ItemOrder,
        wanted: TalkConfig,
        on_recall: Callable[[], None],
        on_call: Callable[[CallPiece | None], None],
        on_nothing: Callable[[], None],
    ) -> None:
        """`on_recall` is called when an answer begins, `on_call` with the pieces of calls as they come, `on_nothing`
        when what was to be answered is gone or was no speech."""
        self._order = order
        self._on_recall = on_recall
        self._on_call = on_call
        self._on_nothing = on_nothing
        self._opening = ""
        self._short: dict[str, CutShort | Failure] = {}
        self.wanted = wanted
        self.follows = False
        """Whether a language model answers, which follows instructions."""

    def recall(self) -> Context:
        """The conversation for an answer that begins now. Not every language model speaks on when nobody asked: the
        instructions do then."""
        self._on_recall()
        found = context.of_conversation(self._order, self._opening)
        found.members = functions.members(self.wanted.tools, self.wanted.tool_choice)
        if self.follows and not found.asks and (told := self.wanted.instructions or found.notes):
            self._opening = self._opening or told
            found.say("user", told)
        elif not found.asks:
            self._on_nothing()
        return found

    @property
    def asks(self) -> bool:
        """Whether the conversation ends with something to answer."""
        return context.of_conversation(self._order, self._opening).asks

    def called(self, turn_id: str, piece: CallPiece | None) -> None:
        """More of a call of this reply; None when the reply calls no more."""
        self._on_call(piece)

    def cut_short(self, turn_id: str, why: CutShort | Failure) -> None:
        """This reply ends before its end."""
        self._short[turn_id] = why

    def why_short(self, turn_id: str) -> CutShort | Failure | None:
        """Why a reply that is over ended before its end."""
        return self._short.pop(turn_id, None)
