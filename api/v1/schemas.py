"""Shapes of the OpenAI API, as far as they are served here. Members that are not known are overlooked, as there."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.v1.functions import FunctionTool, Lenient, RequestToolCall, ToolCall, ToolCallDelta
from kit.http.wire import StorableObject, View
from speech.synthesis.encoding import Format


class ModelObject(View):
    id: str = Field(description="Name it by this.", examples=["parley-tutor-1"])
    object: Literal["model"] = Field("model", description="Always `model`.")
    created: int = Field(description="Seconds since 1970; when it was made is not known here.", examples=[0])
    owned_by: str = Field(description="Who serves it: `parley`, or a provider's id.", examples=["parley"])


class ModelObjectList(View):
    object: Literal["list"] = Field("list", description="Always `list`.")
    data: list[ModelObject] = Field(description="Every model, those of chat first.")


class TranscriptionForm(Lenient):
    file: str = Field(
        description="A recording of at most 25 MiB and two hours.", json_schema_extra={"format": "binary"}
    )
    model: str = Field("whisper-1", description="Accepted and not used: the model is the server's.")
    language: str = Field("en", description="ISO 639 code or English name.", examples=["en"])
    prompt: str = Field("", description="Text before the recording, for the engine.", examples=["A lesson."])
    response_format: Literal["json", "text", "srt", "vtt", "verbose_json"] = Field(
        "json", description="What is answered."
    )
    timestamp_granularities: list[Literal["word", "segment"]] = Field(
        [],
        alias="timestamp_granularities[]",
        description="What `verbose_json` holds: words, segments (also when none is named) or both.",
    )
    stream: bool = Field(False, description="`transcript.text.delta` for each window, then `transcript.text.done`.")


class TranslationForm(Lenient):
    file: str = Field(
        description="A recording of at most 25 MiB and two hours, in any language.",
        json_schema_extra={"format": "binary"},
    )
    model: str = Field("whisper-1", description="Accepted and not used: the model is the server's.")
    prompt: str = Field("", description="English text before the recording, for the engine.", examples=["A lesson."])
    response_format: Literal["json", "text", "srt", "vtt", "verbose_json"] = Field(
        "json", description="What is answered."
    )


class VoiceReference(Lenient):
    id: str = Field(max_length=200, description="A voice's id.", examples=["af_heart"])


class SpeechRequest(Lenient):
    input: str = Field(min_length=1, max_length=4096, pattern=r"\S", description="What is said.", examples=["Hello!"])
    model: str = Field("tts-1", description="Accepted and not used: the voice is the server's.", examples=["tts-1"])
    voice: str | VoiceReference = Field(
        "alloy", description="One of GET /api/speech/voices; others are the server's own voice.", examples=["af_heart"]
    )
    response_format: Format = Field("mp3", description="The format of the sound.")
    speed: float = Field(1.0, ge=0.25, le=4.0, description="Speed, from 0.25 to 4 times.", examples=[1.0])
    stream_format: Literal["audio", "sse"] = Field("audio", description="The sound itself, or events that hold it.")
    language: str = Field("en", max_length=35, description="The language of the text (BCP 47).", examples=["en"])


class ContentPart(Lenient):
    type: str = Field(description="Only `text` is taken.", examples=["text"])
    text: str | None = Field(None, description="The text.", examples=["Hello!"])


class RequestMessage(Lenient):
    role: Literal["system", "developer", "user", "assistant", "tool"] = Field(
        description="Who speaks; `tool` gives what a function gave.", examples=["user"]
    )
    content: Annotated[str, StringConstraints(max_length=100_000)] | tuple[ContentPart, ...] | None = Field(
        None, description="What is said: a text, or parts with texts.", examples=["Yesterday I go to the cinema."]
    )
    tool_calls: tuple[RequestToolCall, ...] | None = Field(
        None, max_length=128, description="Of the role `assistant`: the functions that it called.", examples=[None]
    )
    tool_call_id: str | None = Field(
        None, max_length=200, description="Of the role `tool`: the call that this answers.", examples=[None]
    )


class StreamOptions(Lenient):
    include_usage: bool = Field(False, description="Tell the tokens in a last chunk.")


class ChatCompletionRequest(Lenient):
    model: str = Field(
        max_length=200, description="One of `GET /v1/models`, or `auto` for the first that works.", examples=["auto"]
    )
    messages: tuple[RequestMessage, ...] = Field(
        min_length=1,
        max_length=500,
        description="Oldest first, the last one the user's or a function's. Without a system message the tutor's "
        "instructions hold.",
        examples=[[{"role": "user", "content": "Hello!"}]],
    )
    stream: bool = Field(False, description="Answer in chunks, as server-sent events.")
    stream_options: StreamOptions | None = Field(None, description="How to stream.", examples=[None])
    n: int = Field(1, ge=1, le=1, description="One answer is given.")
    tools: tuple[FunctionTool, ...] | None = Field(
        None,
        max_length=128,
        description="Functions that a provider may call. The built-in tutor calls none: 400 `tools_unsupported`.",
        examples=[None],
    )
    tool_choice: Literal["none", "auto", "required"] | StorableObject | None = Field(
        None, description="Passed to a provider; with `none`, tools are overlooked.", examples=[None]
    )
    parallel_tool_calls: bool | None = Field(None, description="Passed to a provider.", examples=[None])
    temperature: float | None = Field(None, ge=0, le=2, description="Passed to a provider, 0 to 2.", examples=[0.7])
    top_p: float | None = Field(None, ge=0, le=1, description="Passed to a provider, 0 to 1.", examples=[1.0])
    max_tokens: int | None = Field(None, ge=1, le=1_000_000, description="Passed to a provider.", examples=[200])
    max_completion_tokens: int | None = Field(
        None, ge=1, le=1_000_000, description="Tokens at most, passed to a provider.", examples=[200]
    )
    stop: str | list[str] | None = Field(None, description="Passed to a provider.", examples=[["\n\n"]])
    seed: int | None = Field(None, ge=-(2**63), lt=2**63, description="Passed to a provider.", examples=[1])
    presence_penalty: float | None = Field(None, ge=-2, le=2, description="Passed to a provider.", examples=[0.0])
    frequency_penalty: float | None = Field(None, ge=-2, le=2, description="Passed to a provider.", examples=[0.0])
    response_format: StorableObject | None = Field(
        None, description="Passed to a provider.", examples=[{"type": "text"}]
    )
    reasoning_effort: str | None = Field(None, max_length=40, description="Passed to a provider.", examples=["low"])


class CompletionMessage(View):
    role: Literal["assistant"] = Field("assistant", description="Always `assistant`.")
    content: str | None = Field(
        description="The answer; null when it only calls functions.", examples=["Almost! Say “went”, not “go”."]
    )
    tool_calls: list[ToolCall] | None = Field(None, description="The functions that it calls.", examples=[None])
    refusal: None = Field(None, description="Always null.")


class CompletionChoice(View):
    index: int = Field(0, description="Always 0.", examples=[0])
    message: CompletionMessage = Field(description="The answer.")
    logprobs: None = Field(None, description="Always null.")
    finish_reason: str = Field(
        description="`stop`, or what the provider says, as `length` or `tool_calls`.", examples=["stop"]
    )


class CompletionUsage(View):
    prompt_tokens: int = Field(description="Tokens that were read; words, where nobody counts tokens.", examples=[12])
    completion_tokens: int = Field(description="Tokens that were written.", examples=[9])
    total_tokens: int = Field(description="Tokens together.", examples=[21])


class ChatCompletion(View):
    id: str = Field(description="The id of this answer; it is kept nowhere.", examples=["chatcmpl-1"])
    object: Literal["chat.completion"] = Field("chat.completion", description="Always `chat.completion`.")
    created: int = Field(description="Seconds since 1970.", examples=[1_790_000_000])
    model: str = Field(description="The model that answered.", examples=["parley-tutor-1"])
    choices: list[CompletionChoice] = Field(description="The one answer.")
    usage: CompletionUsage = Field(description="Tokens.")
    system_fingerprint: None = Field(None, description="Always null.")


Input = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]


class EmbeddingRequest(Lenient):
    input: Input | Annotated[tuple[Input, ...], Field(min_length=1, max_length=2048)] = Field(
        description="A text, or up to 2,048 of them; no tokens.", examples=["Hello!"]
    )
    model: str = Field("", max_length=200, description="Accepted and not used: the answer names it.", examples=["auto"])
    encoding_format: Literal["float", "base64"] = Field("float", description="Numbers, or float32 in base64.")
    dimensions: int | None = Field(
        None, ge=1, le=100_000, description="Number of dimensions: only what the vectors have.", examples=[None]
    )


class EmbeddingObject(View):
    object: Literal["embedding"] = Field("embedding", description="Always `embedding`.")
    embedding: list[float] | str = Field(description="The vector, of length 1.")
    index: int = Field(description="Which text it belongs to, from 0.", examples=[0])


class EmbeddingUsage(View):
    prompt_tokens: int = Field(description="Number of words.", examples=[1])
    total_tokens: int = Field(description="Number of words.", examples=[1])


class EmbeddingList(View):
    object: Literal["list"] = Field("list", description="Always `list`.")
    data: list[EmbeddingObject] = Field(description="The vectors, in the order of the texts.")
    model: str = Field(description="The model that made them.", examples=["parley-local-1"])
    usage: EmbeddingUsage = Field(description="What was read.")


_SECONDS = "Seconds from the beginning of the recording."


class TranscriptionUsage(View):
    type: Literal["duration"] = Field(description="Recordings are counted by their length.")
    seconds: int = Field(description="Length in seconds, at least 1.", examples=[4])


class Transcription(View):
    """With `response_format` `json`."""

    text: str = Field(description="What was said.", examples=["Hello, I am Anna."])
    usage: TranscriptionUsage = Field(description="How much was recognised.")


class TranscriptionWord(View):
    word: str = Field(description="The word.", examples=["Hello,"])
    start: float = Field(description=_SECONDS, examples=[0.32])
    end: float = Field(description=_SECONDS, examples=[0.71])


class TranscriptionSegment(View):
    id: int = Field(description="Number of the segment, from 0.", examples=[0])
    seek: int = Field(description="Where its window begins, in hundredths of a second.", examples=[0])
    start: float = Field(description=_SECONDS, examples=[0.32])
    end: float = Field(description=_SECONDS, examples=[2.1])
    text: str = Field(description="What was said.", examples=["Hello, I am Anna."])
    tokens: list[int] = Field(description="The engine's tokens; empty with engines that have none.")
    temperature: float = Field(description="Always 0: nothing is drawn by chance.", examples=[0.0])
    avg_logprob: float = Field(description="Mean log probability of the words.", examples=[-0.21])
    compression_ratio: float = Field(description="Length of the text divided by its compressed length.", examples=[1.1])
    no_speech_prob: float = Field(description="How likely it is that nobody speaks, 0 to 1.", examples=[0.01])


class VerboseTranscription(View):
    """With `response_format` `verbose_json`; `words` and `segments` as `timestamp_granularities[]` asks for them."""

    task: Literal["transcribe", "translate"] = Field(description="What was done.")
    language: str = Field(description="The language by its English name.", examples=["english"])
    duration: float = Field(description="Length in seconds.", examples=[3.52])
    text: str = Field(description="What was said.", examples=["Hello, I am Anna."])
    usage: TranscriptionUsage = Field(description="How much was recognised.")
    words: list[TranscriptionWord] = Field([], description="The words with their times.")
    segments: list[TranscriptionSegment] = Field([], description="The segments with their times.")


class TranscriptDelta(View):
    type: Literal["transcript.text.delta"] = Field(description="More text.")
    delta: str = Field(description="What comes next.", examples=["Hello, "])


class TranscriptDone(View):
    type: Literal["transcript.text.done"] = Field(description="The last event.")
    text: str = Field(description="What was said.", examples=["Hello, I am Anna."])
    usage: TranscriptionUsage = Field(description="How much was recognised.")


class SpeechDelta(View):
    type: Literal["speech.audio.delta"] = Field(description="More sound.")
    audio: str = Field(description="The sound in the format that was asked for, in base64.", examples=["SUQz"])


class SpeechUsage(View):
    input_tokens: int = Field(description="Always 0: speech counts no tokens.", examples=[0])
    output_tokens: int = Field(description="Always 0 tokens.", examples=[0])
    total_tokens: int = Field(description="Always 0 tokens.", examples=[0])


class SpeechDone(View):
    type: Literal["speech.audio.done"] = Field(description="The last event.")
    usage: SpeechUsage = Field(description="Tokens.")


class CompletionDelta(View):
    role: Literal["assistant"] = Field("assistant", description="In the first chunk.")
    content: str = Field("", description="The next piece of the answer.", examples=["Almost! "])
    tool_calls: list[ToolCallDelta] = Field([], description="The next pieces of function calls.")
    refusal: None = Field(None, description="Always null.")


class ChunkChoice(View):
    index: int = Field(description="Always 0.", examples=[0])
    delta: CompletionDelta = Field(description="What is new.")
    logprobs: None = Field(description="Always null.")
    finish_reason: str | None = Field(description="In the last piece: `stop`, or what the provider says.")


class ChatCompletionChunk(View):
    """The stream ends with `[DONE]` in place of a chunk."""

    id: str = Field(description="The id of the answer; it is kept nowhere.", examples=["chatcmpl-1"])
    object: Literal["chat.completion.chunk"] = Field(description="Always `chat.completion.chunk`.")
    created: int = Field(description="Seconds since 1970.", examples=[1_790_000_000])
    model: str = Field(description="The model that answers.", examples=["parley-tutor-1"])
    system_fingerprint: None = Field(description="Always null.")
    choices: list[ChunkChoice] = Field(description="The one answer; empty in the chunk of the usage.")
    usage: CompletionUsage | None = Field(None, description="In the last chunk, when it was asked for.")
