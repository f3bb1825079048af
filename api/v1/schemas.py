"""Shapes of the OpenAI API, as far as they are served here. Members that are not known are overlooked, as there."""

from typing import Literal

from pydantic import ConfigDict, Field

from kit.http.wire import Body, View


class Lenient(Body):
    model_config = ConfigDict(extra="ignore")


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
    stream: bool = Field(False, description="`transcript.text.delta` for each window, then `transcript.text.done`.")


class TranscriptionObject(View):
    text: str = Field(description="What was said.", examples=["Let us know."])
