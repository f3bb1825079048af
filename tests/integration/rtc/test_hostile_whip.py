"""Publishers that are hostile, unlucky or late: each gets an answer, and nothing of them stays."""

import asyncio
from collections.abc import Callable
from io import BytesIO
from typing import Any

from tests.support.node import Account, Parley
from tests.support.webrtc import Learner

PATH = "/api/live/whip"
SDP = {"Content-Type": "application/sdp"}
FRAGMENT = {"Content-Type": "application/trickle-ice-sdpfrag", "If-Match": "*"}

Change = Callable[[str], str | bytes]


async def _started(parley: Parley, account: Account) -> dict[str, Any]:
    body = {"session_type": "voice"}
    async with parley.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        assert response.status == 201, await response.text()
        started: dict[str, Any] = await response.json()
        return started


async def _end(parley: Parley, account: Account, started: dict[str, Any]) -> None:
    body = {"session_id": started["session_id"]}
    async with parley.client.post("/api/live/session/end", json=body, headers=account.headers) as response:
        assert response.status == 200, await response.text()


def _ticket(started: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {started['realtime']['ticket']}"}


async def _posted(parley: Parley, offer: str | bytes, headers: dict[str, str]) -> tuple[int, str | None]:
    sent = BytesIO(offer.encode() if isinstance(offer, str) else offer)
    async with parley.client.post(PATH, data=sent, headers=headers) as response:
        await response.read()
        return response.status, response.headers.get("Location")


def _line(text: str) -> Change:
    """The offer with one line more, above all sections."""
    return lambda offer: offer.replace("t=0 0\r\n", f"t=0 0\r\n{text}\r\n", 1)


OFFERS: list[tuple[Change, tuple[int, ...]]] = [
    (_line("a=group"), (201,)),
    (_line("a=group:"), (201,)),
    (_line("a=group: \t "), (201,)),
    (_line("a=group:BUNDLE"), (201,)),
    (_line("a=group:LS 0"), (201,)),
    (_line("a=" + "x" * 60_000), (201,)),
    (lambda offer: offer + "a=candidate:\r\n" * 2000, (201,)),
    (lambda offer: offer + "x" * 70_000, (400, 413)),
    (lambda offer: offer + "a=x:y\r\n" * 3_000_000, (413,)),
    (lambda offer: offer + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n" * 40, (400,)),
    (lambda offer: offer.replace("a=ice-ufrag:", "a=ice-ufrag: "), (201, 400)),
    (lambda offer: offer.replace("a=mid:0", "a=mid:"), (201, 400)),
    (lambda offer: offer.replace("\r\n", "\n"), (201,)),
    (lambda offer: offer.replace("\r\n", "\r"), (400,)),
    (lambda offer: offer.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), (201, 400)),
    (lambda offer: offer.replace("a=setup:actpass", "a=setup:holdconn"), (400,)),
    (lambda offer: offer.encode("utf-16"), (400,)),
    (lambda _: "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", (400,)),
]


async def test_a_strange_offer_gets_an_answer(parley: Parley) -> None:
    account = await parley.account()
    for number, (change, statuses) in enumerate(OFFERS):
        started = await _started(parley, account)
        publisher = Learner(listens=False)
        status, location = await _posted(parley, change(await publisher.offer()), SDP | _ticket(started))
        await publisher.close()
        assert status in statuses, number
        if location is not None:
            async with parley.client.delete(location) as response:
                assert response.status == 200
        await _end(parley, account, started)


PATCHES: list[tuple[dict[str, str], str | bytes]] = [
    ({}, ""),
    ({"Content-Type": "application/trickle-ice-sdpfrag; charset=x"}, ""),
    ({"Content-Type": "application/trickle-ice-sdpfrag/"}, ""),
    (FRAGMENT | {"If-Match": ""}, ""),
    (FRAGMENT | {"If-Match": "unquoted"}, ""),
    (FRAGMENT | {"If-Match": '"' + "x" * 4000 + '"'}, ""),
    (FRAGMENT, "a=group:\r\n"),
    (FRAGMENT, "a=candidate\r\n"),
    (FRAGMENT, "a=ice-ufrag\r\na=ice-pwd\r\n"),
    (FRAGMENT, "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:nobody\r\na=candidate:1 1 udp 1 203.0.113.9 5000 typ host\r\n"),
    (FRAGMENT, "a=candidate:1 1 udp 1 203.0.113.9 5000 typ host\r\n" * 300),
    (FRAGMENT, "a=mid:0\r\na=mid:0\r\n"),
    (FRAGMENT, "x" * 70_000),
    (FRAGMENT, "\ud800".encode("utf-8", "surrogatepass")),
]


async def test_a_strange_patch_gets_an_answer_and_a_publication_is_deleted_once(parley: Parley) -> None:
    account = await parley.account()
    started = await _started(parley, account)
    publisher = Learner(listens=False)
    status, location = await _posted(parley, await publisher.offer(), SDP | _ticket(started))
    assert status == 201 and location is not None
    for headers, body in PATCHES:
        async with parley.client.patch(location, data=body, headers=headers) as response:
            assert response.status in (204, 400, 412, 413, 415, 422, 428), await response.text()
    gone = await asyncio.gather(*(_deleted(parley, location) for _ in range(5)))
    assert sorted(gone)[0] == 200 and set(gone) <= {200, 404}
    assert await _deleted(parley, location) == 404
    for headers, body in PATCHES:
        async with parley.client.patch(location, data=body, headers=headers) as response:
            assert response.status == 404
    await publisher.close()


async def _deleted(parley: Parley, location: str) -> int:
    async with parley.client.delete(location) as response:
        return response.status


async def test_a_publication_meets_the_end_of_its_session(parley: Parley) -> None:
    """Whichever is first: a media session, which ends with the live one, or a refusal."""
    account = await parley.account()
    for wait in (0.0, 0.01, 0.03):
        started = await _started(parley, account)
        publisher = Learner(listens=False)
        offer = await publisher.offer()
        posting = asyncio.ensure_future(_posted(parley, offer, SDP | _ticket(started)))
        await asyncio.sleep(wait)
        await _end(parley, account, started)
        status, location = await posting
        assert status in (201, 404, 409)
        if location is not None:
            async with asyncio.timeout(60):
                while await _deleted(parley, location) != 404:  # noqa: ASYNC110 - no event tells
                    await asyncio.sleep(0.05)
        async with parley.client.get("/api/live/quota", headers=account.headers) as response:
            assert (await response.json())["reserved_seconds"] == 0
        await publisher.close()


async def test_the_location_is_the_only_key_to_a_publication(parley: Parley) -> None:
    for unknown in ("any", "%00", "..", "x" * 3000, "%F0%9F%92%A9"):
        for method in ("DELETE", "PATCH"):
            async with parley.client.request(method, f"{PATH}/{unknown}", headers=FRAGMENT) as response:
                assert response.status in (404, 405), (method, unknown)
