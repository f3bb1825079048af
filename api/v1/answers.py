"""What `/v1` answers beside one JSON object of a handler: transcriptions in their forms, and the events of streams."""

from typing import Literal

from pydantic import Field

from api.v1.schemas import CompletionUsage
from kit.http.wire import View

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

    task: Literal["transcribe"] = Field(description="Always `transcribe`.")
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
