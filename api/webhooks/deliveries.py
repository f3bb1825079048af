"""What was sent and became of it; sending it again, and tests."""

from datetime import datetime

from api.webhooks import access, delivery_store, event_store, events, rules
from api.webhooks.access import Access, Asking
from api.webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint, Fact, Selection
from api.webhooks.outbox import Outbox
from kit import audit, errors, ids
from kit.audit import Action
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database
from kit.http.wire import View

_MOST_ATTEMPTS = 100


class Deliveries:
    """Deliveries of an endpoint, and sending them again."""

    def __init__(self, database: Database, clock: Clock, allowed: Access, outbox: Outbox, base_url: str) -> None:
        self._database = database
        self._clock = clock
        self._access = allowed
        self._outbox = outbox
        self._base_url = base_url

    async def page(
        self, caller: Caller, endpoint_id: str, status: DeliveryStatus | None, before: str | None, limit: int
    ) -> list[Delivery]:
        """The newest first. Failure `not_found`."""
        async with self._database.transaction() as tx:
            await self._access.find(tx, caller, endpoint_id)
            return await delivery_store.page(tx, endpoint_id, status, before, limit)

    async def get(self, caller: Caller, endpoint_id: str, delivery_id: str) -> tuple[Delivery, list[Attempt], View]:
        """A delivery, its tries (the newest first) and what is sent. Failures `not_found`,
        `INSUFFICIENT_API_KEY_SCOPE`."""
        async with self._database.transaction() as tx:
            endpoint = await self._access.find(tx, caller, endpoint_id)
            found = await self._found(tx, endpoint_id, delivery_id)
            access.may_ask_for(caller, [found.type], endpoint.organization_id)
            parcel = await delivery_store.shown(tx, endpoint_id, delivery_id)
            if parcel is None:
                raise errors.not_found("Delivery")
            tries = await delivery_store.attempts(tx, delivery_id, _MOST_ATTEMPTS)
        return found, tries, events.shown(parcel, self._base_url)

    async def test(self, asking: Asking, endpoint_id: str) -> Delivery:
        """Send an event that nothing has caused. Failures `not_found`, `webhook_disabled`."""
        now, delivery_id = self._clock.now(), ids.new_id()
        async with self._database.transaction() as tx:
            found = await self._enabled(tx, asking, endpoint_id)
            fact = Fact(events.TEST, found.user_id, [], {"webhook_id": endpoint_id}, now, endpoint_id=endpoint_id)
            event_id = ids.new_id()
            await event_store.add(tx, event_id, fact)
            await event_store.finish(tx, event_id)
            await event_store.fan_out(tx, event_id, [(delivery_id, endpoint_id)], now)
            await self._outbox.plan(tx, delivery_id, 0, endpoint_id)
            return await self._found(tx, endpoint_id, delivery_id)

    async def replay(self, asking: Asking, endpoint_id: str, delivery_id: str) -> Delivery:
        """Send it again, under the same id. Failures `not_found`, `webhook_disabled`."""
        async with self._database.transaction() as tx:
            await self._enabled(tx, asking, endpoint_id)
            planned = await delivery_store.replay(tx, endpoint_id, Selection(only=delivery_id), self._clock.now(), 1)
            await self._plan(tx, endpoint_id, planned)
            return await self._found(tx, endpoint_id, delivery_id)

    async def replay_all(
        self,
        asking: Asking,
        endpoint_id: str,
        status: DeliveryStatus | None,
        since: datetime,
        until: datetime | None,
    ) -> int:
        """Send those again that were made between two times, the oldest first and not too many at once. How many they
        are. Failures `not_found`, `webhook_disabled`."""
        async with self._database.transaction() as tx:
            found = await self._enabled(tx, asking, endpoint_id)
            wanted = Selection(status=status, since=since, until=until)
            planned = await delivery_store.replay(tx, endpoint_id, wanted, self._clock.now(), rules.MOST_REPLAYED)
            await self._plan(tx, endpoint_id, planned)
            deed = Action("webhook.replayed", "webhook", found.id, found.organization_id, {"deliveries": len(planned)})
            await audit.record(tx, self._clock.now(), asking.actor, deed)
        return len(planned)

    async def _plan(self, tx: Connection, endpoint_id: str, planned: list[tuple[str, int]]) -> None:
        for delivery_id, turn in planned:
            await self._outbox.plan(tx, delivery_id, turn, endpoint_id)

    async def _enabled(self, tx: Connection, asking: Asking, endpoint_id: str) -> Endpoint:
        found = await self._access.lock(tx, asking.caller, endpoint_id)
        if found.disabled_at is not None:
            raise errors.conflict("webhook_disabled", "This webhook is disabled. Enable it first.")
        return found

    async def _found(self, tx: Connection, endpoint_id: str, delivery_id: str) -> Delivery:
        found = await delivery_store.find(tx, endpoint_id, delivery_id)
        if found is None:
            raise errors.not_found("Delivery")
        return found
