"""The JSON of `POST /v1/realtime/client_secrets` as the document shows it; `config` and `talk_config` decide."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from kit.http.wire import Body, StorableObject, View
from kit.storable import JsonObject

_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_NOT_USED = "Accepted and not used."


class Lenient(Body):
    """Members that are not known are overlooked."""

    model_config = ConfigDict(extra="ignore")


class PcmFormat(Lenient):
    type: Literal["audio/pcm"] = Field(description="16 bits, mono, little endian.")
    rate: int = Field(24000, ge=24000, le=24000, description="Samples per second.")


def _pcm() -> PcmFormat:
    return PcmFormat(type="audio/pcm")


class TelephoneFormat(Lenient):
    type: Literal["audio/pcmu", "audio/pcma"] = Field(description="G.711, μ-law or A-law, 8,000 samples per second.")


class InputTranscription(Lenient):
    language: Annotated[str, Field(pattern=_LANGUAGE, max_length=35)] = Field("en", description="Language (BCP 47).")
    model: str = Field("whisper-1", max_length=200, description=_NOT_USED)
    prompt: str = Field("", max_length=20_000, description=_NOT_USED)


class TurnDetection(Lenient):
    type: Literal["server_vad", "semantic_vad"] = Field("server_vad", description="The server's own detection in both.")
    silence_duration_ms: int | None = Field(
        None, description="Milliseconds of silence that end a turn, 200 to 5,000; null adapts to the learner."
    )
    create_response: bool | None = Field(True, description="Whether a spoken turn is answered without being asked for.")
    interrupt_response: bool | None = Field(True, description="Whether the learner's words cut an answer off.")
    threshold: float = Field(0.5, description=_NOT_USED)
    prefix_padding_ms: int = Field(300, description=_NOT_USED)


class SoundIn(Lenient):
    format: PcmFormat | TelephoneFormat = Field(default_factory=_pcm, description="What the client sends.")
    transcription: InputTranscription | None = Field(None, description="How it is written down.")
    turn_detection: TurnDetection | None = Field(
        default_factory=TurnDetection, description="How turns end; null: when the client commits."
    )


class SoundOut(Lenient):
    format: PcmFormat | TelephoneFormat = Field(default_factory=_pcm, description="What the client gets.")
    voice: str = Field("alloy", max_length=100, description=_NOT_USED)


class HeardSound(Lenient):
    input: SoundIn = Field(default_factory=SoundIn, description="The learner's sound.")


class SpokenSound(HeardSound):
    output: SoundOut = Field(default_factory=SoundOut, description="The tutor's sound.")


ToolChoice = Literal["auto", "none", "required"]


class RealtimeFunctionTool(Lenient):
    type: Literal["function"] = Field(description="Only functions are taken.")
    name: str = Field(pattern=r"^[a-zA-Z0-9_.-]{1,64}$", description="Its name.", examples=["look_up"])
    description: str = Field("", description="What it is for.", examples=["Looks a word up."])
    parameters: StorableObject = Field(
        default_factory=dict,
        description="A JSON Schema of its arguments.",
        examples=[{"type": "object", "properties": {}}],
    )


class ChosenFunction(Lenient):
    type: Literal["function"] = Field(description="This function is called.")
    name: str = Field(description="The function's name.", examples=["look_up"])


class TalkRequest(Lenient):
    type: Literal["realtime"] = Field("realtime", description="A conversation.")
    instructions: str = Field("", max_length=20_000, description="For a language model; the built-in tutor has none.")
    output_modalities: list[Literal["audio", "text"]] = Field(["audio"], min_length=1, description="How answers come.")
    audio: SpokenSound = Field(default_factory=SpokenSound, description="Sound in and out.")
    tools: list[RealtimeFunctionTool] = Field(
        [], max_length=128, description="Functions that a language model may call."
    )
    tool_choice: ToolChoice | ChosenFunction = Field("auto", description="How it chooses among them.")


class TranscriptionRequest(Lenient):
    type: Literal["transcription"] = Field(description="What is said is written down.")
    audio: HeardSound = Field(default_factory=HeardSound, description="Sound in.")


class Expiry(Lenient):
    anchor: Literal["created_at"] = Field("created_at", description="From when the time counts.")
    seconds: int = Field(600, ge=10, le=7200, description="Lifetime of the key in seconds.", examples=[60])


class ClientSecretRequest(Lenient):
    expires_after: Expiry = Field(default_factory=Expiry, description="How long the key lives.")
    session: TalkRequest | TranscriptionRequest = Field(
        default_factory=TalkRequest, description="The session that it opens."
    )


class DescribedFormat(View):
    type: Literal["audio/pcm", "audio/pcmu", "audio/pcma"] = Field(description="The format.")
    rate: int = Field(24000, description="Samples per second, of `audio/pcm`.")


class DescribedTranscription(View):
    language: str = Field("en", description="Language (BCP 47).", examples=["en"])
    model: str = Field("", description="As it was sent.", examples=["whisper-1"])
    prompt: str = Field("", description="As it was sent.", examples=["A lesson."])


class DescribedDetection(View):
    type: Literal["server_vad", "semantic_vad"] = Field(description="As it was set.")
    threshold: float = Field(description="As it was set.", examples=[0.5])
    prefix_padding_ms: int = Field(description="As it was set, in milliseconds.", examples=[300])
    silence_duration_ms: int | None = Field(description="Milliseconds of silence that end a turn; null adapts.")
    create_response: bool = Field(True, description="Whether a spoken turn is answered without being asked for.")
    interrupt_response: bool = Field(True, description="Whether the learner's words cut an answer off.")


class DescribedInput(View):
    format: DescribedFormat = Field(description="What the client sends.")
    transcription: DescribedTranscription | None = Field(description="How it is written down.")
    noise_reduction: None = Field(description="Always null.")
    turn_detection: DescribedDetection | None = Field(description="How turns end; null: when the client commits.")


class DescribedOutput(View):
    format: DescribedFormat = Field(description="What the client gets.")
    voice: str = Field(description="As it was set.", examples=["alloy"])
    speed: float = Field(description="Always 1.", examples=[1.0])


class DescribedHeardSound(View):
    input: DescribedInput = Field(description="The learner's sound.")


class DescribedSpokenSound(DescribedHeardSound):
    output: DescribedOutput = Field(description="The tutor's sound.")


class TalkSession(View):
    type: Literal["realtime"] = Field(description="A conversation.")
    id: str = Field(description="The session's id.", examples=["sess_5f"])
    object: Literal["realtime.session"] = Field(description="Always `realtime.session`.")
    model: str = Field(description="The model that was named, or `auto`.", examples=["auto"])
    instructions: str = Field(description="As they were set.", examples=["Play a waiter."])
    output_modalities: list[Literal["audio", "text"]] = Field(description="How answers come.")
    tools: list[JsonObject] = Field(description="As they were set.", examples=[[]])
    tool_choice: ToolChoice | JsonObject = Field(description="As it was set.")
    max_output_tokens: Literal["inf"] = Field(description="Always `inf`.")
    truncation: Literal["auto"] = Field(description="Always `auto`.")
    audio: DescribedSpokenSound = Field(description="Sound in and out.")


class TranscribingSession(View):
    type: Literal["transcription"] = Field(description="What is said is written down.")
    id: str = Field(description="The session's id.", examples=["sess_5f"])
    object: Literal["realtime.transcription_session"] = Field(description="Always the same.")
    audio: DescribedHeardSound = Field(description="Sound in.")
    include: None = Field(description="Always null.")


class ClientSecret(View):
    value: str = Field(description="The key: it opens `GET /v1/realtime` and nothing else.", examples=["ek_…"])
    expires_at: int = Field(description="Seconds since 1970.", examples=[1_790_000_600])
    session: TalkSession | TranscribingSession = Field(description="The session that it opens.")
