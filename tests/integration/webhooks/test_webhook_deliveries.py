"""Receivers that are slow, fail, lead elsewhere or are gone: what is sent again, when, and until when."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks.webhooks import WebhookVerificationError

from api.webhooks import delivery_store, rules
from api.webhooks.models import Selection
from server.config import Settings
from tests.integration.webhooks.conftest import Place
from tests.support.clock import FakeClock
from tests.support.node import running
from tests.support.receivers import Receiver, receiving
from tests.support.waiting import until


@pytest.fixture
async def later(local: Settings, database_url: str, redis_url: str, clock: FakeClock) -> AsyncIterator[Place]:
    """A node whose time stands still."""
    async with running(local, database_url, redis_url, clock=clock) as node:
        yield Place(node, await node.account("ana"))


async def known(place: Place, hook: Any, **members: Any) -> Any:
    """Wait until the newest delivery has these members."""
    async with asyncio.timeout(60):
        while True:
            found = await place.deliveries(hook)
            if found and members.items() <= found[0].items():
                return found[0]
            await asyncio.sleep(0.02)


async def test_a_receiver_that_fails_is_tried_for_a_day_then_the_delivery_is_dead_and_can_be_replayed(
    later: Place, clock: FakeClock, receiver: Receiver
) -> None:
    hook = await later.hook(receiver.url)
    receiver.status = 500
    await later.talked()
    began = clock.now()
    for tries in range(1, len(rules.DELAYS) + 1):
        waiting = await known(later, hook, attempts=tries, status="waiting", response_status=500, problem="refused")
        assert len(receiver.taken) == tries
        clock.advance(rules.DELAYS[tries - 1] * (1 + rules.SPREAD) + 1)
    dead = await known(later, hook, status="dead", attempts=len(rules.DELAYS) + 1, next_attempt_at=None)
    assert timedelta(hours=20) < clock.now() - began < timedelta(hours=32)
    assert {one.id for one in receiver.taken} == {dead["event_id"]} and waiting["id"] == dead["id"]
    assert [one["id"] for one in await later.deliveries(hook, status="dead")] == [dead["id"]]
    receiver.status = 200
    path = f"/api/webhooks/{hook['id']}/deliveries/{dead['id']}/replay"
    assert (await later.ask("POST", path))["status"] == "waiting"
    await known(later, hook, status="delivered")
    assert receiver.taken[-1].id == dead["event_id"]
    assert (await later.ask("GET", f"/api/webhooks/{hook['id']}"))["failing_since"] is None


async def test_many_are_replayed_at_once(later: Place, clock: FakeClock, receiver: Receiver) -> None:
    hook = await later.hook(receiver.url, events=["session.ended"])
    for _ in range(3):
        await later.talked()
    await receiver.gets(3)
    await known(later, hook, status="delivered")
    async with later.node.resources.database.connection() as cx:
        await cx.execute("update webhook_deliveries set status = 'dead', delivered_at = null, next_at = null")
    since = {"since": (clock.now() - timedelta(hours=1)).isoformat()}
    past = {**since, "until": (clock.now() - timedelta(minutes=1)).isoformat()}
    replay = f"/api/webhooks/{hook['id']}/replay"
    assert await later.ask("POST", replay, json=past) == {"replayed": 0}
    assert await later.ask("POST", replay, json={**since, "status": "delivered"}) == {"replayed": 0}
    assert await later.ask("POST", replay, json=since) == {"replayed": 3}
    await receiver.gets(6)
    assert {one.id for one in receiver.taken[:3]} == {one.id for one in receiver.taken[3:]}


async def test_the_oldest_is_replayed_first(place: Place, receiver: Receiver) -> None:
    """However they lie in the table, where what was changed last lies last, and however the database finds them."""
    hook = await place.hook(receiver.url, events=["session.ended"])
    for _ in range(4):
        await place.talked()
    await receiver.gets(4)
    await place.until(4, "select count(*) from webhook_deliveries where status = 'delivered'")
    made = [one["id"] for one in reversed(await place.deliveries(hook))]
    async with place.node.resources.database.transaction() as tx:
        for delivery_id in reversed(made):
            await tx.execute("update webhook_deliveries set turn = turn + 1 where id = $1", delivery_id)
        for way in ("nestloop", "mergejoin", "indexscan", "bitmapscan"):
            await tx.execute(f"set local enable_{way} = off")
        planned = await delivery_store.replay(tx, hook["id"], Selection(), datetime.now(UTC), 10)
    assert [delivery_id for delivery_id, _ in planned] == made


async def test_a_redirect_is_not_followed(place: Place, receiver: Receiver) -> None:
    async with receiving() as elsewhere:

        async def lead_away(_request: web.Request) -> web.StreamResponse:
            raise web.HTTPTemporaryRedirect(elsewhere.url)

        receiver.answering = lead_away
        hook = await place.hook(receiver.url)
        await place.talked()
        await known(place, hook, status="waiting", response_status=307, problem="redirected")
        assert elsewhere.taken == []


async def test_who_is_gone_gets_nothing_more(place: Place, receiver: Receiver) -> None:
    hook = await place.hook(receiver.url)
    receiver.status = 410
    await place.talked()
    await known(place, hook, status="dead", response_status=410)
    shown = await place.ask("GET", f"/api/webhooks/{hook['id']}")
    assert (shown["enabled"], shown["disabled_reason"]) == (False, "gone")
    await place.talked()
    for path in ("/test", f"/deliveries/{(await place.deliveries(hook))[0]['id']}/replay"):
        status, body = await place.send("POST", f"/api/webhooks/{hook['id']}{path}")
        assert (status, body["detail"]["error"]) == (409, "webhook_disabled")
    assert len(receiver.taken) == 1


async def test_an_endpoint_at_which_nothing_arrives_for_days_is_disabled_with_a_notice(
    later: Place, clock: FakeClock, receiver: Receiver
) -> None:
    hook = await later.hook(receiver.url)
    receiver.status = 503
    await later.talked()
    await known(later, hook, attempts=1)
    clock.advance(rules.LONG_FAILURE.total_seconds())
    async with later.node.resources.database.connection() as cx:
        await cx.execute("update webhook_deliveries set failures = $1", len(rules.DELAYS))
    await known(later, hook, status="dead")
    shown = await later.ask("GET", f"/api/webhooks/{hook['id']}")
    assert (shown["enabled"], shown["disabled_reason"]) == (False, "failing") and shown["disabled_at"] is not None
    async with later.node.resources.database.connection() as cx:
        trail = await cx.fetch("select action, details from audit_events where target_id = $1 order by id", hook["id"])
    assert [(row["action"], row["details"]) for row in trail][-1] == ("webhook.disabled", {"reason": "failing"})
    receiver.status = 200
    await later.ask("PATCH", f"/api/webhooks/{hook['id']}", json={"enabled": True})
    assert (await later.ask("POST", f"/api/webhooks/{hook['id']}/test"))["status"] == "waiting"
    await known(later, hook, event="webhook.test", status="delivered")


async def test_a_try_that_was_overtaken_by_a_replay_decides_nothing(
    later: Place, clock: FakeClock, receiver: Receiver
) -> None:
    hook = await later.hook(receiver.url)
    receiver.status = 503
    await later.talked()
    delivery = await known(later, hook, attempts=1)
    receiver.gate.clear()
    async with later.node.resources.database.connection() as cx:
        await cx.execute("update webhook_deliveries set failures = $1", len(rules.DELAYS))
    clock.advance(rules.LONG_FAILURE.total_seconds())
    await receiver.gets(2)
    await later.ask("POST", f"/api/webhooks/{hook['id']}/deliveries/{delivery['id']}/replay")
    receiver.gate.set()
    await known(later, hook, attempts=3, status="waiting")
    shown = await later.ask("GET", f"/api/webhooks/{hook['id']}")
    assert (shown["enabled"], shown["disabled_reason"]) == (True, None)


async def test_a_slow_receiver_delays_neither_a_session_nor_other_receivers(place: Place, receiver: Receiver) -> None:
    receiver.gate.clear()
    await place.hook(receiver.url)
    slow = [await place.hook(receiver.url) for _ in range(7)]
    async with receiving() as quick:
        await place.hook(quick.url)
        ended = [await place.talked() for _ in range(2)]
        told = await quick.gets(2)
        assert {one.data["session_id"] for one in told} == set(ended)
        await receiver.gets(8)
        assert all(one["attempts"] == 0 for one in await place.deliveries(slow[0]))
        receiver.gate.set()
        await receiver.gets(16)
    assert len({one.id for one in receiver.taken}) == 2


async def test_a_receiver_that_does_not_answer_counts_as_one_that_fails(
    place: Place, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.foreign_servers._SECONDS", 0.2)
    receiver.gate.clear()
    hook = await place.hook(receiver.url)
    await place.talked()
    await known(place, hook, status="waiting", response_status=None, problem="timed_out", attempts=1)


async def test_a_rotated_secret_signs_beside_the_new_one_for_a_day(
    later: Place, clock: FakeClock, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standardwebhooks.webhooks.Webhook._Webhook__verify_timestamp", stands_still)
    hook = await later.hook(receiver.url)
    rotated = await later.ask("POST", f"/api/webhooks/{hook['id']}/rotate")
    assert rotated["secret"] != hook["secret"] and rotated["previous_secret_until"] is not None
    await later.talked()
    (both,) = await receiver.gets()
    assert both.verify(hook["secret"]) == both.verify(rotated["secret"])
    assert len(both.headers["webhook-signature"].split()) == 2
    clock.advance(rules.OVERLAP.total_seconds())
    await later.talked()
    (_, one) = await receiver.gets(2)
    assert one.verify(rotated["secret"]) and len(one.headers["webhook-signature"].split()) == 1
    with pytest.raises(WebhookVerificationError):
        one.verify(hook["secret"])


def stands_still(_self: Any, timestamp: str) -> Any:
    """The node's clock is not that of the machine."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(float(timestamp), UTC)


async def test_an_endpoint_and_an_account_that_are_deleted_in_the_middle_of_a_delivery(
    place: Place, receiver: Receiver
) -> None:
    receiver.gate.clear()
    school = (await place.ask("POST", "/api/organizations", json={"name": "School", "slug": "school"}))["id"]
    pupil = await place.node.account("pupil")
    await place.node.member(place.owner, school, pupil)
    theirs, own = await place.hook(receiver.url, organization_id=school), await place.hook(receiver.url)
    await place.hook(receiver.url, pupil)
    await place.talked(pupil)
    await place.talked()
    await receiver.gets(3)
    assert (await place.send("DELETE", f"/api/webhooks/{own['id']}"))[0] == 204
    gone = {"password": pupil.password}
    assert (await place.send("DELETE", "/api/auth/me", pupil, json=gone))[0] == 204
    receiver.gate.set()
    await place.until(0, "select count(*) from jobs where kind like 'webhook%'")
    assert await place.deliveries(theirs) == []
    assert await place.counts("select count(*) from webhook_events where user_id = $1", pupil.user_id) == 0
    assert await place.counts("select count(*) from webhook_attempts") == 0
    await place.talked()
    assert len(receiver.taken) == 3


async def test_a_private_address_is_refused_when_it_is_called(
    settings: Settings, database_url: str, redis_url: str, receiver: Receiver
) -> None:
    """A name says nothing about where it leads: that is seen when the connection is opened."""
    port = receiver.server.port
    async with running(settings.model_copy(update={"webhook_http": True}), database_url, redis_url) as node:
        place = Place(node, await node.account("ana"))
        hook = await place.hook(f"http://localhost:{port}/hook")
        await place.talked()
        await known(place, hook, status="waiting", problem="address_refused", response_status=None)
    await until(lambda: receiver.taken == [])
