"""Sends deliveries, one try at a time, and plans the next one. A try is repeated when a node dies in it, so a receiver
may get an event twice, under the same id."""

import random
from collections.abc import Callable

from prometheus_client import Counter

from api.webhooks import delivery_store, events, rules, signing, store
from api.webhooks.models import Outcome, Parcel
from api.webhooks.outbox import DELIVER, Outbox
from api.webhooks.ports import Post
from api.webhooks.vault import Vault
from kit import audit, logs
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection, Database
from kit.jobs import Jobs
from kit.storable import JsonObject

_AT_ONCE = 32
"""Of a node: they wait for receivers, most of the time."""

_TRIES = Counter("parley_webhook_tries", "Tries to deliver an event.", ["outcome"])
_log = logs.get(__name__)


class Courier:
    """Signs a parcel and takes it to its endpoint. `base_url` is how clients reach this server."""

    def __init__(self, clock: Clock, post: Post, vault: Vault, base_url: str) -> None:
        self._clock = clock
        self._post = post
        self._vault = vault
        self._base_url = base_url

    async def deliver(self, parcel: Parcel) -> Outcome:
        """One try. An endpoint that is disabled gets nothing."""
        now = self._clock.now()
        if parcel.is_disabled:
            return Outcome(now, None, "endpoint_disabled", 0)
        body = events.body(parcel, self._base_url)
        secrets = self._vault.secrets(parcel, now)
        began = self._clock.monotonic()
        headers = signing.headers(parcel.event_id, int(now.timestamp()), body, secrets)
        answer = await self._post.send(parcel.url, body, headers)
        latency_ms = round((self._clock.monotonic() - began) * 1000)
        if isinstance(answer, str):
            return Outcome(now, None, answer, latency_ms)
        problem = None if 200 <= answer.status < 300 else "redirected" if 300 <= answer.status < 400 else "refused"
        return Outcome(now, answer.status, problem, latency_ms, answer.retry_after)


class Sending:
    """Takes deliveries from the queue and notes what became of them. `chance` gives numbers from 0 to 1."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        jobs: Jobs,
        outbox: Outbox,
        courier: Courier,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._courier = courier
        self._chance = chance
        jobs.register(DELIVER, self._deliver, self._give_up, at_once=_AT_ONCE)

    async def _deliver(self, payload: JsonObject) -> None:
        async with self._database.connection() as cx:
            parcel = await delivery_store.parcel(cx, payload["delivery_id"], payload["turn"])
        if parcel is not None:
            await self._record(parcel, payload["turn"], await self._courier.deliver(parcel))

    async def _record(self, parcel: Parcel, turn: int, outcome: Outcome) -> None:
        _TRIES.labels(outcome.problem or "delivered").inc()
        async with self._database.transaction() as tx:
            endpoint = await store.lock(tx, parcel.endpoint_id)
            if endpoint is None:  # it was deleted meanwhile, with all its deliveries
                return
            await delivery_store.note(tx, parcel.delivery_id, outcome)
            if outcome.is_delivered:
                await delivery_store.settle(tx, parcel.delivery_id, turn, "delivered", outcome.at)
                await store.note_success(tx, parcel.endpoint_id)
                return
            if outcome.problem == "endpoint_disabled":
                await delivery_store.settle(tx, parcel.delivery_id, turn, "dead", outcome.at)
                return
            is_dead = await self._after_failure(tx, parcel, turn, outcome)
            if is_dead is None:  # replayed or sent by another node meanwhile: that try says what is so
                return
            await store.note_failure(tx, parcel.endpoint_id, outcome.at)
            reason = rules.disabling(outcome, is_dead=is_dead, failing_since=endpoint.failing_since)
            if reason is not None and endpoint.disabled_at is None:
                await store.disable(tx, parcel.endpoint_id, reason, outcome.at)
                deed = Action("webhook.disabled", "webhook", endpoint.id, endpoint.organization_id, {"reason": reason})
                await audit.record(tx, outcome.at, Actor(None), deed)
                _log.warning("webhook_disabled", webhook_id=endpoint.id, reason=reason)

    async def _after_failure(self, tx: Connection, parcel: Parcel, turn: int, outcome: Outcome) -> bool | None:
        """Plan the next try. Whether there is none; None when this turn does not count any more."""
        failures = parcel.failures + 1
        wait = rules.delay(failures, self._chance(), outcome.retry_after)
        if wait is None or rules.is_given_up(outcome, failures):
            return True if await delivery_store.settle(tx, parcel.delivery_id, turn, "dead", outcome.at) else None
        next_at = self._clock.now() + wait
        if not await delivery_store.postpone(tx, parcel.delivery_id, turn, next_at):
            return None
        await self._outbox.plan(tx, parcel.delivery_id, turn + 1, parcel.endpoint_id, next_at)
        return False

    async def _give_up(self, payload: JsonObject) -> None:
        """A fault of ours, again and again."""
        async with self._database.transaction() as tx:
            await delivery_store.settle(tx, payload["delivery_id"], payload["turn"], "dead", self._clock.now())
