"""The shapes of connections on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.skills.models import Status
from kit.http.wire import Body, Id, Moment, Page, View

ReturnAddress = Annotated[str, StringConstraints(pattern=r"^(/|https?://)[^\x00]*$", max_length=500)]
_ID = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f50"
_WHEN = "2026-11-23T19:00:00Z"


class IntegrationOut(View):
    """An account at another provider."""

    id: Id = Field(description="The connection.", examples=[_ID])
    provider: str = Field(description="Whose.", examples=["google-calendar"])
    status: Status = Field(description="Whether it can be used; else connect again.", examples=["active"])
    account: str = Field(description="The account there.", examples=["ana@example.com"])
    scopes: list[str] = Field(description="What was permitted.", examples=[["openid", "email"]])
    connected_at: datetime = Field(description="When it was permitted.", examples=[_WHEN])


class IntegrationList(Page[IntegrationOut]):
    """The newest first."""


class ConnectQuery(Body):
    redirect_to: ReturnAddress | None = Field(
        None, description="Where to go afterwards: a path, or an address of a configured origin.", examples=["/"]
    )


class GoogleCalendarStartResponse(View):
    authorization_url: str = Field(
        description="Send the user there.", examples=["https://accounts.google.com/o/oauth2/v2/auth?…"]
    )
    state: str = Field(description="Comes back with the user.", examples=["Zk3vQ9aB…"])
    expires_at: datetime = Field(description="Until when they must be back.", examples=[_WHEN])


class CallbackQuery(Body):
    """What Google sends along. Only `state`, `code` and `error` mean anything here."""

    state: str = Field(min_length=1, max_length=200, description="From the start.", examples=["Zk3vQ9aB…"])
    code: str | None = Field(None, min_length=1, max_length=500, description="The permission.", examples=["4/0Ab…"])
    error: str | None = Field(None, max_length=200, description="Why there is none.", examples=["access_denied"])
    error_description: str | None = Field(None, max_length=500, description="Ignored.", examples=[""])
    scope: str | None = Field(None, max_length=500, description="Ignored.", examples=["email"])
    authuser: str | None = Field(None, max_length=50, description="Ignored.", examples=["0"])
    prompt: str | None = Field(None, max_length=50, description="Ignored.", examples=["consent"])
    hd: str | None = Field(None, max_length=200, description="Ignored.", examples=["example.com"])
    iss: str | None = Field(None, max_length=200, description="Ignored.", examples=["https://accounts.google.com"])


class ConnectResult(View):
    provider: Literal["google-calendar"] = Field("google-calendar", description="Whose.", examples=["google-calendar"])
    connected: bool = Field(description="False when the user declined.", examples=[True])
    account: str | None = Field(description="The account there.", examples=["ana@example.com"])


class LessonRequest(Body):
    starts_at: Moment = Field(description="When the lesson begins.", examples=["2030-01-01T18:00:00Z"])
    duration_minutes: int = Field(30, ge=5, le=480, description="How long it takes.", examples=[30])
    title: str = Field("English lesson", min_length=1, max_length=200, description="The entry.", examples=["Speaking"])
    description: str = Field("", max_length=4000, description="The entry's text.", examples=["Unit 3: at the market"])


class CalendarEventResponse(View):
    event_id: str = Field(description="The entry at Google.", examples=["0199e0a45d5e7cc398a15d1e1c5b2f50"])
    html_link: str = Field(description="Shows it.", examples=["https://calendar.google.com/event?eid=…"])
    title: str = Field(description="The entry.", examples=["Speaking"])
    starts_at: datetime = Field(description="When the lesson begins.", examples=["2030-01-01T18:00:00Z"])
    ends_at: datetime = Field(description="When it ends.", examples=["2030-01-01T18:30:00Z"])
