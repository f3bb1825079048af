"""The events, as rows: what is sent, which scope a key needs to ask for it, and where more can be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.webhooks import payloads
from api.webhooks.models import Parcel
from kit.http.openapi_webhooks import Webhook
from kit.http.wire import View
from kit.storable import JsonObject

TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Row:
    """`scope` lets a key read the same by asking. `mine` and `theirs` are paths to read more, for the account itself
    and for those who lead the organization; names in braces are members of the data."""

    summary: str
    payload: type[View]
    scope: str
    mine: str | None
    theirs: str | None


_CLASS = "/api/organizations/{organization_id}/class"

ROWS: Mapping[str, Row] = {
    "session.ended": Row(
        "A live session has ended",
        payloads.SessionEndedEvent,
        "live:read",
        "/api/live/transcripts/{transcript_id}",
        _CLASS,
    ),
    "transcript.ready": Row(
        "A transcript can be read",
        payloads.TranscriptReadyEvent,
        "live:read",
        "/api/live/transcripts/{transcript_id}",
        _CLASS,
    ),
    "module.completed": Row(
        "A module was completed",
        payloads.ModuleCompletedEvent,
        "xel:read",
        "/api/learn/english/modules/{module_id}",
        _CLASS,
    ),
    "assignment.due": Row(
        "An assignment is due",
        payloads.AssignmentDueEvent,
        "xel:read",
        "/api/assignments/mine",
        "/api/organizations/{organization_id}/assignments/{assignment_id}/progress",
    ),
    "quota.low": Row("Few live minutes are left", payloads.QuotaLowEvent, "live:read", "/api/live/quota", None),
    TEST: Row("A test of an endpoint", payloads.WebhookTestEvent, "webhooks:read", None, None),
}
NAMES: tuple[str, ...] = tuple(name for name in ROWS if name != TEST)
"""Those that an endpoint can ask for."""


def described() -> list[Webhook]:
    """The events for the OpenAPI document."""
    return [Webhook(name, row.summary, row.payload) for name, row in ROWS.items()]


def body(parcel: Parcel, base_url: str) -> bytes:
    """The bytes that are signed and sent."""
    return shown(parcel, base_url).model_dump_json().encode()


def shown(parcel: Parcel, base_url: str) -> View:
    """The event as it is sent."""
    row = ROWS[parcel.type]
    data: JsonObject = {"account_id": parcel.user_id, "organization_id": parcel.organization_id, **parcel.data}
    mine = None if parcel.organization_id else _link(base_url, row.mine, data)
    theirs = _link(base_url, row.theirs, data) if parcel.organization_id else None
    links = {"self": mine, "organization": theirs}
    return row.payload.model_validate({"type": parcel.type, "timestamp": parcel.at, "data": {**data, "links": links}})


def _link(base_url: str, path: str | None, data: JsonObject) -> str | None:
    """None where a part of the path is missing, as when nothing was said in a session."""
    if path is None:
        return None
    try:
        return base_url + path.format_map({name: value for name, value in data.items() if value is not None})
    except KeyError:
        return None
