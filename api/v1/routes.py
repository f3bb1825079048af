"""For clients of the OpenAI API: rows of what is served below `/v1`, with the errors of that API."""

from collections.abc import Sequence

from api.v1 import embeddings
from api.v1.chat import Completions
from api.v1.ports import Embedder, ModelCard
from api.v1.schemas import (
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionRequest,
    EmbeddingList,
    EmbeddingRequest,
    ModelObject,
    ModelObjectList,
    SpeechDelta,
    SpeechDone,
    SpeechRequest,
    TranscriptDelta,
    TranscriptDone,
    Transcription,
    TranscriptionForm,
    TranslationForm,
    VerboseTranscription,
)
from api.v1.speech import Speech
from api.v1.transcriptions import Transcriptions
from kit.errors import Failure, Kind
from kit.http import streams
from kit.http.operation import Access, Call, Operation
from speech.synthesis.encoding import MEDIA_TYPES

_TAG = "OpenAI clients"
_KEY = Access.BEARER_OR_KEY
_ANY = ("conversations:read", "live:read", "live:write", "rag:read", "rag:write")


class CompatibleRoutes:
    """The operations that are compatible with OpenAI's."""

    def __init__(
        self,
        models: Sequence[ModelCard],
        transcriptions: Transcriptions,
        speech: Speech,
        completions: Completions,
        embedder: Embedder,
    ) -> None:
        self._models = [ModelObject(id=one.id, created=0, owned_by=one.owned_by) for one in models]
        self._transcriptions = transcriptions
        self._speech = speech
        self._completions = completions
        self._embedder = embedder

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
                views=(Transcription, VerboseTranscription),
                events=(("", TranscriptDelta), ("", TranscriptDone)),
                added=True,
            ),
            Operation(
                "POST",
                "/v1/audio/translations",
                self.translate,
                "Translate a recording to English",
                _TAG,
                _KEY,
                "live:write",
                rate="heavy",
                consumes="multipart",
                multipart=TranslationForm,
                produces=("application/json", "text/plain", "application/x-subrip", "text/vtt"),
                views=(Transcription, VerboseTranscription),
                added=True,
            ),
            Operation(
                "POST",
                "/v1/audio/speech",
                self.speak,
                "Speak a text",
                _TAG,
                _KEY,
                "live:write",
                rate="heavy",
                produces=(*dict.fromkeys(MEDIA_TYPES.values()), "text/event-stream"),
                events=(("", SpeechDelta), ("", SpeechDone)),
                added=True,
            ),
            Operation(
                "POST",
                "/v1/chat/completions",
                self.complete,
                "Answer a conversation",
                _TAG,
                _KEY,
                "conversations:write",
                rate="heavy",
                errors=(404,),
                produces=("text/event-stream",),
                events=(("", ChatCompletionChunk),),
                added=True,
            ),
            Operation(
                "POST", "/v1/embeddings", self.embed, "Embed texts", _TAG, _KEY, "rag:read", rate="heavy", added=True
            ),
        ]

    async def speak(self, call: Call, body: SpeechRequest) -> streams.Stream:
        """The server's voice, sent while it speaks. 503 `voice_unavailable` when there is none."""
        return await self._speech.answer(call, body)

    async def complete(self, call: Call, body: ChatCompletionRequest) -> ChatCompletion | streams.Stream:
        """An answer of the built-in tutor or of a configured provider. Nothing of it is kept."""
        return await self._completions.answer(call, body)

    async def embed(self, call: Call, body: EmbeddingRequest) -> EmbeddingList:
        """Vectors of the embedder that documents are found by."""
        return await embeddings.answer(self._embedder, body)

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

    async def translate(self, call: Call) -> streams.Stream:
        """What was said in a recording, in English. 400 `translation_unsupported` where the engine cannot: it takes a
        multilingual Whisper model, or a server that translates."""
        return await self._transcriptions.translate(call)
