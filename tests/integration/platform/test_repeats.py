"""Requests that are sent again."""

import asyncio
from typing import Any

import pytest

from server.config import Settings
from server.kit import errors
from server.kit.database import Database
from server.kit.http.idempotency import Saved
from server.kit.secrets import Sealer
from server.repeats import Repeats
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running


async def create(node: Parley, who: Account, key: str | None, slug: str = "school") -> tuple[int, Any, bool]:
    headers = {**who.headers, **({"Idempotency-Key": key} if key is not None else {})}
    body = {"name": "School", "slug": slug}
    async with node.client.post("/api/organizations", json=body, headers=headers) as response:
        return response.status, await response.json(), response.headers.get("Idempotency-Replayed") == "true"


async def test_a_repetition_gets_the_first_answer(parley: Parley) -> None:
    ana = await parley.account("ana")
    status, made, replayed = await create(parley, ana, "k1")
    assert (status, replayed) == (201, False)
    assert await create(parley, ana, "k1") == (201, made, True)
    status, refused, _ = await create(parley, ana, "k1", slug="another")
    assert (status, refused["detail"]["error"]) == (409, "idempotency_mismatch")
    status, refused, _ = await create(parley, ana, "k2")
    assert (status, refused["detail"]["error"]) == (409, "slug_taken")
    status, refused, _ = await create(parley, ana, None)
    assert (status, refused["detail"]["error"]) == (409, "slug_taken")


async def test_the_same_key_of_somebody_else_is_another_key(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    first, second = await create(parley, ana, "k", "hers"), await create(parley, ben, "k", "his")
    assert (first[0], second[0], second[2]) == (201, 201, False)


async def test_two_hundred_twins_have_one_effect_and_one_answer(
    database_url: str, redis_url: str, settings: Settings
) -> None:
    async with running(settings, database_url, redis_url) as one, running(settings, database_url, redis_url) as two:
        ana = await one.account("ana")
        answers = await asyncio.gather(*(create(node, ana, "twin") for node in (one, two) for _ in range(100)))
        assert {status for status, _, _ in answers} == {201}
        assert len({str(body) for _, body, _ in answers}) == 1
        assert sorted(replayed for _, _, replayed in answers) == [False] + [True] * 199
        async with one.resources.database.connection() as cx:
            assert await cx.fetchval("select count(*) from organizations") == 1


async def test_a_refusal_is_not_kept(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    _, made, _ = await create(parley, ben, None)
    assert (await create(parley, ana, "k"))[0] == 409
    async with parley.client.delete(f"/api/organizations/{made['id']}", headers=ben.headers) as response:
        assert response.status == 204
    assert (await create(parley, ana, "k"))[0] == 201


async def test_a_secret_in_a_kept_answer_is_sealed(parley: Parley) -> None:
    ana = await parley.account("ana")
    body = {"name": "x", "scopes": ["live:read"]}
    keys = []
    for _ in range(2):
        headers = {**ana.headers, "Idempotency-Key": "k"}
        async with parley.client.post("/api/api-keys", json=body, headers=headers) as response:
            keys.append((await response.json())["key"])
    assert keys[0] == keys[1]
    async with parley.resources.database.connection() as cx:
        sealed = await cx.fetchval("select body_sealed from idempotency_keys")
    assert keys[0].encode() not in sealed


@pytest.mark.parametrize("key", ["", "x" * 256])
async def test_a_key_has_a_sensible_length(parley: Parley, key: str) -> None:
    ana = await parley.account("ana")
    status, _, _ = await create(parley, ana, key)
    assert status == (400 if key else 201), "an empty header is no key"


class Work:
    """Something that may be done once only; `go` lets it finish."""

    def __init__(self) -> None:
        self.started = 0
        self.go = asyncio.Event()

    async def __call__(self) -> Saved:
        self.started += 1
        await self.go.wait()
        return Saved(201, b"done", {"Location": "/there"})


async def test_a_key_is_forgotten_after_a_day(database: Database, clock: FakeClock) -> None:
    repeats, work = Repeats(database, clock, Sealer("x" * 32)), Work()
    work.go.set()
    request: dict[str, Any] = {"owner": "ana", "operation": "POST /x", "key": "k", "act": work}
    assert (await repeats.once(digest="a", **request)) == (Saved(201, b"done", {"Location": "/there"}), False)
    clock.advance(24 * 3600 - 1)
    await repeats.sweep()
    assert (await repeats.once(digest="a", **request))[1] is True
    clock.advance(1)
    assert (await repeats.once(digest="b", **request))[1] is False
    clock.advance(24 * 3600)
    await repeats.sweep()
    async with database.connection() as cx:
        assert await cx.fetchval("select count(*) from idempotency_keys") == 0


async def test_a_lost_node_blocks_a_key_for_a_minute_only(database: Database, clock: FakeClock) -> None:
    dying, heir = (Repeats(database, clock, Sealer("x" * 32)) for _ in range(2))
    work = Work()
    request: dict[str, Any] = {"owner": "ana", "operation": "POST /x", "key": "k", "digest": "a"}
    lost = asyncio.ensure_future(dying.once(**request, act=work))
    while not work.started:  # noqa: ASYNC110 - it starts once the database says so
        await asyncio.sleep(0.01)
    waiting = asyncio.ensure_future(heir.once(**request, act=work))
    await asyncio.sleep(0.1)
    assert work.started == 1 and not waiting.done()
    clock.advance(60)
    work.go.set()
    assert (await waiting)[0].body == b"done"
    assert (await lost)[0].body == b"done"


async def test_a_failure_reaches_whoever_ran_and_the_twin_tries_anew(database: Database, clock: FakeClock) -> None:
    repeats = Repeats(database, clock, Sealer("x" * 32))
    tries = 0

    async def flaky() -> Saved:
        nonlocal tries
        tries += 1
        await asyncio.sleep(0.05)
        if tries == 1:
            raise errors.unavailable("unavailable", "Not now.", 1)
        return Saved(200, b"done")

    request: dict[str, Any] = {"owner": "ana", "operation": "POST /x", "key": "k", "digest": "a", "act": flaky}
    first, second = await asyncio.gather(repeats.once(**request), repeats.once(**request), return_exceptions=True)
    assert isinstance(first, errors.Failure) and second == (Saved(200, b"done"), False)
