"""Shapes of the placement. The right answers and what is heard have no place here."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.english.catalog.frame import Level
from api.english.schemas.modules import XELOption, XELSpeech
from kit.http.wire import Body, Id, View

PlacementSkill = Literal["use", "reading", "listening", "writing", "speaking"]
PlacementKind = Literal["choice", "gap", "writing", "reading_aloud"]
PlacementStatus = Literal["none", "open", "done", "skipped"]
Response = Annotated[str, StringConstraints(max_length=5000)]

_AUDIO = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"


class XELPlacementStartRequest(Body):
    speaking: bool = Field(True, description="Whether there is a microphone; speaking is left out otherwise.")
    again: bool = Field(False, description="Begin from the first question, even if a placement is open.")


class XELPlacementAnswerRequest(Body):
    number: int = Field(ge=1, le=100, description="The question that is answered, as it was given.", examples=[1])
    response: Response = Field(
        "", description="An option id, or what was typed. Empty for “I do not know”.", examples=["b"]
    )
    audio_id: Id | None = Field(
        None,
        description="Reading aloud: the `audio_id` from evaluating the recording with `reference_text`.",
        examples=[_AUDIO],
    )
    leave_out: bool = Field(False, description="Reading aloud: leave speaking out, for want of a microphone.")


class XELPlacementQuestion(View):
    number: int = Field(description="From 1.", examples=[7])
    most: int = Field(description="There are never more questions than this.", examples=[25])
    skill: PlacementSkill = Field(description="What it asks for; `use` is grammar and words.", examples=["reading"])
    kind: PlacementKind = Field(description="How it is answered.", examples=["choice"])
    text: str = Field(
        description="The question, the sentence with its gap (`___`), the topic, or the sentence to read aloud.",
        examples=["When can you go to the shop?"],
    )
    passage: str | None = Field(None, description="Text to read.", examples=["The shop is open from Monday to Friday."])
    audio_url: str | None = Field(
        None, description="What to listen to: a path on this server.", examples=[f"/api/learn/english/audio/{_AUDIO}"]
    )
    speech: XELSpeech | None = Field(None, description="What the client has to say when there is no `audio_url`.")
    options: list[XELOption] | None = Field(None, description="Of a choice.")
    min_words: int | None = Field(None, description="Words that a text should have at least.", examples=[35])


class XELPlacementSkill(View):
    skill: PlacementSkill = Field(description="The skill; `use` is grammar and words.", examples=["listening"])
    level: Level = Field(description="Its CEFR level.", examples=["B1"])
    confidence: float = Field(ge=0, le=1, description="That the truth is within half a level.", examples=[0.78])
    questions: int = Field(description="How many were asked.", examples=[5])
    right: int = Field(description="How many were answered well.", examples=[3])
    hardest_right: Level | None = Field(None, description="The level of the hardest one of those.", examples=["B1"])
    why: str = Field(
        description="Why, in English.",
        examples=["3 of 5 answered well, the hardest at B1. Compared with the whole: weaker."],
    )


class XELPlacementModule(View):
    id: str = Field(description="Id of the module.", examples=["b1-small-changes"])
    title: str = Field(description="Its title.", examples=["Small changes"])
    cefr_level: Level = Field(description="Its CEFR level.", examples=["B1"])


class XELPlacementResult(View):
    level: Level = Field(description="The CEFR level, A1 to C1.", examples=["B1"])
    position: float = Field(ge=0, le=1, description="Where in the level: 0 its beginning, 1 its end.", examples=[0.4])
    confidence: float = Field(
        ge=0, le=1, description="The probability that the truth is within half a level.", examples=[0.91]
    )
    questions: int = Field(description="How many were answered.", examples=[22])
    why: str = Field(description="Why, in English.", examples=["You answered well up to B1 and seldom above it."])
    skills: list[XELPlacementSkill] = Field(description="Those that were asked.")
    unlocked: list[XELPlacementModule] = Field(description="What is open from now on: all modules up to the level.")
    next_module_id: str | None = Field(
        None, description="The module to begin with; null when all are completed.", examples=["b1-small-changes"]
    )
    finished_at: datetime = Field(description="When (UTC).", examples=["2026-03-02T09:30:00Z"])


class XELPlacementResponse(View):
    status: PlacementStatus = Field(description="Of the last placement; `none` before the first.", examples=["open"])
    question: XELPlacementQuestion | None = Field(None, description="The open question.")
    result: XELPlacementResult | None = Field(None, description="The last result there is.")
