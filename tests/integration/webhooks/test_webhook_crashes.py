"""A node dies between a fact and its delivery, or stops in the middle of one: another node delivers."""

from pathlib import Path

import aiohttp
from standardwebhooks.webhooks import Webhook

from kit.database import Database
from server.config import Settings
from server.wiring import webhooks
from tests.integration.webhooks.conftest import Place
from tests.support.node import running
from tests.support.receivers import Receiver
from tests.support.victim import victim


async def leases_run_out(database: Database) -> None:
    """A lease lasts two minutes of real time."""
    async with database.connection() as cx:
        await cx.execute("update jobs set leased_until = null, run_at = '2020-01-01' where kind like 'webhook%'")


async def test_a_node_that_is_killed_between_a_fact_and_its_delivery_loses_nothing(
    local: Settings, database_url: str, redis_url: str, database: Database, receiver: Receiver, tmp_path: Path
) -> None:
    """`kill -9` while the receiver keeps the first requests waiting, and the next facts are behind them."""
    node = victim(database_url, redis_url, tmp_path)
    node.environment |= {"PARLEY_WEBHOOK_HTTP": "true", "PARLEY_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    await node.start()
    receiver.gate.clear()
    try:
        await node.sign_in()
        ended = []
        async with aiohttp.ClientSession(node.url, headers=node.headers) as client:
            wanted = {"url": receiver.url, "events": ["session.ended"]}
            async with client.post("/api/webhooks", json=wanted) as response:
                secret = (await response.json())["secret"]
            for _ in range(5):
                async with client.post("/api/live/session/start", json={"session_type": "voice"}) as response:
                    ended.append((await response.json())["session_id"])
                async with client.post("/api/live/session/end", json={"session_id": ended[-1]}) as response:
                    assert response.status == 200
        await receiver.gets(1)
    finally:
        await node.kill()
    receiver.gate.set()
    lost = len(receiver.taken)
    await leases_run_out(database)
    async with running(local, database_url, redis_url) as other:
        place = Place(other, await other.account("ben"))
        await place.until(5, "select count(*) from webhook_deliveries where status = 'delivered'")
    again = receiver.taken[lost:]
    assert sorted(one.data["session_id"] for one in again) == sorted(ended)
    assert {one.id for one in receiver.taken[:lost]} <= {one.id for one in again}, "once more, under the same id"
    for one in again:
        Webhook(secret).verify(one.body, one.headers)


async def test_a_fact_that_is_rolled_back_was_none(place: Place, receiver: Receiver) -> None:
    await place.hook(receiver.url)
    async with place.node.resources.database.connection() as cx:
        await cx.execute(
            """create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
               create trigger refuse before insert on webhook_events for each row execute function refuse()"""
        )
    body = {"session_type": "voice"}
    session_id = (await place.ask("POST", "/api/live/session/start", json=body))["session_id"]
    assert (await place.send("POST", "/api/live/session/end", json={"session_id": session_id}))[0] == 500
    assert await place.counts("select count(*) from live_sessions where ended_at is not null") == 0
    async with place.node.resources.database.connection() as cx:
        await cx.execute("drop trigger refuse on webhook_events")
    await place.ask("POST", "/api/live/session/end", json={"session_id": session_id})
    (taken,) = await receiver.gets()
    assert taken.data["session_id"] == session_id


async def test_a_rolling_restart_in_the_middle_of_deliveries(
    local: Settings, database_url: str, redis_url: str, database: Database, receiver: Receiver
) -> None:
    receiver.gate.clear()
    async with running(local, database_url, redis_url) as second:
        async with running(local, database_url, redis_url) as first:
            place = Place(first, await first.account("ana"))
            await place.hook(receiver.url)
            for _ in range(3):
                await place.talked()
            await receiver.gets(1)
        receiver.gate.set()
        await leases_run_out(database)
        still = Place(second, place.owner)
        await still.until(3, "select count(*) from webhook_deliveries where status = 'delivered'")
        async with running(local, database_url, redis_url) as third:
            place = Place(third, still.owner)
            await place.talked()
            await place.until(4, "select count(*) from webhook_deliveries where status = 'delivered'")
    assert len({one.id for one in receiver.taken}) == 4


async def test_what_has_lost_its_job_is_found_again(place: Place, receiver: Receiver) -> None:
    """As after a restore from a copy without jobs."""
    await place.hook(receiver.url)
    receiver.status = 500
    await place.talked()
    await place.until(1, "select count(*) from webhook_attempts")
    async with place.node.resources.database.connection() as cx:
        await cx.execute("delete from jobs where kind like 'webhook%'")
        await cx.execute("update webhook_deliveries set next_at = now() - interval '1 hour'")
    receiver.status = 200
    await webhooks.outbox(place.node.resources).sweep()
    await place.until(1, "select count(*) from webhook_deliveries where status = 'delivered'")
