"""Shapes of documents on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from kit.http.wire import Body, Id, Page, Paging, View

_ID = "0192d3a4-5b6c-7d8e-9f01-23456789abcd"

Question = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class KnowledgeSearchFilters(Body):
    document_ids: tuple[Id, ...] | None = Field(
        None, max_length=100, description="Only passages of these documents.", examples=[[_ID]]
    )
    visibility: Literal["private", "organization"] | None = Field(
        None, description="Only private documents, or only those of an organization.", examples=["private"]
    )
    media_type: str | None = Field(
        None, max_length=200, description="Only files of this type.", examples=["application/pdf"]
    )


class KnowledgeSearchRequest(Body):
    query: Question = Field(description="What to look for.", examples=["When did Iceland become independent?"])
    top_k: int = Field(10, ge=1, le=50, description="Passages at most.", examples=[10])
    conversation_id: Id | None = Field(None, description="Look into this conversation's documents too.", examples=[_ID])
    filters: KnowledgeSearchFilters | None = Field(None, description="Narrows the search.")


class KnowledgeSearchResultItem(View):
    document_id: str = Field(description="The document.", examples=[_ID])
    title: str = Field(description="Its title.", examples=["Iceland"])
    chunk_id: str = Field(description="The passage.", examples=[_ID])
    heading: str = Field(
        description="The headings above the passage, outermost first.", examples=["History › 20th century"]
    )
    text: str = Field(description="Its text.", examples=["Denmark granted complete independence in 1944."])
    score: float = Field(description="0 to 1; comparable within one answer.", examples=[0.87])
    page: int | None = Field(description="Its page, counted from 1, where the file has pages.", examples=[3])


class KnowledgeSearchResponse(View):
    query: str = Field(description="What was looked for.", examples=["When did Iceland become independent?"])
    results: list[KnowledgeSearchResultItem] = Field(description="Passages, best first.")


class RagDocument(View):
    id: str = Field(description="The document's id.", examples=[_ID])
    title: str = Field(description="Its title.", examples=["Iceland"])
    filename: str = Field(description="The file's name.", examples=["iceland.pdf"])
    media_type: str = Field(description="Its type, decided by its content.", examples=["application/pdf"])
    size_bytes: int = Field(description="Its size in bytes.", examples=[120_000])
    chunks: int = Field(description="Passages in it, once it is ready.", examples=[14])
    status: Literal["processing", "ready", "failed"] = Field(
        description="The state of its reading.", examples=["ready"]
    )
    error: str | None = Field(
        description="Why it failed: encrypted, broken, empty, zip_bomb, macros, too_long, too_slow, too_much_memory, "
        "unknown_encoding (save it as UTF-8) or unsupported.",
        examples=[None],
    )
    visibility: Literal["private", "organization"] = Field(description="Who may see it.", examples=["private"])
    organization_id: str | None = Field(description="The organization that may see it.", examples=[None])
    conversation_id: str | None = Field(description="The conversation it belongs to.", examples=[None])
    created_at: datetime = Field(description="When it was uploaded.", examples=["2026-03-02T09:00:00Z"])


class RagDocumentList(Page[RagDocument]):
    """Documents, newest first."""


class RagDocumentQuery(Paging):
    conversation_id: Id | None = Field(None, description="Only documents of this conversation.", examples=[_ID])


_MEDIA_TYPES: list[JsonValue] = [
    "text/plain",
    "text/markdown",
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]


class RagDocumentUpload(Body):
    file: bytes = Field(
        description="A text, Markdown, HTML, PDF or Word (docx) file of 20 MB at most.",
        json_schema_extra={"format": "binary", "x-media-types": _MEDIA_TYPES},
    )
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = Field(
        None, description="Its title; else the file's name.", examples=["Iceland"]
    )
    visibility: Literal["private", "organization"] = Field("private", description="Who may see it.")
    organization_id: Id | None = Field(
        None, description="The organization; needed by members of several.", examples=[_ID]
    )
    conversation_id: Id | None = Field(None, description="The conversation it belongs to.", examples=[_ID])


class RagUploadResponse(View):
    document: RagDocument = Field(description="The document, still being read.")


class RagQueryRequest(Body):
    query: Question = Field(description="The question.", examples=["When did Iceland become independent?"])
    top_k: int = Field(6, ge=1, le=50, description="Passages that an answer may use.", examples=[6])
    conversation_id: Id | None = Field(
        None, description="Answer from this conversation's documents too.", examples=[_ID]
    )


class RagCitation(View):
    document_id: str = Field(description="The document.", examples=[_ID])
    title: str = Field(description="Its title.", examples=["Iceland"])
    chunk_id: str = Field(description="The passage.", examples=[_ID])
    page: int | None = Field(description="Its page, where the file has pages.", examples=[3])
    quote: str = Field(
        description="The exact words of the passage.",
        examples=["Denmark granted complete independence in 1944."],
    )


class RagQueryResponse(View):
    answer: str = Field(description="The answer, or that none was found.", examples=["In 1944 [1]."])
    citations: list[RagCitation] = Field(description="Where it comes from; empty when nothing was found.")
    provider: str = Field(description="Who wrote it; `builtin` quotes only.", examples=["builtin"])
    model: str = Field(description="The model.", examples=["parley-extract-1"])
    grounded: bool = Field(description="Whether the documents hold the answer.", examples=[True])
