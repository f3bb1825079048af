"""Answers for live conversations: only text, from the first provider that works."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from api.chat.providers.models import Chosen, Delta, Prompt, ProviderError
from api.chat.providers.routing import AUTO, Providers
from kit import logs
from language.tutor.turns import ChatTurn

_log = logs.get(__name__)


class Replies:
    """Answers in a conversation, stored as they are made."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    @property
    def preferred(self) -> str:
        """The id of the provider that is asked first."""
        return self._providers.listed()[0][0].id

    async def stream(
        self,
        history: list[ChatTurn],
        *,
        level: str,
        scenario: str | None,
        language: str,
        provider: str = AUTO,
        model: str | None = None,
        instructions: str | None = None,
    ) -> AsyncGenerator[Chosen | str, None]:
        """The provider (again after a fallback) and pieces of the answer to the last turn. An answer that breaks off
        just ends, because its beginning was spoken already. Closing the generator cancels the request. Failure
        `provider_unavailable` only when a named provider is down."""
        prompt = Prompt(tuple(history), level=level, scenario=scenario, language=language, instructions=instructions)
        try:
            async with aclosing(self._providers.stream(prompt, provider, model)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Chosen):
                        yield piece
                    elif isinstance(piece, Delta):
                        yield piece.text
        except ProviderError as error:
            _log.warning("reply_broke_off", reason=error.reason)
