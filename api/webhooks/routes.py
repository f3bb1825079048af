"""The operations of webhooks."""

from typing import Any

from api.webhooks import schemas
from api.webhooks.access import Asking
from api.webhooks.deliveries import Deliveries
from api.webhooks.models import Attempt, Delivery, Endpoint
from api.webhooks.service import Endpoints
from kit import paging
from kit.audit import Actor
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id

_TAG = "Webhooks"
_ALL = "/api/webhooks"
_ONE = f"{_ALL}/{{webhook_id}}"
_SENT = f"{_ONE}/deliveries"


class WebhookRoutes:
    """The operations of webhooks."""

    def __init__(self, endpoints: Endpoints, deliveries: Deliveries) -> None:
        self._endpoints = endpoints
        self._deliveries = deliveries

    async def listing(self, call: Call, query: schemas.WebhookQuery) -> schemas.WebhookList:
        """The caller's own webhooks, or those of an organization, for its owners and admins. Secrets are not shown."""
        before = paging.id_in(query.cursor)
        found = await self._endpoints.page(call.caller, query.organization_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.WebhookList(items=[_endpoint(each) for each in shown], next_cursor=following)

    async def create(self, call: Call, body: schemas.WebhookCreateRequest) -> schemas.WebhookResponse:
        """Have events sent to an address. The secret is shown once. An organization's webhook gets what its learners
        do; a personal one what its owner does. Keys also need the scope to read what the events are about."""
        made, secret = await self._endpoints.create(
            _asking(call), body.organization_id, body.url, body.description, list(body.events)
        )
        return _endpoint(made, secret)

    async def get(self, call: Call, webhook_id: Id) -> schemas.WebhookResponse:
        """One webhook, and whether its events arrive."""
        return _endpoint(await self._endpoints.get(call.caller, webhook_id))

    async def update(self, call: Call, webhook_id: Id, body: schemas.WebhookUpdateRequest) -> schemas.WebhookResponse:
        """Change the address, the events or the note, disable it or enable it again. What happens while it is disabled
        is not sent later."""
        changed = await self._endpoints.update(
            _asking(call),
            webhook_id,
            url=body.url,
            description=body.description,
            wanted=None if body.events is None else list(body.events),
            is_enabled=body.enabled,
        )
        return _endpoint(changed)

    async def delete(self, call: Call, webhook_id: Id) -> None:
        """Delete it with its deliveries. Nothing is sent any more but what is on its way."""
        await self._endpoints.delete(_asking(call), webhook_id)

    async def rotate(self, call: Call, webhook_id: Id) -> schemas.WebhookResponse:
        """Get a new secret, which is shown once. For 24 hours the one before signs as well."""
        rotated, secret = await self._endpoints.rotate(_asking(call), webhook_id)
        return _endpoint(rotated, secret)

    async def test(self, call: Call, webhook_id: Id) -> schemas.WebhookDelivery:
        """Send the event `webhook.test`."""
        return _delivery(await self._deliveries.test(_asking(call), webhook_id))

    async def deliveries(self, call: Call, webhook_id: Id, query: schemas.DeliveryQuery) -> schemas.WebhookDeliveryList:
        """What was sent within 30 days, and became of it."""
        before = paging.id_in(query.cursor)
        found = await self._deliveries.page(call.caller, webhook_id, query.status, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.WebhookDeliveryList(items=[_delivery(each) for each in shown], next_cursor=following)

    async def delivery(self, call: Call, webhook_id: Id, delivery_id: Id) -> schemas.WebhookDeliveryDetail:
        """One delivery with its tries and its payload."""
        found, tries, payload = await self._deliveries.get(call.caller, webhook_id, delivery_id)
        shown = {"tries": [_attempt(each) for each in tries], "payload": payload}
        return schemas.WebhookDeliveryDetail.model_validate(_delivery(found).model_dump() | shown)

    async def replay(self, call: Call, webhook_id: Id, delivery_id: Id) -> schemas.WebhookDelivery:
        """Send one again, whatever became of it, under the same `webhook-id`."""
        return _delivery(await self._deliveries.replay(_asking(call), webhook_id, delivery_id))

    async def replay_all(
        self, call: Call, webhook_id: Id, body: schemas.WebhookReplayRequest
    ) -> schemas.WebhookReplayResponse:
        """Send those again that were made between two times."""
        count = await self._deliveries.replay_all(_asking(call), webhook_id, body.status, body.since, body.until)
        return schemas.WebhookReplayResponse(replayed=count)

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "webhooks:read", "added": True}
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "webhooks:write", "added": True}
        costly: dict[str, Any] = {**write, "status": 202, "rate": "heavy", "errors": (409,)}
        again = "Replay a delivery"
        return [
            Operation("GET", _ALL, self.listing, "List webhooks", _TAG, **read, errors=(404,)),
            Operation(
                "POST",
                _ALL,
                self.create,
                "Create a webhook",
                _TAG,
                **write,
                status=201,
                errors=(404, 409),
                idempotent=True,
            ),
            Operation("GET", _ONE, self.get, "Get a webhook", _TAG, **read),
            Operation("PATCH", _ONE, self.update, "Update a webhook", _TAG, **write),
            Operation("DELETE", _ONE, self.delete, "Delete a webhook", _TAG, **write, status=204),
            Operation("POST", f"{_ONE}/rotate", self.rotate, "Rotate a secret", _TAG, **write, idempotent=True),
            Operation("POST", f"{_ONE}/test", self.test, "Send a test event", _TAG, **costly, idempotent=True),
            Operation("GET", _SENT, self.deliveries, "List deliveries", _TAG, **read),
            Operation("GET", f"{_SENT}/{{delivery_id}}", self.delivery, "Get a delivery", _TAG, **read),
            Operation("POST", f"{_SENT}/{{delivery_id}}/replay", self.replay, again, _TAG, **costly),
            Operation("POST", f"{_ONE}/replay", self.replay_all, "Replay deliveries", _TAG, **costly),
        ]


def _asking(call: Call) -> Asking:
    return Asking(call.caller, Actor(call.caller.user_id, call.address, call.request_id))


def _endpoint(one: Endpoint, secret: str | None = None) -> schemas.WebhookResponse:
    return schemas.WebhookResponse.model_validate(
        {
            "id": one.id,
            "organization_id": one.organization_id,
            "url": one.url,
            "description": one.description,
            "events": one.events,
            "enabled": one.disabled_at is None,
            "disabled_reason": one.disabled_reason,
            "disabled_at": one.disabled_at,
            "failing_since": one.failing_since,
            "previous_secret_until": one.previous_until,
            "created_at": one.created_at,
            "secret": secret,
        }
    )


def _delivery(one: Delivery) -> schemas.WebhookDelivery:
    return schemas.WebhookDelivery.model_validate(
        {
            "id": one.id,
            "event_id": one.event_id,
            "event": one.type,
            "status": one.status,
            "attempts": one.attempts,
            "next_attempt_at": one.next_at,
            "response_status": one.response_status,
            "problem": one.problem,
            "latency_ms": one.latency_ms,
            "created_at": one.created_at,
            "delivered_at": one.delivered_at,
        }
    )


def _attempt(one: Attempt) -> schemas.WebhookAttempt:
    return schemas.WebhookAttempt.model_validate(one, from_attributes=True)
