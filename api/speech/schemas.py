"""Shapes of speech on the wire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kit.http.wire import Body, View

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class SpeechQuery(Body):
    text: Text = Field(description="What is said, in English.", examples=["She dropped only nine points."])
    voice: str | None = Field(
        None, max_length=40, description="One of `GET /api/speech/voices`; by default the first.", examples=["bf_emma"]
    )
    rate: float = Field(1.0, ge=0.65, le=1.2, description="Speed; 1 is normal.", examples=[0.85])


class SpeechVoice(View):
    id: str = Field(description="What to give as `voice`.", examples=["bf_emma"])
    name: str = Field(description="Its name.", examples=["Emma"])
    language: Literal["en-US", "en-GB"] = Field(description="Its accent.", examples=["en-GB"])
    gender: Literal["female", "male"] = Field(description="How it sounds.", examples=["female"])


class SpeechVoiceList(View):
    engine: str | None = Field(
        description="What speaks when all is well; null without a voice.", examples=["kokoro-82m"]
    )
    ready: bool = Field(description="Whether it can speak now; until then another voice does, where there is one.")
    voices: list[SpeechVoice] = Field(description="The first is the one that speaks when none is asked for.")


class SpeechMark(View):
    text: str = Field(description="A word as written, or a phone as IPA.", examples=["points", "eɪ"])
    start_ms: int = Field(ge=0, description="When it begins, in milliseconds of the sound.", examples=[480])
    end_ms: int = Field(ge=0, description="When it ends.", examples=[910])


class MouthMark(View):
    at_ms: int = Field(ge=0, description="From when on, in milliseconds of the sound.", examples=[480])
    id: int = Field(ge=0, le=14, description="The shape, as in `response.viseme`.", examples=[1])
    name: str = Field(description="Its name in the set of 15 that avatars have as blend shapes.", examples=["PP"])


class SpeechMarks(View):
    timed: bool = Field(description="Whether the voice told these times itself; otherwise the shapes are guessed.")
    duration_ms: int = Field(ge=0, description="How long the sound is, in milliseconds.", examples=[1640])
    words: list[SpeechMark] = Field(description="In order; numbers are one word, however long they are said.")
    phones: list[SpeechMark] = Field(description="In order.")
    mouth: list[MouthMark] = Field(description="Each holds until the next; the last is silence.")
