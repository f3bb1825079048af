"""Shapes of conversations on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.conversations.models import Role
from kit.http.wire import Body, Page, View

_ID = "0192d3a4-5b6c-7d8e-9f01-23456789abcd"


class ConversationCreateRequest(Body):
    title: str | None = Field(
        None,
        max_length=200,
        description="Its title; without one it is made from the first message.",
        examples=["Travel"],
    )
    language: str | None = Field(
        None,
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        description="The language that is spoken (BCP 47).",
        examples=["en"],
    )


class ConversationResponse(View):
    id: str = Field(description="The conversation's id.", examples=[_ID])
    title: str = Field(description="Its title.", examples=["Travel plans"])
    language: str | None = Field(description="The language that is spoken (BCP 47).", examples=["en"])
    message_count: int = Field(description="Messages in it.", examples=[12])
    created_at: datetime = Field(description="When it was created.", examples=["2026-03-02T09:00:00Z"])
    updated_at: datetime = Field(description="When its last message came.", examples=["2026-03-02T09:12:00Z"])


class ConversationList(Page[ConversationResponse]):
    """Conversations, newest first."""


class ConversationMessage(View):
    id: str = Field(description="The message's id.", examples=[_ID])
    role: Role = Field(description="Who wrote it.", examples=["user"])
    content: str = Field(description="Its text.", examples=["Yesterday I went to the cinema."])
    provider: str | None = Field(description="Who generated it; null for people.", examples=["builtin"])
    model: str | None = Field(description="The model that generated it.", examples=["parley-tutor-1"])
    status: Literal["complete", "partial"] = Field(
        description="`partial`: the provider broke off or the reader left.", examples=["complete"]
    )
    created_at: datetime = Field(description="When it was written.", examples=["2026-03-02T09:00:00Z"])


class ConversationMessageList(Page[ConversationMessage]):
    """Messages of a conversation, oldest first."""


class CoreConversationSessionActivityRequest(Body):
    active_seconds: int | None = Field(
        None,
        ge=0,
        le=86400,
        examples=[30],
        description="Seconds of activity up to now; 300 at most are counted, and no second twice.",
    )
    event: Literal["heartbeat", "message", "typing", "speech", "pause", "resume"] | None = Field(
        None, description="What happened. After `resume` the time before it is not counted.", examples=["heartbeat"]
    )


class CoreConversationSessionStartResponse(View):
    session_id: str = Field(description="The session's id.", examples=[_ID])
    conversation_id: str = Field(description="Its conversation.", examples=[_ID])
    started_at: datetime = Field(description="When it began.", examples=["2026-03-02T09:00:00Z"])
    status: Literal["active", "idle"] = Field(
        description="`idle` after two minutes without activity.", examples=["active"]
    )


class CoreConversationSessionActivityResponse(View):
    session_id: str = Field(description="The session's id.", examples=[_ID])
    last_activity_at: datetime = Field(description="The last sign of life.", examples=["2026-03-02T09:05:00Z"])
    active_seconds: int = Field(description="Active seconds so far, none counted twice.", examples=[270])


class CoreConversationSessionEndResponse(View):
    session_id: str = Field(description="The session's id.", examples=[_ID])
    ended_at: datetime = Field(description="When it ended.", examples=["2026-03-02T09:15:00Z"])
    duration_seconds: int = Field(description="Seconds from its start to its end.", examples=[900])
    active_seconds: int = Field(description="Seconds of activity in it.", examples=[720])
    xp_awarded: int = Field(description="XP given for it.", examples=[24])


class CoreConversationSessionStatusResponse(View):
    session_id: str | None = Field(description="The running or last session; null when there was none.", examples=[_ID])
    status: Literal["none", "active", "idle", "ended"] = Field(description="How it is.", examples=["active"])
    started_at: datetime | None = Field(description="When it began.", examples=["2026-03-02T09:00:00Z"])
    last_activity_at: datetime | None = Field(description="The last sign of life.", examples=["2026-03-02T09:05:00Z"])
    active_seconds: int = Field(description="Active seconds so far.", examples=[270])
