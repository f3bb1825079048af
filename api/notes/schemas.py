"""Shapes of notes on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from kit.http.wire import Body, Id, Page, Paging, View

_ID = "0192d3a4-5b6c-7d8e-9f01-23456789abcd"

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Content = Annotated[str, StringConstraints(max_length=100_000)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Tags = Annotated[tuple[Tag, ...], Field(max_length=20)]


class NoteCreate(Body):
    title: Title = Field(description="Its title.", examples=["Past tense"])
    content: Content = Field(description="Its text.", examples=["go, went, gone"])
    tags: Tags = Field((), description="Words to find it by.", examples=[["grammar"]])
    conversation_id: Id | None = Field(None, description="The conversation it belongs to.", examples=[_ID])


class NoteUpdate(Body):
    title: Title | None = Field(None, description="A new title; left out, it stays.", examples=["Irregular verbs"])
    content: Content | None = Field(None, description="A new text; left out, it stays.", examples=["see, saw, seen"])
    tags: Tags | None = Field(None, description="New tags; left out, they stay.", examples=[["grammar", "verbs"]])
    conversation_id: Id | None = Field(
        None, description="Another conversation, or null for none; left out, it stays.", examples=[_ID]
    )


class NoteResponse(View):
    id: str = Field(description="The note's id.", examples=[_ID])
    title: str = Field(description="Its title.", examples=["Past tense"])
    content: str = Field(description="Its text.", examples=["go, went, gone"])
    tags: list[str] = Field(description="Words to find it by.", examples=[["grammar"]])
    conversation_id: str | None = Field(description="The conversation it belongs to.", examples=[_ID])
    created_at: datetime = Field(description="When it was written.", examples=["2026-03-02T09:00:00Z"])
    updated_at: datetime = Field(description="When it was changed last.", examples=["2026-03-02T09:00:00Z"])


class NoteList(Page[NoteResponse]):
    """Notes, newest first."""


class NoteQuery(Paging):
    tag: str | None = Field(None, max_length=50, description="Only notes with this tag.", examples=["grammar"])
    conversation_id: Id | None = Field(None, description="Only notes of this conversation.", examples=[_ID])
