"""What is served below /v1 to clients of the OpenAI API, from the parts that everybody else is served by."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from api.chat.providers.routing import Providers
from api.v1.ports import Allowance
from api.v1.routes import CompatibleRoutes
from api.v1.transcriptions import Transcriptions
from server.wiring.part import Part
from speech.listening import Listening

_OURS = "parley"


@dataclass(frozen=True, slots=True)
class Model:
    id: str
    owned_by: str


def build(providers: Providers, listening: Callable[[], Awaitable[Listening]], allowance: Allowance) -> Part:
    known = {one.id: one for one in reversed(list(_models(providers)))}
    routes = CompatibleRoutes(list(reversed(known.values())), Transcriptions(listening, allowance))
    return Part(operations=routes.operations())


def _models(providers: Providers) -> Iterator[Model]:
    """The first of a name is the one that is asked."""
    for card, _, _ in providers.listed():
        yield from (Model(name, _OURS if card.offline else card.id) for name in card.models)
    yield Model("whisper-1", _OURS)
