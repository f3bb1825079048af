"""A hostile client on the data channel: malformed messages are refused, and the channel goes on answering."""

import asyncio
import random
from typing import Any

import pytest

from tests.support import hostile_messages
from tests.support.calls import calling, opened
from tests.support.node import Parley, running
from tests.support.waiting import until
from tests.support.webrtc import Learner

ATTACKS = 200


@pytest.mark.parametrize("workers", [0, 1])
async def test_malformed_messages_on_the_channel_are_refused(
    settings: Any, database_url: str, redis_url: str, workers: int, capfd: pytest.CaptureFixture[str]
) -> None:
    configured = settings.model_copy(update={"media_workers": workers})
    async with running(configured, database_url, redis_url) as parley:
        await _attacked(parley)
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    assert "[error" not in said.out + said.err


async def _attacked(parley: Parley) -> None:
    socket, session_id = await opened(parley, "/api/realtime/speaking")
    learner = Learner()
    await calling(socket, learner)
    chance = random.Random(11)
    for number in range(ATTACKS):
        for message in (hostile_messages.envelopes if number % 2 else hostile_messages.events)(chance):
            assert isinstance(message, str)
            if len(message) < 200_000:
                learner.say(message)
        if number % 5 == 4:
            await _answers(learner)
    assert learner.acks  # of those that had an id
    assert (await learner.ask("session.join", {"session_id": session_id}))["ok"]
    assert (await learner.ask("text", {"text": "All is well."}))["ok"]
    assert (await learner.until("transcript.final"))["text"] == "All is well."
    assert (await learner.ask("session.end", {}))["ok"]
    await learner.until("session.ended")
    await learner.close()
    await socket.socket.close()


@pytest.mark.parametrize(
    ("protocol", "data"),
    [
        (51, b"\xff\xfe"),  # a text that is none
        (50, b"\x03\0\0\0\0\0\0\0\0\xff\0\0"),  # an open for a channel that is open
        (50, b"\x02"),
        (50, b"\x03"),
        (50, b"\xff" * 40),
    ],
)
async def test_what_breaks_the_protocol_of_the_channel_ends_the_peer_at_most(
    settings: Any, database_url: str, redis_url: str, protocol: int, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    async with running(settings, database_url, redis_url) as parley:
        socket, _ = await opened(parley, "/api/realtime/speaking")
        learner = Learner()
        await calling(socket, learner)
        assert learner.channel is not None
        sctp = learner.channel.transport
        sctp._data_channel_queue.append((learner.channel, protocol, data))
        await sctp._data_channel_flush()
        learner.say('{"event": "session.heartbeat", "id": 1, "data": {}}')
        await until(lambda: 1 in learner.acks or learner.connection.connectionState != "connected", 20)
        assert (await socket.ask("session.heartbeat", {}))["ok"]  # the session goes on
        await learner.close()
        await socket.socket.close()
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err


async def _answers(learner: Learner) -> None:
    """Whether the channel answers; not faster than its rate limit lets events through."""
    while (answer := await learner.ask("session.heartbeat", {})) is not None:
        if answer.get("error", {}).get("error") != "rate_limited":
            return
        await asyncio.sleep(answer["error"]["retry_after"])
