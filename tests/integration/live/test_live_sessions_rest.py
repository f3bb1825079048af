"""Live sessions over REST, on a real server with real PostgreSQL and Valkey."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running

START = "/api/live/session/start"


async def post(parley: Parley, path: str, who: Account, **body: Any) -> tuple[int, dict[str, Any]]:
    async with parley.client.post(path, json=body, headers=who.headers) as response:
        return response.status, await response.json()


async def get(parley: Parley, path: str, who: Account) -> tuple[int, dict[str, Any]]:
    async with parley.client.get(path, headers=who.headers) as response:
        return response.status, await response.json()


async def test_a_new_learner_has_the_free_plan_of_this_month(parley: Parley) -> None:
    who = await parley.account()
    status, quota = await get(parley, "/api/live/quota", who)
    assert status == 200
    assert (quota["plan"], quota["limit_seconds"], quota["used_seconds"]) == ("free", 600, 0)
    assert (quota["reserved_seconds"], quota["remaining_seconds"]) == (0, 600)
    assert quota["period_start"].endswith("-01T00:00:00Z")


async def test_start_reserves_and_gives_a_ticket(parley: Parley) -> None:
    who = await parley.account()
    status, session = await post(parley, START, who, session_type="voice")
    assert status == 201
    assert session["session_type"] == "voice" and session["remaining_seconds"] == 600
    assert session["realtime"]["namespace"] == "/live" and session["realtime"]["ticket"]
    _, quota = await get(parley, "/api/live/quota", who)
    assert (quota["used_seconds"], quota["reserved_seconds"], quota["remaining_seconds"]) == (0, 600, 600)


async def test_a_second_session_needs_takeover(parley: Parley) -> None:
    who = await parley.account()
    _, first = await post(parley, START, who, session_type="voice")
    status, refused = await post(parley, START, who, session_type="avatar")
    assert status == 409 and refused["detail"]["error"] == "session_active"
    status, second = await post(parley, START, who, session_type="avatar", takeover=True)
    assert status == 201 and second["session_id"] != first["session_id"]
    status, ended = await post(parley, "/api/live/session/end", who, session_id=first["session_id"])
    assert status == 200 and ended["status"] == "ended"


@pytest.mark.parametrize("takeover", [False, True])
async def test_of_many_starts_at_once_one_session_runs(parley: Parley, takeover: bool) -> None:
    person = await parley.account()
    body = {"session_type": "voice", "takeover": takeover}
    answers = await asyncio.gather(*(post(parley, START, person, **body) for _ in range(8)))
    statuses = sorted(status for status, _ in answers)
    assert statuses == ([201] * 8 if takeover else [201] + [409] * 7)
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_sessions where ended_at is null") == 1


async def test_ending_twice_gives_the_same_answer_and_heartbeats_then_find_nothing(parley: Parley) -> None:
    who = await parley.account()
    _, session = await post(parley, START, who, session_type="voice")
    beat = {"session_id": session["session_id"]}
    status, answer = await post(parley, "/api/live/session/heartbeat", who, **beat)
    assert status == 200 and answer["status"] == "active" and answer["remaining_seconds"] >= 599
    _, once = await post(parley, "/api/live/session/end", who, **beat)
    _, twice = await post(parley, "/api/live/session/end", who, **beat, reason="again")
    assert once == twice
    assert (once["billed_seconds"], once["transcript_id"], once["xp_awarded"]) == (0, None, 0)
    status, gone = await post(parley, "/api/live/session/heartbeat", who, **beat)
    assert status == 404 and gone["detail"]["error"] == "not_found"


async def test_strangers_find_nothing(parley: Parley) -> None:
    who, other = await parley.account(), await parley.account()
    _, session = await post(parley, START, who, session_type="voice")
    for path in ("/api/live/session/heartbeat", "/api/live/session/end"):
        status, _ = await post(parley, path, other, session_id=session["session_id"])
        assert status == 404


@pytest.fixture
async def march(database_url: str, redis_url: str, settings: Settings, clock: FakeClock) -> AsyncIterator[Parley]:
    """A node whose time stands still on the second day of a month, in the morning."""
    async with running(settings, database_url, redis_url, clock=clock) as node:
        yield node


async def test_a_spent_month_is_refused_with_the_documented_error(march: Parley) -> None:
    parley = march
    who = await parley.account()
    _, session = await post(parley, START, who, session_type="voice")
    async with parley.resources.database.transaction() as tx:
        await tx.execute(
            """
            insert into live_intervals (session_id, started_at, ended_at, fence)
            select id, started_at - interval '10 minutes', started_at, 0 from live_sessions where id = $1
            """,
            session["session_id"],
        )
    _, ended = await post(parley, "/api/live/session/end", who, session_id=session["session_id"])
    assert ended["billed_seconds"] == 600
    async with parley.client.post(START, json={"session_type": "voice"}, headers=who.headers) as response:
        assert response.status == 429 and int(response.headers["Retry-After"]) > 0
        body = await response.json()
    assert body["detail"]["error"] == "live_quota_exceeded" and body["detail"]["used_seconds"] == 600
    _, quota = await get(parley, "/api/live/quota", who)
    assert (quota["used_seconds"], quota["remaining_seconds"]) == (600, 0)


async def test_all_faults_of_a_body_come_at_once(parley: Parley) -> None:
    who = await parley.account()
    status, body = await post(parley, START, who, session_type="hologram", record="perhaps", extra=1)
    assert status == 400
    assert {field["path"] for field in body["detail"]["fields"]} == {"/session_type", "/record", "/extra"}


async def test_nickname(parley: Parley) -> None:
    who = await parley.account()
    async with parley.client.patch("/api/live/nickname", json={"nickname": "Mika"}, headers=who.headers) as response:
        assert (response.status, await response.json()) == (200, {"nickname": "Mika"})
    async with parley.client.get("/api/auth/me", headers=who.headers) as response:
        assert (await response.json())["nickname"] == "Mika"


async def test_books_cannot_be_changed_afterwards(parley: Parley) -> None:
    who = await parley.account()
    _, session = await post(parley, START, who, session_type="voice")
    async with parley.resources.database.connection() as cx:
        await cx.execute(
            "insert into live_intervals values ($1, now() - interval '5 s', now(), 0)", session["session_id"]
        )
        try:
            await cx.execute("update live_intervals set ended_at = ended_at + interval '1 s'")
        except Exception as error:
            assert "never changed" in str(error)
        else:
            raise AssertionError("the books were changed")


SAVED = {
    "session_started_at": "2026-11-23T18:00:00Z",
    "session_ended_at": "2026-11-23T18:05:00Z",
    "transcripts": [
        {"role": "user", "text": "Good <morning>", "timestamp": "2026-11-23T18:00:01.500Z"},
        {"role": "ai", "text": "Hello & welcome", "timestamp": "2026-11-23T18:00:04Z"},
    ],
}


async def test_transcripts_are_saved_listed_and_read(parley: Parley) -> None:
    who, other = await parley.account(), await parley.account()
    status, saved = await post(parley, "/api/live/transcripts", who, **SAVED)
    assert status == 201 and saved["saved"] == 2
    _, listed = await get(parley, "/api/live/transcripts", who)
    assert [(item["turns"], item["preview"]) for item in listed["items"]] == [(2, "Good <morning>")]
    path = f"/api/live/transcripts/{saved['id']}"
    _, read = await get(parley, path, who)
    assert [(turn["role"], turn["text"]) for turn in read["turns"]] == [
        ("user", "Good <morning>"),
        ("ai", "Hello & welcome"),
    ]
    status, _ = await get(parley, path, other)
    assert status == 404


async def test_transcripts_as_subtitles(parley: Parley) -> None:
    who = await parley.account()
    _, saved = await post(parley, "/api/live/transcripts", who, **SAVED)
    path = f"/api/live/transcripts/{saved['id']}"
    texts = {}
    for form in ("srt", "vtt", "txt"):
        async with parley.client.get(path, params={"format": form}, headers=who.headers) as response:
            assert response.status == 200
            texts[form] = await response.text()
    assert texts["srt"].startswith("1\n00:00:01,500 --> 00:00:03,500\nGood <morning>\n\n2\n")
    assert texts["vtt"].startswith("WEBVTT\n\n1\n00:00:01.500 --> 00:00:03.500\n<v Learner>Good &lt;morning&gt;\n")
    assert texts["txt"] == "Learner: Good <morning>\nTutor: Hello & welcome\n"


async def test_pages_of_transcripts_stay_in_order(parley: Parley) -> None:
    who = await parley.account()
    ids = []
    for day in range(1, 6):
        body = {**SAVED, "session_started_at": f"2026-11-0{day}T18:00:00Z"}
        ids.append((await post(parley, "/api/live/transcripts", who, **body))[1]["id"])
    seen: list[str] = []
    cursor = ""
    while True:
        _, page = await get(parley, f"/api/live/transcripts?limit=2{cursor}", who)
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == ids[::-1]


async def test_ice_servers_are_those_of_the_configuration(
    settings: Settings, database_url: str, redis_url: str
) -> None:
    configured = settings.model_copy(
        update={"ice_servers": ("stun:stun.example.org", "turn:turn.example.org"), "turn_secret": SecretStr("shared")}
    )
    async with running(configured, database_url, redis_url) as parley:
        who = await parley.account()
        _, session = await post(parley, START, who, session_type="voice")
        status, again = await get(parley, "/api/live/ice-servers", who)
    assert (status, again["ice_servers"][0]) == (200, session["realtime"]["ice_servers"][0])
    assert again["ice_servers"][1]["username"].endswith(who.user_id)
    stun, turn = session["realtime"]["ice_servers"]
    assert stun["urls"] == ["stun:stun.example.org"] and turn["urls"] == ["turn:turn.example.org"]
    assert turn["username"].endswith(who.user_id) and turn["credential"]


async def test_without_configuration_there_are_no_ice_servers(parley: Parley) -> None:
    _, session = await post(parley, START, await parley.account(), session_type="voice")
    assert session["realtime"]["ice_servers"] == []


async def test_credentials_of_a_relay_live_as_long_as_the_longest_session(
    settings: Settings, database_url: str, redis_url: str
) -> None:
    day = 24 * 3600
    given = {"ice_servers": ("turn:turn.example.org",), "turn_secret": SecretStr("s"), "live_longest_seconds": day}
    async with running(settings.model_copy(update=given), database_url, redis_url) as parley:
        _, told = await get(parley, "/api/live/ice-servers", await parley.account())
        now = parley.resources.clock.now().timestamp()
    expiry = int(told["ice_servers"][0]["username"].partition(":")[0])
    assert day - 60 < expiry - now <= day
