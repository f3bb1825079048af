"""The JavaScript client in a real browser, over lines that break."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.config import Settings
from tests.browser.conftest import Open
from tests.support.embeds import embed_token
from tests.support.node import Parley, running
from tests.support.scripted_listener import ScriptedListening
from tests.support.waiting import until

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
def listening() -> ScriptedListening:
    return ScriptedListening()


@pytest.fixture
async def place(
    settings: Settings, database_url: str, redis_url: str, listening: ScriptedListening
) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, listening=listening) as node:
        yield node


async def heard(listening: ScriptedListening, seconds: float) -> None:
    """Until so much sound has come."""
    await until(lambda: listening.listener and listening.listener[-1].position_ms >= seconds * 1000)


async def test_broken_lines_cost_neither_events_nor_sound(
    place: Parley, open_page: Open, listening: ScriptedListening
) -> None:
    learner = await place.account()
    page = await open_page("jfk")
    await page.goto(place.url)
    talking = asyncio.ensure_future(page.evaluate(TALK, learner.access_token))
    runner = place.client.server.runner
    assert runner is not None and runner.server is not None
    broken = 0
    for seconds in (1.2, 2.4, 3.6, 4.8):
        await heard(listening, seconds)
        for connection in list(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
                broken += 1
    told = await talking
    numbers = [seq for _, seq, _ in told["seen"]]
    assert broken >= 4
    assert numbers == list(range(1, len(numbers) + 1))
    assert [text for name, _, text in told["seen"] if name == "transcript.final"] == [f"second {n}" for n in range(6)]
    assert told["ended"]["reason"] == "client" and told["ended"]["billed_seconds"] >= 6


async def test_a_session_outlives_the_token_that_began_it(
    place: Parley, open_page: Open, listening: ScriptedListening
) -> None:
    """As in an embedded page, whose token is good for minutes and cannot be renewed."""
    token = await embed_token(place, "https://school.example")
    page = await open_page("jfk")
    await page.goto(place.url)
    talking = asyncio.ensure_future(page.evaluate(TALK, token))
    await heard(listening, 0.2)
    async with place.resources.database.connection() as cx:
        await cx.execute("update integration_tokens set expires_at = now() - interval '1 minute'")
    runner = place.client.server.runner
    assert runner is not None and runner.server is not None
    for connection in list(runner.server.connections):
        if connection.transport is not None:
            connection.transport.abort()
    told = await talking
    assert [text for name, _, text in told["seen"] if name == "transcript.final"] == [f"second {n}" for n in range(6)]
    assert told["ended"]["reason"] == "client"
