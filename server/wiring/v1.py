"""Puts together what is served below /v1, from the parts that serve everything else."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from api.auth.people import People
from api.chat.providers.models import CallDelta, Card, Chosen, Delta, Prompt
from api.chat.providers.routing import AUTO, Providers
from api.v1.chat import Completions
from api.v1.ports import Allowance, Answering, Asked, Called, Embedder, Ended, Message, Piece, Said
from api.v1.routes import CompatibleRoutes
from api.v1.speech import Speech
from api.v1.transcriptions import Transcriptions
from kit import errors, logs
from kit.database import Database
from kit.errors import Failure, Kind
from kit.openai_servers import ServerTrouble
from kit.storable import JsonObject
from language.tutor.turns import ChatTurn
from server.resources import Resources
from server.wiring.part import Part
from server.wiring.voices import Voices
from speech.listening import Listening

_OURS = "parley"
_LEVEL_UNKNOWN = "A2"
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Model:
    """A row of `/v1/models`."""

    id: str
    owned_by: str


def build(
    r: Resources,
    providers: Providers,
    listening: Callable[[], Awaitable[Listening]],
    allowance: Allowance,
    embedder: Embedder,
    voices: Voices,
) -> Part:
    """The API that is compatible with OpenAI's."""
    known: dict[str, Model] = {}
    for one in _models(providers, embedder, has_voice=bool(voices.preferred)):
        known.setdefault(one.id, one)
    routes = CompatibleRoutes(
        list(known.values()),
        Transcriptions(listening, allowance),
        Speech(voices.now, r.clock),
        Completions(_Chat(providers, r.database), r.clock),
        embedder,
    )
    return Part(operations=routes.operations())


def _models(providers: Providers, embedder: Embedder, *, has_voice: bool) -> Iterator[Model]:
    """Of several with one name the first is used."""
    yield Model(AUTO, _OURS)
    for card, _, _ in providers.listed():
        yield from (Model(name, _OURS if card.offline else card.id) for name in card.models)
    yield Model("whisper-1", _OURS)
    if has_voice:
        yield Model("tts-1", _OURS)
    yield Model(embedder.name, _OURS)


class _Chat:
    """The chat's providers. A named model is not replaced by another one; `auto` is the first that works."""

    def __init__(self, providers: Providers, database: Database) -> None:
        self._providers = providers
        self._database = database

    async def stream(self, user_id: str, asked: Asked) -> AsyncGenerator[Piece, None]:
        card = self._card(asked.model)
        if asked.functions and all(one.offline for one in ([card] if card else self._cards())):
            why = "The built-in tutor calls no functions: name the model of a provider."
            raise errors.invalid(why, [("/tools", "leave them out")], "tools_unsupported")
        async with self._database.connection() as cx:
            level = await People().level(cx, user_id) or _LEVEL_UNKNOWN
        prompt = _prompt(asked, level)
        provider, model = (AUTO, None) if card is None else (card.id, asked.model)
        written = 0
        try:
            async with aclosing(self._providers.stream(prompt, provider, model)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Chosen):
                        yield Answering(piece.model)
                    elif isinstance(piece, Delta):
                        written += len(piece.text.split())
                        yield Said(piece.text)
                    elif isinstance(piece, CallDelta):
                        yield Called(piece.index, piece.id, piece.name, piece.arguments)
                    elif piece.usage is not None:
                        yield Ended(piece.reason, piece.usage.input_tokens, piece.usage.output_tokens)
                    else:
                        yield Ended(piece.reason, sum(len(one.text.split()) for one in asked.messages), written)
        except ServerTrouble as error:
            _log.warning("completion_broke_off", reason=error.reason)
            raise errors.unavailable("provider_unavailable", "The answer broke off.", 10) from error

    def _card(self, model: str) -> Card | None:
        if model == AUTO:
            return None
        for card in self._cards():
            if model in card.models:
                return card
        raise Failure(Kind.NOT_FOUND, "model_not_found", "There is no such model: see GET /v1/models.")

    def _cards(self) -> list[Card]:
        return [card for card, _, _ in self._providers.listed()]


def _prompt(asked: Asked, level: str) -> Prompt:
    """Words for all who answer; as it was written where there are calls in it, which only language models read."""
    words = tuple(ChatTurn(one.role, one.text) for one in asked.messages if one.role != "tool" and not one.calls)
    written = () if len(words) == len(asked.messages) else tuple(_written(one) for one in asked.messages)
    return Prompt(
        words,
        level,
        instructions=asked.instructions,
        sampling=asked.sampling,
        messages=written,
    )


def _written(one: Message) -> JsonObject:
    if one.role == "tool":
        return {"role": "tool", "tool_call_id": one.call_id, "content": one.text}
    if not one.calls:
        return {"role": one.role, "content": one.text}
    called = [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in one.calls
    ]
    return {"role": one.role, "content": one.text or None, "tool_calls": called}
