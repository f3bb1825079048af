"""Shapes of search on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from kit.http.wire import Body, View

_ID = "0192d3a4-5b6c-7d8e-9f01-23456789abcd"
_SNIPPET = "Yesterday I went to the <mark>cinema</mark> with Tom &amp; Ann"


class CoreSearchQuery(Body):
    q: str = Field(min_length=1, max_length=500, description="What to look for.", examples=["cinema"])
    type: Literal["all", "conversation", "message", "note"] = Field(
        "all", description="Only one kind of row.", examples=["message"]
    )
    limit: int = Field(20, ge=1, le=100, description="Rows of each kind at most.")


class CoreSearchConversationResult(View):
    id: str = Field(description="The conversation's id.", examples=[_ID])
    title: str = Field(description="Its title, as it is.", examples=["Cinema"])
    snippet: str = Field(description="HTML: `<mark>` around what was found, the rest escaped.", examples=[_SNIPPET])
    score: float = Field(description="Higher is better; comparable within one answer.", examples=[0.42])


class CoreSearchMessageResult(View):
    id: str = Field(description="The message's id.", examples=[_ID])
    conversation_id: str = Field(description="Its conversation.", examples=[_ID])
    role: Literal["user", "assistant", "system"] = Field(description="Who wrote it.", examples=["user"])
    snippet: str = Field(description="HTML: `<mark>` around what was found, the rest escaped.", examples=[_SNIPPET])
    score: float = Field(description="Higher is better; comparable within one answer.", examples=[0.42])
    created_at: datetime = Field(description="When it was written.", examples=["2026-03-02T09:00:00Z"])


class CoreSearchNoteResult(View):
    id: str = Field(description="The note's id.", examples=[_ID])
    title: str = Field(description="Its title, as it is.", examples=["Past tense"])
    snippet: str = Field(description="HTML: `<mark>` around what was found, the rest escaped.", examples=[_SNIPPET])
    score: float = Field(description="Higher is better; comparable within one answer.", examples=[0.42])


class CoreSearchResponse(View):
    query: str = Field(description="What was looked for.", examples=["cinema"])
    conversations: list[CoreSearchConversationResult] = Field(description="Conversations by their title, best first.")
    messages: list[CoreSearchMessageResult] = Field(description="Messages, best first.")
    notes: list[CoreSearchNoteResult] = Field(description="Notes, best first.")
    took_ms: float = Field(description="Milliseconds that the search took.", examples=[4.2])


class TypesenseStatusResponse(View):
    engine: str = Field(description="The search engine in use.", examples=["postgresql"])
    healthy: bool = Field(description="Whether it answers.", examples=[True])
    documents: int = Field(description="Rows in its index.", examples=[120_000])
    pending: int = Field(description="Rows that it has still to take in.", examples=[0])
    last_indexed_at: datetime | None = Field(description="The newest row in it.", examples=["2026-03-02T09:00:00Z"])


class TypesenseReindexRequest(Body):
    scope: Literal["all", "conversations", "messages", "notes"] = Field(
        "all", description="What to index again.", examples=["messages"]
    )


class SearchReindexResponse(View):
    job_id: str = Field(description="The job that does it.", examples=[_ID])
    status: Literal["queued"] = Field(description="It waits its turn.", examples=["queued"])
