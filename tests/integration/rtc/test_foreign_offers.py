"""Offers of clients that are no browser, and hostile ones, at every door that takes an offer."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import socketio

from realtime.transports.webrtc import candidates
from tests.support import offers
from tests.support.calls import opened
from tests.support.node import Account, Parley, running
from tests.support.waiting import until
from tests.support.webrtc import Learner

Ask = Callable[[str], Awaitable[tuple[str | None, dict[str, Any]]]]
"""Takes an offer and gives the answer, or None and the refusal."""


async def _started(parley: Parley) -> tuple[Account, dict[str, Any]]:
    account = await parley.account()
    body = {"session_type": "voice"}
    async with parley.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        return account, await response.json()


@asynccontextmanager
async def _whip(parley: Parley) -> AsyncIterator[Ask]:
    async def ask(sdp: str) -> tuple[str | None, dict[str, Any]]:
        _, started = await _started(parley)
        headers = {"Content-Type": "application/sdp", "Authorization": f"Bearer {started['realtime']['ticket']}"}
        async with parley.client.post("/api/live/whip", data=sdp.encode(), headers=headers) as response:
            if response.status == 201:
                return await response.text(), {}
            assert response.status in (400, 413), await response.text()
            return None, (await response.json())["detail"]

    yield ask


@asynccontextmanager
async def _websocket(parley: Parley) -> AsyncIterator[Ask]:
    socket, _ = await opened(parley, "/api/realtime/live")

    async def ask(sdp: str) -> tuple[str | None, dict[str, Any]]:
        answer = await socket.ask("webrtc.offer", {"sdp": sdp})
        return answer.get("sdp"), answer.get("error", {})

    yield ask
    await socket.socket.close()


@asynccontextmanager
async def _socketio(parley: Parley) -> AsyncIterator[Ask]:
    account, started = await _started(parley)
    client = socketio.AsyncClient(reconnection=False)
    await client.connect(
        parley.url,
        transports=["websocket"],
        namespaces=["/live"],
        auth={"token": account.access_token},
        wait_timeout=60,
    )
    joined = await client.call("session.join", {"session_id": started["session_id"]}, "/live", timeout=30)
    assert joined["ok"]

    async def ask(sdp: str) -> tuple[str | None, dict[str, Any]]:
        answer = await client.call("webrtc.offer", {"sdp": sdp}, "/live", timeout=30)
        return answer.get("sdp"), answer.get("error", {})

    yield ask
    await client.disconnect()


DOORS = {"whip": _whip, "websocket": _websocket, "socketio": _socketio}
door_of = pytest.mark.parametrize("door", DOORS)


@door_of
async def test_the_audio_of_other_clients_is_accepted(parley: Parley, door: str) -> None:
    async with DOORS[door](parley) as ask:
        for client in offers.CLIENTS:
            answer, refusal = await ask(offers.offer(client))
            assert answer is not None, (client, refusal)
            asked = [section.split(" ")[0] for section in offers.sections(offers.offer(client))]
            assert [f"m={kind}" for kind, _ in offers.taken(answer)] == asked
            assert ("audio", True) in offers.taken(answer)
            for section, (kind, here) in zip(offers.sections(answer), offers.taken(answer), strict=True):
                assert not here or kind in ("audio", "application") or "a=inactive" in section


@door_of
async def test_a_dressed_up_offer_connects(parley: Parley, door: str) -> None:
    learner = Learner()
    offer = offers.dressed(await learner.offer())
    async with DOORS[door](parley) as ask:
        answer, refusal = await ask(offer)
        assert answer is not None, refusal
        assert offers.taken(answer) == [("video", False), ("audio", True), ("application", True), ("text", False)]
        await learner.accept(offers.undressed(answer, [1, 2]))
        await learner.connected()
    await learner.close()


async def test_several_audio_lines_are_one_by_a_socket_and_refused_by_whip(parley: Parley) -> None:
    offer = offers.simple("a=mid:a", *offers.simple("a=mid:b").splitlines()[4:])
    async with _websocket(parley) as ask:
        answer, _ = await ask(offer)
    assert answer is not None and offers.taken(answer) == [("audio", True), ("audio", False)]
    async with _whip(parley) as ask:
        answer, refusal = await ask(offer)
    assert answer is None and refusal["error"] == "too_many_tracks"


HOSTILE = {
    "nothing": "v=0\r\n",
    "NUL": offers.simple("a=tool:\0"),
    "NUL in a name": offers.simple("a=mid:\0"),
    "many lines": offers.simple(*["a=ssrc:1 cname:x"] * 4500),
    "huge": "v=0\r\n" + "a" * 70_000,
    "many sections": offers.simple(*["m=audio 9 UDP/TLS/RTP/SAVPF 111"] * 500),
    "no media": "v=0\r\nm=\r\n",
    "numbers": offers.simple(media="m=audio 9 UDP/TLS/RTP/SAVPF " + "9" * 60),
    "port": offers.simple(media="m=audio 99999 UDP/TLS/RTP/SAVPF 111"),
    "same mids": offers.simple("a=mid:a", "m=text 9 RTP/AVP 1", "a=mid:a"),
    "no transport": offers.simple(transport=False),
    "fingerprint": offers.simple().replace("AB:", "ZZ:"),
    "setup": offers.simple().replace("actpass", "x"),
    "ufrag": offers.simple().replace("abcd\r\n", "é\r\n"),
    "not UTF-8 once": offers.simple().replace("actpass", "\ufffd"),
}


@door_of
async def test_a_hostile_offer_is_refused_and_nothing_is_left(
    parley: Parley, door: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with DOORS[door](parley) as ask:
        for name, offer in HOSTILE.items():
            answer, refusal = await ask(offer)
            assert answer is None, name
            assert refusal["error"] in ("invalid_request", "too_large", "too_many_tracks"), (name, refusal)
            assert "Traceback" not in json.dumps(refusal)
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL") or record.exc_info]
    await until(lambda: not [task for task in asyncio.all_tasks() if task.get_name().startswith("peer")])


@pytest.mark.parametrize("body", [b"\xff\xfe", b"v=0\r\n\xff", b"v=0\r\na=mid:\xc3\x28", "v=0".encode("utf-16")])
async def test_bytes_that_are_no_text_are_no_offer(parley: Parley, body: bytes) -> None:
    _, started = await _started(parley)
    for kind in ("application/sdp", "application/sdp; charset=utf-8", "application/sdp; charset=nonsense"):
        headers = {"Content-Type": kind, "Authorization": f"Bearer {started['realtime']['ticket']}"}
        async with parley.client.post("/api/live/whip", data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["detail"]["error"] == "invalid_request"


@pytest.fixture(params=[0, 1], ids=["own loop", "media worker"])
async def either(
    request: pytest.FixtureRequest, settings: Any, database_url: str, redis_url: str
) -> AsyncIterator[Parley]:
    changed = settings.model_copy(update={"media_workers": request.param})
    async with running(changed, database_url, redis_url) as parley:
        yield parley


async def test_no_packet_goes_to_an_address_of_this_machine_that_a_client_names(either: Parley) -> None:
    ear = offers.Ear()
    named = [f"a=candidate:1 1 udp 2122260223 {host} {ear.port} typ host" for host in ("127.0.0.1", "localhost", "::1")]
    learner = Learner()
    socket, _ = await opened(either, "/api/realtime/live")
    own = (await learner.offer()).replace("a=mid:0\r\n", "\r\n".join(["a=mid:0", *named]) + "\r\n")
    answer = await socket.ask("webrtc.offer", {"sdp": own})
    assert answer["ok"]
    later = {"candidate": f"candidate:2 1 udp 2122260223 127.0.0.1 {ear.port} typ host", "sdpMid": "0"}
    assert (await socket.ask("webrtc.candidate", later))["ok"]
    assert (await socket.ask("webrtc.candidate", {"candidate": "candidate:x", "sdpMid": "0"}))["error"]
    await learner.accept(answer["sdp"])
    await learner.connected()  # by the checks that it sends itself: its own addresses are none that count
    assert ear.heard() == []
    ear.close()
    await learner.close()
    await socket.socket.close()


async def test_packets_go_to_a_candidate_that_counts(parley: Parley, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, were this machine's address a public one: the ear works."""
    monkeypatch.setattr(candidates, "sends_to", lambda host, port, private: host == "127.0.0.1")
    ear = offers.Ear()
    text = f"a=candidate:1 1 udp 2122260223 127.0.0.1 {ear.port} typ host"
    async with _websocket(parley) as ask:
        answer, _ = await ask(offers.simple(text))
        assert answer is not None
        await until(ear.heard)
    ear.close()
