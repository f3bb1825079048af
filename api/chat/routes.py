"""The operations of chat."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from api.chat.generate import Answer, Exchange, Generate, Question
from api.chat.providers.routing import Providers
from api.chat.schemas import ChatBreak, ChatDelta, ChatRequest, ChatResponse, ChatUsage, ProviderItem, ProviderList
from kit import errors, logs
from kit.http import streams
from kit.http.idempotency import HEADER
from kit.http.operation import Access, Call, Operation
from language.tutor.turns import ChatTurn

_TAG = "Conversations"
_KEY = Access.BEARER_OR_KEY
_log = logs.get(__name__)


class ChatRoutes:
    """The operations of chat."""

    def __init__(self, generate: Generate, providers: Providers) -> None:
        self._generate = generate
        self._providers = providers

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                "/api/ai/providers",
                self.list_providers,
                "List available AI providers",
                _TAG,
                _KEY,
                "conversations:read",
            ),
            Operation(
                "POST",
                "/api/ai/generate",
                self.generate,
                "Generate an AI response",
                _TAG,
                _KEY,
                "conversations:write",
                rate="heavy",
                idempotent=True,
                produces=("text/event-stream",),
                events=(("delta", ChatDelta), ("done", ChatResponse), ("error", ChatBreak)),
                errors=(404, 503),
            ),
        ]

    async def list_providers(self, call: Call) -> ProviderList:
        """The language models of this server and whether each would be asked now."""
        return ProviderList(
            items=[
                ProviderItem(
                    id=card.id,
                    name=card.name,
                    models=list(card.models),
                    default_model=card.default_model,
                    available=available,
                    reason=reason,
                    offline=card.offline,
                )
                for card, available, reason in self._providers.listed()
            ]
        )

    async def generate(self, call: Call, body: ChatRequest) -> ChatResponse | streams.Stream:
        """Answer the learner's message and save both. With `stream`, server-sent events with heartbeats:

        `delta` {text}, then `done` (the fields of the plain answer) or `error` {error, message, message_id}: what had
        come by then is saved and marked partial, also when the client leaves.
        """
        if body.stream and HEADER in call.http.headers:
            raise errors.invalid("A streamed answer cannot be repeated: leave out the Idempotency-Key.")
        history = body.conversation_history
        question = Question(
            body.message,
            body.provider,
            body.model,
            body.conversation_id,
            tuple(ChatTurn(one.role, one.content) for one in history) if history is not None else None,
            body.user_language,
        )
        exchange = await self._generate.open(call.caller.user_id, question)
        if body.stream:
            return await streams.send_events(call.http, self._events(exchange))
        return _view(await self._generate.answer(exchange))

    async def _events(self, exchange: Exchange) -> AsyncGenerator[tuple[str, Any], None]:
        try:
            async with aclosing(self._generate.stream(exchange)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        yield "done", _view(piece).model_dump()
                    else:
                        yield "delta", {"text": piece.text}
        except Exception as error:  # the status was sent already: this is the only way to report it
            if not isinstance(error, errors.Failure):
                _log.exception("answer_failed")
            yield "error", {"message_id": None, **errors.of(error).body()}


def _view(answer: Answer) -> ChatResponse:
    usage = answer.usage
    return ChatResponse(
        content=answer.content,
        provider=answer.provider,
        model=answer.model,
        usage=ChatUsage(input_tokens=usage.input_tokens, output_tokens=usage.output_tokens) if usage else None,
        conversation_id=answer.conversation_id,
        message_id=answer.message_id,
    )
