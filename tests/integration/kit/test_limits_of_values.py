"""Values at the ends of what can be held, where no schema names them: headers, cursors and depth."""

import base64

import pytest

from tests.support.node import Parley

PERIODS = [
    "?to=9999-12-31",
    "?to=0001-01-05",
    "?from=0001-01-01&to=0001-01-01",
    "?from=9999-12-31&to=9999-12-31",
    "?to=9999-12-30",
]


@pytest.mark.parametrize("path", ["learning-time", "phonemes"])
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
async def test_a_period_at_the_end_of_time_has_its_days(parley: Parley, path: str, period: str, zone: str) -> None:
    ana = await parley.account(timezone=zone)
    async with parley.client.get(f"/api/analytics/{path}{period}", headers=ana.headers) as response:
        body = await response.json()
        assert response.status == 200, body
    if path == "learning-time":
        dates = [day["date"] for day in body["by_day"]]
        assert dates == sorted(set(dates)) and 1 <= len(dates) <= 30


async def test_the_last_moment_there_is_comes_back_as_a_time(parley: Parley) -> None:
    ana = await parley.account()
    body = {"name": "for ever", "scopes": ["live:read"], "expires_at": "9999-12-31T23:59:59.9999999Z"}
    async with parley.client.post("/api/api-keys", json=body, headers=ana.headers) as response:
        assert response.status == 201
        key = (await response.json())["key"]
    async with parley.client.get("/api/api-keys", headers=ana.headers) as response:
        assert (await response.json())["items"][0]["expires_at"].startswith("9999-12-31T23:59:59.99999")
    async with parley.client.get("/api/live/quota", headers={"X-API-Key": key}) as response:
        assert response.status == 200


@pytest.mark.parametrize("depth", [100, 900, 100_000])
async def test_depth_is_refused_and_no_trace(parley: Parley, depth: int) -> None:
    ana = await parley.account()
    sent = b'{"title": ' + b"[" * depth + b'"\\u0000"' + b"]" * depth + b"}"
    headers = {**ana.headers, "Content-Type": "application/json"}
    async with parley.client.post("/api/core/notes", data=sent, headers=headers) as response:
        assert response.status == 400


@pytest.mark.parametrize("wanted", ["bytes=²-", "bytes=-" + "9" * 5000, "bytes=" + "9" * 5000 + "-", "bytes=٣-"])
async def test_a_range_is_digits(parley: Parley, wanted: str) -> None:
    ana = await parley.account()
    writing = {"skill": "writing", "text": "I has a dog. It is brown and it like to run in the park every day."}
    async with parley.client.post("/api/learn/english/evaluate", json=writing, headers=ana.headers) as response:
        audio_id = (await response.json())["evaluation_id"]
    async with parley.resources.database.connection() as cx:
        await cx.execute(
            """insert into english_recordings (id, user_id, media_type, content, seconds, created_at)
               values ($1, $2, 'audio/wav', 'sound', 1.0, now())""",
            audio_id,
            ana.user_id,
        )
    headers = {**ana.headers, "Range": wanted}
    async with parley.client.get(f"/api/learn/english/audio/{audio_id}", headers=headers) as response:
        assert (response.status, await response.read()) == (200, b"sound")


@pytest.mark.parametrize("rank", [-(2**63), 2**63 - 1, 0])
async def test_a_cursor_may_stand_anywhere(parley: Parley, rank: int) -> None:
    ana = await parley.account()
    cursor = base64.urlsafe_b64encode(rank.to_bytes(8, "big", signed=True) + b"\xff" * 16).decode()
    for path in ("/api/core/notes", "/api/live/transcripts", "/api/learn/english/xpi/history", "/api/auth/sessions"):
        async with parley.client.get(path, params={"cursor": cursor}, headers=ana.headers) as response:
            assert response.status == 200, path
