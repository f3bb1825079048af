"""Requests that are sent again."""

import asyncio
from typing import Any

import aiohttp
import pytest

from kit import errors
from kit.database import Database
from kit.http.idempotency import Saved
from kit.http.repeats import Repeats
from kit.secrets import Sealer
from server.config import Settings
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
    assert status == 400


DONE = Saved(201, b"done", {"Location": "/there"})
REQUEST = {"owner": "ana", "operation": "POST /x", "key": "k"}


async def test_a_key_is_forgotten_after_a_day(database: Database, clock: FakeClock) -> None:
    repeats = Repeats(database, clock, Sealer("x" * 32))
    first = await repeats.begin(digest="a", **REQUEST)
    assert not isinstance(first, Saved)
    await first.finish(DONE)
    clock.advance(24 * 3600 - 1)
    await repeats.sweep()
    assert await repeats.begin(digest="a", **REQUEST) == DONE
    clock.advance(1)
    anew = await repeats.begin(digest="b", **REQUEST)
    assert not isinstance(anew, Saved)
    await anew.finish(DONE)
    clock.advance(24 * 3600)
    await repeats.sweep()
    async with database.connection() as cx:
        assert await cx.fetchval("select count(*) from idempotency_keys") == 0


async def test_a_lost_node_blocks_a_key_for_a_minute_only(database: Database, clock: FakeClock) -> None:
    dying, heir = (Repeats(database, clock, Sealer("x" * 32)) for _ in range(2))
    lost = await dying.begin(digest="a", **REQUEST)
    waiting = asyncio.ensure_future(heir.begin(digest="a", **REQUEST))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    clock.advance(60)
    inherited = await waiting
    assert not isinstance(lost, Saved) and not isinstance(inherited, Saved)
    await inherited.finish(DONE)
    # The node that was thought dead comes back late: its answer does not replace the other.
    await lost.finish(Saved(201, b"late"))
    assert await heir.begin(digest="a", **REQUEST) == DONE


async def test_a_slow_request_keeps_its_key(database: Database, clock: FakeClock) -> None:
    """Longer than a lease, as a language model's answer may take: nobody else runs it meanwhile."""
    slow, other = (Repeats(database, clock, Sealer("x" * 32)) for _ in range(2))
    turn = await slow.begin(digest="a", **REQUEST)
    assert not isinstance(turn, Saved)
    twin = asyncio.ensure_future(other.begin(digest="a", **REQUEST))
    for _ in range(3):
        clock.advance(25)
        await slow.renew()
        await asyncio.sleep(0.05)
    assert not twin.done()
    await turn.finish(DONE)
    assert await twin == DONE
    assert slow._claims == set()


async def test_a_twin_tries_anew_when_the_first_gives_up(database: Database, clock: FakeClock) -> None:
    repeats = Repeats(database, clock, Sealer("x" * 32))
    first = await repeats.begin(digest="a", **REQUEST)
    twin = asyncio.ensure_future(repeats.begin(digest="a", **REQUEST))
    await asyncio.sleep(0.05)
    assert not isinstance(first, Saved) and not twin.done()
    with pytest.raises(errors.Failure, match="different request"):
        await repeats.begin(digest="b", **REQUEST)
    await first.give_up()
    second = await twin
    assert not isinstance(second, Saved)
    await second.finish(DONE)
    assert await repeats.begin(digest="a", **REQUEST) == DONE


async def upload(node: Parley, who: Account, key: str, text: bytes, title: str = "Iceland") -> tuple[int, Any, bool]:
    form = aiohttp.FormData()  # with a boundary of its own each time
    form.add_field("title", title)
    form.add_field("file", text, filename="iceland.txt", content_type="text/plain")
    headers = {**who.headers, "Idempotency-Key": key}
    async with node.client.post("/api/rag/documents", data=form, headers=headers) as response:
        return response.status, await response.json(), response.headers.get("Idempotency-Replayed") == "true"


async def test_uploads_are_compared_by_what_is_in_them(parley: Parley) -> None:
    ana = await parley.account("ana")
    status, made, replayed = await upload(parley, ana, "k", b"Geysers are hot.")
    assert (status, replayed) == (202, False)
    assert await upload(parley, ana, "k", b"Geysers are hot.") == (202, made, True)
    for text, title in [(b"Geysers are not.", "Iceland"), (b"Geysers are hot.", "Ireland")]:
        status, refused, _ = await upload(parley, ana, "k", text, title)
        assert (status, refused["detail"]["error"]) == (409, "idempotency_mismatch")
    twins = await asyncio.gather(*(upload(parley, ana, "twin", b"Lava is hotter.") for _ in range(20)))
    assert {(status, str(body)) for status, body, _ in twins} == {(202, str(twins[0][1]))}
    async with parley.client.get("/api/rag/documents", headers=ana.headers) as response:
        assert len((await response.json())["items"]) == 2


async def test_evaluations_are_compared_by_their_text(parley: Parley) -> None:
    ana = await parley.account("ana")
    answers = []
    for text in ("I go there yesterday.", "I go there yesterday.", "I go home yesterday."):
        headers = {**ana.headers, "Idempotency-Key": "k"}
        body = {"skill": "writing", "text": text}
        async with parley.client.post("/api/learn/english/evaluate", json=body, headers=headers) as response:
            answers.append((response.status, response.headers.get("Idempotency-Replayed")))
    assert answers == [(200, None), (200, "true"), (409, None)]
