"""Shapes of texts that teachers bring and of the modules made of them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from api.english.catalog.frame import Level
from api.english.schemas.modules import XELTask
from kit.http.wire import Body, Id, Page, Paging, View

_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_DOCUMENT = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f40"
_MODULE = "own-0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"
_TEXT = "Maria lives in a small house near the river. Every morning she walks to the bakery."
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Pasted = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class XELTextRequest(Body):
    """A text of 40 words to 6,000 characters, or a document of the knowledge base, of which the beginning is taken."""

    organization_id: Id = Field(description="Where the caller teaches; it owns the module.", examples=[_ORGANIZATION])
    title: Title = Field(description="What the module is called.", examples=["A visit"])
    text: Pasted | None = Field(None, description="The text.", examples=[_TEXT])
    document_id: Id | None = Field(
        None, description="A document that the caller may read; `text` is not read then.", examples=[_DOCUMENT]
    )
    level: Level | None = Field(None, description="Its CEFR level; found by its words when left out.", examples=["A2"])

    @model_validator(mode="after")
    def has_a_text(self) -> Self:
        if self.text is None and self.document_id is None:
            raise ValueError("Give text or document_id.")
        return self


class XELHardWord(View):
    word: str = Field(description="A word above the level.", examples=["anecdote"])
    level: str = Field(description="The level at which learners meet it.", examples=["C1"])
    count: int = Field(description="How often it occurs.", examples=[1])


class XELWordLevels(View):
    A1: int = Field(description="Words of level A1 in the text.", examples=[88])
    A2: int = Field(description="Words of level A2.", examples=[2])
    B1: int = Field(description="Words of level B1.", examples=[0])
    B2: int = Field(description="Words of level B2.", examples=[1])
    C1: int = Field(description="Words of level C1.", examples=[1])


class XELTextPreview(View):
    """What would be made of a text. Nothing is kept."""

    title: str = Field(description="What the module is called.", examples=["A visit"])
    cefr_level: Level = Field(description="Its level.", examples=["A1"])
    text: str = Field(description="The text that was taken.", examples=[_TEXT])
    is_cut: bool = Field(description="Whether the document goes on.", examples=[False])
    words: int = Field(description="Words of the text without names.", examples=[92])
    by_level: XELWordLevels = Field(description="How many words of each level.")
    above: list[XELHardWord] = Field(description="Words above the level, the hardest first; at most 100.")
    warning: str | None = Field(
        description="What to think about before giving it to learners.", examples=["4 % of the words are above A1."]
    )
    tasks: list[XELTask] = Field(description="The tasks, as learners see the first variant of each.")
    answers: dict[str, str | list[str]] = Field(
        description="The key to each task by its id.", examples=[{"dictation": "Maria lives in a small house."}]
    )


class XELOwnModule(View):
    id: str = Field(description="The module: to be given in an assignment.", examples=[_MODULE])
    organization_id: Id = Field(description="Whose it is.", examples=[_ORGANIZATION])
    title: str = Field(description="What it is called.", examples=["A visit"])
    cefr_level: Level = Field(description="Its level.", examples=["A1"])
    tasks: int = Field(description="Number of tasks.", examples=[6])
    is_mine: bool = Field(description="Whether the caller made it.", examples=[True])
    created_at: datetime = Field(description="When it was made (UTC).", examples=["2026-03-02T09:30:00Z"])


class XELOwnModuleQuery(Paging):
    organization_id: Id = Field(description="Whose modules; the caller teaches there.", examples=[_ORGANIZATION])


class XELOwnModuleList(Page[XELOwnModule]):
    """Modules that were made of texts in an organization, the newest first."""
