"""Answers for live conversations: only text, from the first provider that works."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from api.chat.providers.models import CallDelta, Chosen, Delta, Finished, Prompt
from api.chat.providers.routing import Providers
from kit import logs
from kit.openai_servers import ServerTrouble
from kit.storable import JsonObject
from language.tutor.turns import ChatTurn

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Called:
    """Functions that may be called (`members` of the request, as that API names them) and the conversation as that API
    writes it, with the calls that were made."""

    members: JsonObject = field(default_factory=dict)
    messages: tuple[JsonObject, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """Instructions in place of the tutor's own, if there are any, and `notes` that are added to whichever hold."""

    instructions: str | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """Last of an answer that broke off."""


class Replies:
    """Answers in a conversation, stored as they are made."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    @property
    def preferred(self) -> str:
        """The id of the provider that is asked first."""
        return self._providers.listed()[0][0].id

    @property
    def calls_functions(self) -> bool:
        """Whether there is a language model: the built-in tutor calls none."""
        return any(not card.offline for card, _, _ in self._providers.listed())

    def is_built_in(self, provider: str) -> bool:
        """Whether this id is the built-in tutor's."""
        return any(card.offline and card.id == provider for card, _, _ in self._providers.listed())

    async def stream(
        self,
        history: list[ChatTurn],
        *,
        level: str,
        scenario: str | None,
        language: str,
        briefing: Briefing = Briefing(),
        functions: Called | None = None,
    ) -> AsyncGenerator[Chosen | str | CallDelta | Finished | Broken, None]:
        """The provider (again after a fallback), pieces of the answer to the last turn, and how it ended. No other
        provider goes on with an answer that breaks off, because its beginning was spoken already. Closing the generator
        cancels the request. Failure `provider_unavailable` only when no language model may call the functions."""
        called = functions or Called()
        prompt = Prompt(
            tuple(history),
            level=level,
            scenario=scenario,
            language=language,
            instructions=briefing.instructions,
            notes=briefing.notes,
            sampling=called.members,
            messages=called.messages,
        )
        try:
            async with aclosing(self._providers.stream(prompt)) as pieces:
                async for piece in pieces:
                    yield piece.text if isinstance(piece, Delta) else piece
        except ServerTrouble as error:
            _log.warning("reply_broke_off", reason=error.reason)
            yield Broken()
