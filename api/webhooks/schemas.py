"""The shapes of endpoints and deliveries on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, WithJsonSchema

from api.webhooks import payloads
from api.webhooks.models import DeliveryStatus, DisabledReason
from api.webhooks.rules import MOST_REPLAYED
from kit.foreign_servers import LONGEST_ADDRESS
from kit.http.wire import Body, Id, Moment, Page, Paging, View

EventName = Literal["session.ended", "transcript.ready", "module.completed", "assignment.due", "quota.low"]
Problem = Literal[
    "refused",
    "redirected",
    "address_refused",
    "name_unknown",
    "connection_failed",
    "tls_failed",
    "timed_out",
    "answer_unreadable",
    "endpoint_disabled",
]
Payload = Annotated[
    payloads.SessionEndedEvent
    | payloads.TranscriptReadyEvent
    | payloads.ModuleCompletedEvent
    | payloads.AssignmentDueEvent
    | payloads.QuotaLowEvent
    | payloads.WebhookTestEvent,
    Field(discriminator="type"),
]
Address = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_ADDRESS),
    WithJsonSchema({"type": "string", "format": "uri", "maxLength": LONGEST_ADDRESS}),
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

_WEBHOOK = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"
_DELIVERY = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f91"
_EVENT = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f92"
_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_WHEN = "2026-11-23T19:00:00Z"
_LATER = "2026-11-24T19:00:00Z"
_URL = "https://example.org/hooks/parley"
_TRIES = Field(description="Number of tries so far.", examples=[2])
_STATUS = Field(description="Status of the answer, from 100 to 599; null when there was none.", examples=[500])
_PROBLEM = Field(description="Why it did not arrive; null when it did.", examples=["refused"])
_LATENCY = Field(description="How long the try took, in milliseconds.", examples=[120])


class WebhookQuery(Paging):
    organization_id: Id | None = Field(
        None,
        description="The organization whose webhooks are meant; without it the caller's own.",
        examples=[_ORGANIZATION],
    )


class WebhookCreateRequest(Body):
    url: Address = Field(description="Where events are sent.", examples=[_URL])
    events: list[EventName] = Field(
        min_length=1, max_length=20, description="Which events.", examples=[["session.ended", "transcript.ready"]]
    )
    description: Description = Field("", description="A note for people.", examples=["Grade book"])
    organization_id: Id | None = Field(
        None,
        description="The organization whose learners it is about; without it the caller.",
        examples=[_ORGANIZATION],
    )


class WebhookUpdateRequest(Body):
    url: Address | None = Field(None, description="Where events are sent; null leaves it.", examples=[_URL])
    events: Annotated[list[EventName], Field(min_length=1, max_length=20)] | None = Field(
        None, description="Which events; null leaves them.", examples=[["session.ended"]]
    )
    description: Description | None = Field(None, description="A note for people.", examples=["Grade book"])
    enabled: bool | None = Field(None, description="Whether anything is sent; null leaves it.", examples=[True])


class WebhookResponse(View):
    id: Id = Field(description="The webhook.", examples=[_WEBHOOK])
    organization_id: Id | None = Field(
        description="The organization whose it is; null for a person's own.", examples=[_ORGANIZATION]
    )
    url: str = Field(description="Where events are sent.", examples=[_URL])
    description: str = Field(description="A note for people.", examples=["Grade book"])
    events: list[EventName] = Field(description="Which events.", examples=[["session.ended"]])
    enabled: bool = Field(description="Whether anything is sent.", examples=[True])
    disabled_reason: DisabledReason | None = Field(
        description="Why nothing is sent: its owner said so, nothing has arrived for days, or it answered 410.",
        examples=["failing"],
    )
    disabled_at: datetime | None = Field(description="Since when nothing is sent.", examples=[_WHEN])
    failing_since: datetime | None = Field(
        description="Since when nothing has arrived; null when the last event did.", examples=[_WHEN]
    )
    previous_secret_until: datetime | None = Field(
        description="Until when the secret before this one signs as well.", examples=[_LATER]
    )
    created_at: datetime = Field(description="When it was made.", examples=[_WHEN])
    secret: str | None = Field(
        None,
        description="The secret that signs, once: in the answer to its making and rotation.",
        examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"],
    )


class WebhookList(Page[WebhookResponse]):
    """Webhooks, the newest first."""


class DeliveryQuery(Paging):
    status: DeliveryStatus | None = Field(None, description="Only those that are in this state.")


class WebhookDelivery(View):
    id: Id = Field(description="The delivery.", examples=[_DELIVERY])
    event_id: Id = Field(description="The event, as `webhook-id` has it.", examples=[_EVENT])
    event: str = Field(description="What happened.", examples=["session.ended"])
    status: DeliveryStatus = Field(
        description="`waiting` for its next try, `delivered`, or `dead` after the last one.", examples=["waiting"]
    )
    attempts: int = _TRIES
    next_attempt_at: datetime | None = Field(description="When it is tried next.", examples=[_WHEN])
    response_status: int | None = _STATUS
    problem: Problem | None = _PROBLEM
    latency_ms: int | None = _LATENCY
    created_at: datetime = Field(description="When it was made.", examples=[_WHEN])
    delivered_at: datetime | None = Field(description="When it arrived.", examples=[_WHEN])


class WebhookAttempt(View):
    at: datetime = Field(description="When it was tried.", examples=[_WHEN])
    response_status: int | None = _STATUS
    problem: Problem | None = _PROBLEM
    latency_ms: int = _LATENCY


class WebhookDeliveryDetail(WebhookDelivery):
    tries: list[WebhookAttempt] = Field(description="Its tries, the newest first; 100 at most.")
    payload: Payload = Field(description="What is sent.", examples=[payloads.LOW])


class WebhookDeliveryList(Page[WebhookDelivery]):
    """Deliveries, the newest first."""


class WebhookReplayRequest(Body):
    since: Moment = Field(description="From when on.", examples=[_WHEN])
    until: Moment | None = Field(None, description="Until when; null for now.", examples=[_LATER])
    status: Literal["dead", "delivered"] = Field("dead", description="Which ones.", examples=["dead"])


class WebhookReplayResponse(View):
    replayed: int = Field(
        description=f"Number of deliveries that are sent again: the oldest, {MOST_REPLAYED} at most.", examples=[12]
    )
