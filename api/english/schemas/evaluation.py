"""Shapes of evaluating speech and writing."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from kit.http.wire import Body, Id, View
from speech import assessment

CefrLevel = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
ShortText = Annotated[str, StringConstraints(max_length=4_000)]


class XELEvaluationRequest(Body):
    """JSON: an evaluation of writing."""

    skill: Literal["writing"] = Field(description="`speaking` needs a recording: send multipart/form-data.")
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)] = Field(
        description="The learner's text.", examples=["Last weekend I go to the beach with my family."]
    )
    prompt: ShortText | None = Field(
        None, description="What the learner was asked to write.", examples=["Read the text and choose the best answer."]
    )


_MEDIA_TYPES: list[JsonValue] = ["audio/wav", "audio/ogg", "audio/webm", "audio/mpeg", "audio/mp4", "audio/flac"]


class XELEvaluationUpload(Body):
    """multipart/form-data: an evaluation of a recording."""

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"module_id": ["task_id"], "task_id": ["module_id"]}}
    )

    skill: Literal["speaking"] = Field(description="The skill.")
    audio: bytes = Field(
        description="WAV, Ogg/Opus, WebM, MP3, M4A or FLAC; 5 minutes and 25 MB at most.",
        json_schema_extra={"format": "binary", "x-media-types": _MEDIA_TYPES},
    )
    prompt: ShortText | None = Field(
        None, description="What the learner was asked to say.", examples=["Read the text and choose the best answer."]
    )
    reference_text: ShortText | None = Field(
        None, description="What the learner meant to read aloud.", examples=["Where are you from?"]
    )
    module_id: str | None = Field(
        None,
        max_length=80,
        description="With task_id: what to say comes from the task.",
        examples=["a1-meeting-people"],
    )
    task_id: str | None = Field(
        None, max_length=80, description="With module_id: the task to be handed in.", examples=["repeat"]
    )
    keep_recording: bool = Field(
        False,
        description="The learner's consent to keep the recording. Without it only the evaluation is kept.",
        examples=[False],
    )


class XELCriterion(View):
    name: str = Field(description="What was judged.", examples=["grammar"])
    score: int = Field(ge=0, le=100, description="0 to 100.", examples=[72])
    comment: str = Field(
        description="Why, in a sentence for the learner.", examples=["Two verbs are in the wrong tense."]
    )


class XELCorrection(View):
    start: int = Field(description="First character of the span, from 0.", examples=[15])
    end: int = Field(description="Character after the span.", examples=[17])
    original: str = Field(description="The span.", examples=["go"])
    suggestion: str = Field(description="What to write instead; empty to leave it out.", examples=["went"])
    kind: str = Field(description="Kind of error.", examples=["tense"])
    message: str = Field(description="Why.", examples=["Last weekend is over: use the past."])
    item: str | None = Field(
        None, description="Where the response is a list: the item that the span is in.", examples=["2"]
    )
    rule: str | None = Field(
        None, description="The rule behind it, finer than `kind`: `article_the`, `ing_form`.", examples=["tense"]
    )
    explanation: str | None = Field(
        None,
        description="The rule in one sentence, simple for A1 and A2, fuller from B1 on. "
        "Null where an earlier correction of the same text explains it.",
        examples=["Use the past for what is over: yesterday I went."],
    )
    module_id: str | None = Field(
        None, description="The module that teaches the rule; null when none does.", examples=["a2-last-weekend"]
    )


class XELEngine(View):
    name: str = Field(description="What judged it.", examples=["parley-rules"])
    version: str = Field(description="Its version.", examples=["1"])


class XELEvaluationResponse(View):
    evaluation_id: Id = Field(description="Id of the evaluation.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    skill: Literal["speaking", "writing"] = Field(description="What was evaluated.")
    overall: int = Field(ge=0, le=100, description="0 to 100.", examples=[74])
    criteria: list[XELCriterion] = Field(description="The sides that make up the whole.")
    cefr_level: CefrLevel | None = Field(
        None, description="Estimated level; null when there was too little to tell.", examples=["B1"]
    )
    corrections: list[XELCorrection] = Field(description="Corrections as spans in the text or transcript.")
    feedback: str = Field(description="What to work on.", examples=["1 of 2 right.\n2: Marta is the student."])
    transcript: str | None = Field(
        None, description="Speaking: what was heard. Never the reference text.", examples=["here is my phone number"]
    )
    pronunciation: assessment.Report | None = Field(
        None, description="Speaking: how it was pronounced.", examples=[None]
    )
    audio_id: Id | None = Field(
        None,
        description="Speaking: hand in a task with it. Same as evaluation_id.",
        examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"],
    )
    recording_kept: bool | None = Field(
        None, description="Speaking: whether the sound itself was kept.", examples=[False]
    )
    engine: XELEngine = Field(description="What judged it.")
