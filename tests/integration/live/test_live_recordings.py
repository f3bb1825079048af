"""Recordings from the wish to the last trace: made, heard in parts, hidden from others, forgotten."""

import io
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import numpy as np
import pytest
import soundfile

from api.live import recordings
from api.live.recordings import Recordings
from clients.python.parley_client import Session
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import PASSWORD, Account, Parley, running
from tests.support.scripted_listener import ScriptedListening

SOUND = np.random.default_rng(6).integers(-3000, 3000, 16_000 * 4, dtype="<i2").tobytes()


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, listening=ScriptedListening()) as node:
        yield node


async def talk(place: Parley, account: Account, sound: bytes = SOUND, *, record: bool = True, cut: bool = False) -> str:
    """A whole conversation; the session's id."""
    body = {"session_type": "voice", "record": record}
    async with place.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        assert response.status == 201, await response.text()
        started = await response.json()
    session = Session(place.url, "/live", ticket=started["realtime"]["ticket"])
    try:
        await session.join(started["session_id"])
        half = len(sound) // 4 * 2
        await session.stream(sound[:half], speed=8)
        if cut:
            await session.cut()
        await session.stream(sound[half:], speed=8)
        await session.end()
    finally:
        await session.close()
    return str(started["session_id"])


async def fetch(place: Parley, account: Account, session_id: str, part: str | None = None) -> tuple[int, bytes]:
    headers = account.headers | ({"Range": part} if part else {})
    async with place.client.get(f"/api/live/recordings/{session_id}", headers=headers) as response:
        return response.status, await response.read()


async def test_what_was_said_can_be_heard_again_to_the_sample(place: Parley) -> None:
    learner = await place.account()
    session_id = await talk(place, learner, cut=True)
    status, wav = await fetch(place, learner, session_id)
    assert status == 200 and wav[recordings.HEADER_BYTES :] == SOUND
    samples, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    assert rate == 16_000 and samples.tobytes() == SOUND
    async with place.client.get("/api/live/recordings", headers=learner.headers) as response:
        item = (await response.json())["items"][0]
    assert (item["session_id"], item["duration_ms"], item["size_bytes"]) == (session_id, 4000, len(wav))
    chance = random.Random(3)
    for _ in range(25):
        first = chance.randrange(len(wav))
        last = min(len(wav) - 1, first + chance.choice([0, 1, 7, 43, 5_000, 90_000]))
        assert await fetch(place, learner, session_id, f"bytes={first}-{last}") == (206, wav[first : last + 1])
    assert await fetch(place, learner, session_id, "bytes=-5") == (206, wav[-5:])
    assert (await fetch(place, learner, session_id, f"bytes={len(wav)}-"))[0] == 416


async def test_nothing_is_recorded_without_the_wish(place: Parley) -> None:
    learner = await place.account()
    session_id = await talk(place, learner, record=False)
    assert (await fetch(place, learner, session_id))[0] == 404
    async with place.client.get("/api/live/recordings", headers=learner.headers) as response:
        assert (await response.json())["items"] == []


async def test_others_find_nothing_and_cannot_delete(place: Parley) -> None:
    learner, other = await place.account(), await place.account()
    session_id = await talk(place, learner)
    assert (await fetch(place, other, session_id))[0] == 404
    url = f"/api/live/recordings/{session_id}"
    async with place.client.delete(url, headers=other.headers) as response:
        assert response.status == 404
    assert (await fetch(place, learner, session_id))[0] == 200
    async with place.client.delete(url, headers=learner.headers) as response:
        assert response.status == 204
    assert (await fetch(place, learner, session_id))[0] == 404


async def test_an_account_takes_its_recordings_with_it(place: Parley) -> None:
    learner = await place.account()
    await talk(place, learner)
    async with place.client.delete("/api/auth/me", json={"password": PASSWORD}, headers=learner.headers) as response:
        assert response.status == 204, await response.text()
    async with place.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_recordings") == 0


async def test_recordings_are_kept_for_so_many_days(place: Parley) -> None:
    learner = await place.account()
    session_id = await talk(place, learner)
    made = place.resources.clock.now()
    for days, status in ((29, 200), (31, 404)):
        clock = FakeClock(made + timedelta(days=days))
        await Recordings(place.resources.database, clock, 30).sweep()
        assert (await fetch(place, learner, session_id))[0] == status


async def test_a_place_that_keeps_none_says_so(settings: Settings, database_url: str, redis_url: str) -> None:
    none = settings.model_copy(update={"recording_days": 0})
    async with running(none, database_url, redis_url, listening=ScriptedListening()) as place:
        learner = await place.account()
        body = {"session_type": "voice", "record": True}
        async with place.client.post("/api/live/session/start", json=body, headers=learner.headers) as response:
            assert response.status == 400
            assert (await response.json())["detail"]["fields"][0]["path"] == "/record"
