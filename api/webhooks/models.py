"""Endpoints, events and deliveries as they are stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kit.storable import JsonObject

DeliveryStatus = Literal["waiting", "delivered", "dead"]
DisabledReason = Literal["owner", "failing", "gone"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Of a person (`user_id`) or of an organization. `failing_since`: nothing has arrived since then."""

    id: str
    user_id: str | None
    organization_id: str | None
    url: str
    description: str
    events: list[str]
    previous_until: datetime | None
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_reason: DisabledReason | None
    created_at: datetime

    @property
    def owner(self) -> str:
        """Id of the organization or the user."""
        return self.organization_id or self.user_id or ""


@dataclass(frozen=True, slots=True)
class Fact:
    """An event before it is stored. `once`: a second one of this name is left out."""

    type: str
    user_id: str | None
    audience: list[str]
    data: JsonObject
    at: datetime
    once: str | None = None
    endpoint_id: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to one endpoint. `problem` and `response_status` are of the last try, `next_at` is when the
    next one is due."""

    id: str
    event_id: str
    type: str
    status: DeliveryStatus
    attempts: int
    next_at: datetime | None
    response_status: int | None
    problem: str | None
    latency_ms: int | None
    created_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which deliveries of an endpoint: one of them, or those of a status that were made in [since, until)."""

    only: str | None = None
    status: DeliveryStatus | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver."""

    at: datetime
    response_status: int | None
    problem: str | None
    latency_ms: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that is needed to send one delivery. `failures` is how many tries in a row came to nothing."""

    delivery_id: str
    endpoint_id: str
    organization_id: str | None
    url: str
    secret_sealed: bytes
    previous_secret_sealed: bytes | None
    previous_until: datetime | None
    is_disabled: bool
    failures: int
    event_id: str
    type: str
    user_id: str | None
    data: JsonObject
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended."""

    at: datetime
    status: int | None
    problem: str | None
    latency_ms: int
    retry_after: int | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether the endpoint answered with a status of 200 to 299."""
        return self.status is not None and 200 <= self.status < 300
