"""The JavaScript client in a real browser, over lines that break."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.config import Settings
from tests.browser.conftest import Open
from tests.support.embeds import embed_token
from tests.support.node import Parley, running
from tests.support.scripted_listener import ScriptedListening

TALK = """async (token) => {
  const { Session } = await import("/sdk/session.js");
  const session = new Session("/speaking", { token: () => token });
  const seen = [];
  for (const name of ["session.state", "speech.started", "speech.stopped", "transcript.partial", "transcript.final",
      "pronunciation.word", "pronunciation.final", "session.ended"]) {
    session.on(name, (data) => seen.push([name, data.seq, data.text ?? null]));
  }
  await session.startSpeaking({});
  for (let frame = 0; frame < 60; frame++) {
    session.sendAudio(new Int16Array(1600));
    await new Promise((done) => setTimeout(done, 100));
  }
  const ended = await session.end();
  return { ended, seen };
}"""


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, listening=ScriptedListening()) as node:
        yield node


async def test_broken_lines_cost_neither_events_nor_sound(place: Parley, open_page: Open) -> None:
    learner = await place.account()
    page = await open_page("jfk")
    await page.goto(place.url)
    talking = asyncio.ensure_future(page.evaluate(TALK, learner.access_token))
    runner = place.client.server.runner
    assert runner is not None and runner.server is not None
    broken = 0
    for _ in range(4):
        await asyncio.sleep(1.4)
        for connection in list(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
                broken += 1
    told = await talking
    numbers = [seq for _, seq, _ in told["seen"]]
    assert broken >= 3
    assert numbers == list(range(1, len(numbers) + 1))
    assert [text for name, _, text in told["seen"] if name == "transcript.final"] == [f"second {n}" for n in range(6)]
    assert told["ended"]["reason"] == "client" and told["ended"]["billed_seconds"] >= 6


async def test_a_session_outlives_the_token_that_began_it(place: Parley, open_page: Open) -> None:
    """As in an embedded page, whose token is good for minutes and cannot be renewed."""
    token = await embed_token(place, "https://school.example")
    page = await open_page("jfk")
    await page.goto(place.url)
    talking = asyncio.ensure_future(page.evaluate(TALK, token))
    async with place.resources.database.connection() as cx:
        async with asyncio.timeout(60):
            while not await cx.fetchval("select count(*) from live_sessions"):  # noqa: ASYNC110 - it happens elsewhere
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)  # the join is answered
        await cx.execute("update integration_tokens set expires_at = now() - interval '1 minute'")
    runner = place.client.server.runner
    assert runner is not None and runner.server is not None
    for connection in list(runner.server.connections):
        if connection.transport is not None:
            connection.transport.abort()
    told = await talking
    assert [text for name, _, text in told["seen"] if name == "transcript.final"] == [f"second {n}" for n in range(6)]
    assert told["ended"]["reason"] == "client"
