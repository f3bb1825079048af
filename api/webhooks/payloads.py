"""What is sent to receivers: the envelope of Standard Webhooks, and the members of each event. Ids, times and numbers;
what a learner said or wrote is not in it, and is fetched with a credential."""

from datetime import datetime
from typing import Generic, Literal, TypeVar

from pydantic import Field

from kit.http.wire import Id, View

D = TypeVar("D", bound=View)

_ACCOUNT = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f10"
_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_ASSIGNMENT = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f70"
_SESSION = "019b2f6e-5a7c-7d10-8c33-7a1d2f0e9b11"
_TRANSCRIPT = "019b2f6e-5a7c-7d10-8c33-7a1d2f0e9b12"
_WHEN = "2026-11-23T19:00:00Z"
LOW: dict[str, object] = {
    "type": "quota.low",
    "timestamp": _WHEN,
    "data": {
        "account_id": _ACCOUNT,
        "organization_id": None,
        "links": {"self": "https://parley.example/api/live/quota", "organization": None},
        "limit_seconds": 600,
        "remaining_seconds": 118,
        "resets_at": "2026-12-01T00:00:00Z",
    },
}
"""An event, as it is sent."""

EndReason = Literal["client", "quota", "limit", "timeout", "taken_over", "draining", "unavailable"]


class EventLinks(View):
    self_: str | None = Field(
        None,
        alias="self",
        description="Where the account itself reads more.",
        examples=[f"https://parley.example/api/live/transcripts/{_TRANSCRIPT}"],
    )
    organization: str | None = Field(
        None,
        description="Where those who lead the organization read more.",
        examples=[f"https://parley.example/api/organizations/{_ORGANIZATION}/class"],
    )


class EventData(View):
    account_id: Id | None = Field(
        None, description="The account that it is about; null when it is about none.", examples=[_ACCOUNT]
    )
    organization_id: Id | None = Field(
        None, description="The organization that it is about, or whose endpoint this is.", examples=[_ORGANIZATION]
    )
    links: EventLinks = Field(EventLinks(), description="Where to fetch what is not in here.")


class SessionEndedData(EventData):
    session_id: Id = Field(description="The live session.", examples=[_SESSION])
    session_type: str = Field(description="What kind of session it was.", examples=["voice"])
    reason: EndReason = Field(description="Why it ended.", examples=["client"])
    started_at: datetime = Field(description="When it was started.", examples=[_WHEN])
    ended_at: datetime = Field(description="When it ended.", examples=[_WHEN])
    billed_seconds: int = Field(description="Seconds that it costs of the quota.", examples=[412])
    transcript_id: Id | None = Field(None, description="Null when nothing was said.", examples=[_TRANSCRIPT])


class TranscriptReadyData(EventData):
    transcript_id: Id = Field(description="The transcript, which will not change any more.", examples=[_TRANSCRIPT])
    session_id: Id | None = Field(
        None, description="The live session; null when it was saved by a service.", examples=[_SESSION]
    )


class ModuleCompletedData(EventData):
    module_id: str = Field(description="The module.", examples=["a1-meeting-people"])
    score: int = Field(description="The mean of the best scores of its tasks, 0 to 100.", examples=[86])
    completed_at: datetime = Field(description="When it was completed for the first time.", examples=[_WHEN])


class AssignmentDueData(EventData):
    assignment_id: Id = Field(description="The assignment.", examples=[_ASSIGNMENT])
    due_at: datetime = Field(description="When it was to be done.", examples=[_WHEN])


class QuotaLowData(EventData):
    limit_seconds: int = Field(description="Seconds of live sessions a calendar month (UTC).", examples=[600])
    remaining_seconds: int = Field(description="Seconds that are left of them.", examples=[118])
    resets_at: datetime = Field(description="When the next month begins.", examples=["2026-12-01T00:00:00Z"])


class WebhookTestData(EventData):
    webhook_id: Id = Field(description="The endpoint.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"])


class Envelope(View, Generic[D]):
    type: str = Field(description="The event.", examples=["session.ended"])
    timestamp: datetime = Field(description="When it happened.", examples=[_WHEN])
    data: D = Field(description="What happened.")


class SessionEndedEvent(Envelope[SessionEndedData]):
    """A live session is over and billed."""

    type: Literal["session.ended"] = Field(description="The event.", examples=["session.ended"])


class TranscriptReadyEvent(Envelope[TranscriptReadyData]):
    """The whole transcript of a session can be read."""

    type: Literal["transcript.ready"] = Field(description="The event.", examples=["transcript.ready"])


class ModuleCompletedEvent(Envelope[ModuleCompletedData]):
    """A learner has completed a module for the first time."""

    type: Literal["module.completed"] = Field(description="The event.", examples=["module.completed"])


class AssignmentDueEvent(Envelope[AssignmentDueData]):
    """The time of an assignment is up. Organizations get one event, learners one each."""

    type: Literal["assignment.due"] = Field(description="The event.", examples=["assignment.due"])


class QuotaLowEvent(Envelope[QuotaLowData]):
    """Less than a fifth of the month's live minutes is left. Once a month."""

    type: Literal["quota.low"] = Field(description="The event.", examples=["quota.low"])


class WebhookTestEvent(Envelope[WebhookTestData]):
    """A test that somebody asked for."""

    type: Literal["webhook.test"] = Field(description="The event.", examples=["webhook.test"])
