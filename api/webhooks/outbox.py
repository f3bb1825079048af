"""The outbox: other slices put in what happened, in the transaction in which it did.

That costs them one or two statements. A job makes the deliveries afterwards, so receivers delay nothing.
"""

from datetime import datetime, timedelta

from api.webhooks import delivery_store, event_store, rules, store
from api.webhooks.models import Fact
from api.webhooks.ports import Audience
from kit import ids
from kit.clock import Clock
from kit.database import Connection, Database
from kit.jobs import Jobs
from kit.storable import JsonObject

FAN_OUT = "webhook_fan_out"
DELIVER = "webhook_deliver"
_STRANDED = timedelta(minutes=15)
_AT_ONCE = 200


class Outbox:
    """Events that wait to be sent."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs, audience: Audience) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._audience = audience
        jobs.register(FAN_OUT, self._fan_out)

    async def of_account(
        self, tx: Connection, event: str, account_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """For the account and for the organizations that may know what it does."""
        audience = list(await self._audience(tx, account_id))
        await self.put(tx, Fact(event, account_id, audience, data, self._clock.now(), once))

    async def to_account(
        self, tx: Connection, event: str, account_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """For the account alone."""
        await self.put(tx, Fact(event, account_id, [], data, self._clock.now(), once))

    async def to_organization(
        self, tx: Connection, event: str, organization_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """Queue an event for an organization's endpoints."""
        await self.put(tx, Fact(event, None, [organization_id], data, self._clock.now(), once))

    async def wanting(self, cx: Connection, event: str) -> list[str]:
        """The accounts with an endpoint of their own that wants the event."""
        return await event_store.wanting(cx, event)

    async def put(self, tx: Connection, fact: Fact) -> str | None:
        """The event's id; None when no endpoint wants it."""
        event_id = ids.new_id()
        if not await event_store.add(tx, event_id, fact):
            return None
        await self._jobs.enqueue(tx, FAN_OUT, {"event_id": event_id}, owner=fact.user_id)
        return event_id

    async def plan(
        self, tx: Connection, delivery_id: str, turn: int, endpoint_id: str, at: datetime | None = None
    ) -> None:
        """Send a delivery after the commit, or not before `at`. Endpoints take turns."""
        await self._jobs.enqueue(tx, DELIVER, {"delivery_id": delivery_id, "turn": turn}, owner=endpoint_id, run_at=at)

    async def sweep(self) -> None:
        """Plan again what has lost its job, and delete what is old."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            for event_id in await event_store.stranded(tx, now - _STRANDED, _AT_ONCE):
                await self._jobs.enqueue(tx, FAN_OUT, {"event_id": event_id}, key=event_id)
            for delivery_id, turn, endpoint_id in await delivery_store.stranded(tx, now - _STRANDED, _AT_ONCE):
                payload = {"delivery_id": delivery_id, "turn": turn}
                await self._jobs.enqueue(tx, DELIVER, payload, key=f"{delivery_id}:{turn}", owner=endpoint_id)
        async with self._database.connection() as cx:
            await store.forget_old_secrets(cx, now)
            await event_store.delete_old(cx, now - rules.KEPT, now - rules.NAMES_KEPT)

    async def _fan_out(self, payload: JsonObject) -> None:
        event_id, now = payload["event_id"], self._clock.now()
        async with self._database.transaction() as tx:
            pairs = [(ids.new_id(), endpoint_id) for endpoint_id in await event_store.targets(tx, event_id)]
            if not await event_store.finish(tx, event_id):
                return
            await event_store.fan_out(tx, event_id, pairs, now)
            for delivery_id, endpoint_id in pairs:
                await self.plan(tx, delivery_id, 0, endpoint_id)
