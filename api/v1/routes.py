"""For clients of the OpenAI API: rows of what is served below `/v1`, with the errors of that API."""

from collections.abc import Sequence

from api.v1.ports import ModelCard
from api.v1.schemas import ModelObject, ModelObjectList, TranscriptionForm
from api.v1.transcriptions import Transcriptions
from kit.errors import Failure, Kind
from kit.http import streams
from kit.http.operation import Access, Call, Operation

_TAG = "OpenAI clients"
_KEY = Access.BEARER_OR_KEY
_ANY = ("conversations:read", "live:read", "live:write", "rag:read", "rag:write")


class CompatibleRoutes:
    def __init__(self, models: Sequence[ModelCard], transcriptions: Transcriptions) -> None:
        self._models = [ModelObject(id=one.id, created=0, owned_by=one.owned_by) for one in models]
        self._transcriptions = transcriptions

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                "/v1/models",
                self.list_models,
                "List models",
                _TAG,
                _KEY,
                "conversations:write",
                also=_ANY,
                added=True,
            ),
            Operation(
                "GET",
                "/v1/models/{model}",
                self.get_model,
                "Look at a model",
                _TAG,
                _KEY,
                "conversations:write",
                also=_ANY,
                added=True,
            ),
            Operation(
                "POST",
                "/v1/audio/transcriptions",
                self.transcribe,
                "Transcribe a recording",
                _TAG,
                _KEY,
                "live:write",
                rate="heavy",
                consumes="multipart",
                multipart=TranscriptionForm,
                produces=("application/json", "text/plain", "application/x-subrip", "text/vtt", "text/event-stream"),
                added=True,
            ),
        ]

    async def list_models(self, call: Call) -> ModelObjectList:
        """What `model` may say in other requests."""
        return ModelObjectList(data=self._models)

    async def get_model(self, call: Call, model: str) -> ModelObject:
        """One of the models."""
        found = next((one for one in self._models if one.id == model), None)
        if found is None:
            raise Failure(Kind.NOT_FOUND, "model_not_found", "There is no such model: see GET /v1/models.")
        return found

    async def transcribe(self, call: Call) -> streams.Stream:
        """What was said in a recording, in one of five forms; `stream` tells it window by window."""
        return await self._transcriptions.answer(call)
