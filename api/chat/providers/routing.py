"""Chooses the provider: the one that was named, or with "auto" the first that works, the built-in one last."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from prometheus_client import Counter

from api.chat.providers.models import Card, Chosen, Finished, Piece, Prompt, Provider
from kit import errors, logs
from kit.breakers import Breaker
from kit.clock import Clock
from kit.openai_servers import ServerTrouble

AUTO = "auto"

_ANSWERS = Counter("parley_provider_answers", "Answers asked of language models.", ["provider", "outcome"])
_TOKENS = Counter("parley_provider_tokens", "Tokens that providers reported.", ["provider", "direction"])
_log = logs.get(__name__)


class Providers:
    """`providers` in the order in which "auto" asks them; the last one should never fail."""

    def __init__(self, providers: list[Provider], clock: Clock) -> None:
        self._providers = {one.card.id: one for one in providers}
        self._breakers = {one.card.id: Breaker(clock) for one in providers}

    def listed(self) -> list[tuple[Card, bool, str | None]]:
        """Every provider, whether it is available, and why not."""
        cards = []
        for name, provider in self._providers.items():
            breaker = self._breakers[name]
            cards.append((provider.card, breaker.allows(), None if breaker.allows() else breaker.reason))
        return cards

    def check(self, provider: str, model: str | None) -> None:
        """Failure `invalid_request` when there is no such provider or it has no such model."""
        if provider != AUTO and provider not in self._providers:
            raise errors.invalid("There is no such provider.", [("/provider", f"use one of {self._names()}")])
        cards = [one.card for one in self._candidates(provider, None)]
        if model is not None and not any(model in card.models for card in cards):
            raise errors.invalid("There is no such model.", [("/model", "see GET /api/ai/providers")])

    async def stream(
        self, prompt: Prompt, provider: str = AUTO, model: str | None = None
    ) -> AsyncGenerator[Chosen | Piece, None]:
        """`Chosen` (again after a fallback), the pieces, `Finished`.

        ServerTrouble when the answer breaks off after its first piece; Failure `request_refused` when the providers
        take no such request, `provider_unavailable` when none answered for another reason. Closing the generator
        cancels the request.
        """
        troubles: set[str] = set()
        for candidate in self._candidates(provider, model):
            if prompt.functions and candidate.card.offline:
                continue  # who counts on functions is not helped by an answer without them
            if not self._breakers[candidate.card.id].allows():
                troubles.add("unreachable")
                continue
            chosen = model if model and model in candidate.card.models else candidate.card.default_model
            started = False
            try:
                async with aclosing(self._tried(candidate, prompt, chosen)) as pieces:
                    async for piece in pieces:
                        if not started:
                            started = True
                            yield Chosen(candidate.card.id, chosen)
                        yield piece
                return
            except ServerTrouble as error:
                if started:
                    raise
                troubles.add(error.failed)
                _log.warning("provider_failed", provider=candidate.card.id, reason=error.reason)
        if troubles == {"unfit"}:  # another try would end alike; what the provider said of it is not passed on
            raise errors.invalid("The language model cannot serve this request.", code="request_refused")
        raise errors.unavailable("provider_unavailable", "No language model can answer now. Try again shortly.", 10)

    async def _tried(self, provider: Provider, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        """The provider's pieces, behind its breaker. ServerTrouble."""
        breaker = self._breakers[provider.card.id]
        async with aclosing(breaker.stream(lambda: _counted(provider, prompt, model))) as pieces:
            async for piece in pieces:
                yield piece

    def _candidates(self, provider: str, model: str | None) -> list[Provider]:
        if provider != AUTO:
            return [self._providers[provider]] if provider in self._providers else []
        having = [one for one in self._providers.values() if model in one.card.models]
        return having + [one for one in self._providers.values() if one not in having]

    def _names(self) -> str:
        return ", ".join([AUTO, *self._providers])


async def _counted(provider: Provider, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
    """One attempt, counted by its outcome."""
    name, outcome, started = provider.card.id, "abandoned", False
    try:
        async with aclosing(_told(provider, prompt, model)) as pieces:
            async for piece in pieces:
                started = True
                if isinstance(piece, Finished):
                    outcome = "complete"
                    _count_tokens(name, piece)
                yield piece
    except ServerTrouble as error:
        outcome = "partial" if started else error.failed
        raise
    finally:
        _ANSWERS.labels(name, outcome).inc()


async def _told(provider: Provider, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
    """The provider's pieces. Any error means that the provider is broken and another one may answer."""
    try:
        async with aclosing(provider.stream(prompt, model)) as pieces:
            async for piece in pieces:
                yield piece
    except (ServerTrouble, errors.Failure):
        raise
    except Exception as error:
        _log.exception("provider_broken", provider=provider.card.id)
        raise ServerTrouble("broken", "it failed in an unexpected way", again=False) from error


def _count_tokens(name: str, finished: Finished) -> None:
    if finished.usage is not None:
        _TOKENS.labels(name, "input").inc(finished.usage.input_tokens)
        _TOKENS.labels(name, "output").inc(finished.usage.output_tokens)
