"""Calls of the OpenAI Realtime API that are refused, or fail: nothing begins, and nothing of them stays."""

from typing import Any

import aiohttp
import openai
import pytest

from kit import errors
from realtime.node.media import Offer
from realtime.transports.openai.call import Call
from realtime.transports.webrtc.session_peers import SessionPeers
from tests.integration.doors.test_openai_calls import SDP, TOOL, offer_of_somebody_gone, used_in_the_end
from tests.integration.doors.test_openai_realtime import _client, _key
from tests.support.node import Parley


async def test_what_is_no_call_is_refused_and_begins_nothing(node: Parley) -> None:
    account = await node.account()
    offer = await offer_of_somebody_gone()
    key = {"Authorization": f"Bearer {await _key(node, account, 'live:read')}"}
    path = "/v1/realtime/calls"

    def form(**parts: Any) -> aiohttp.FormData:
        made = aiohttp.FormData(default_to_multipart=True)
        for name, value in parts.items():
            made.add_field(name, value)
        return made

    wrong: list[tuple[Any, dict[str, str], int, str]] = [
        (offer, SDP, 401, "not_authenticated"),
        (offer, {**SDP, **key}, 403, "INSUFFICIENT_API_KEY_SCOPE"),
        ("v=0\r\n", {**SDP, **account.headers}, 400, "invalid_request"),
        (b"\xff", {**SDP, **account.headers}, 400, "invalid_request"),
        ("x" * 70_000, {**SDP, **account.headers}, 413, "too_large"),
        (offer, {"Content-Type": "text/plain", **account.headers}, 415, "unsupported_media_type"),
        (form(session="{}"), account.headers, 400, "invalid_request"),
        (form(sdp=offer, session="{"), account.headers, 400, "invalid_request"),
        (form(sdp=offer, session="[]"), account.headers, 400, "invalid_request"),
        (form(sdp=offer, session='{"type": "translation"}'), account.headers, 400, "invalid_request"),
        (form(sdp=offer, session='{"type": "transcription", "audio": 1}'), account.headers, 400, "invalid_request"),
        (form(sdp=offer, session='{"tools": [{"type": "mcp"}]}'), account.headers, 400, "invalid_request"),
        (form(sdp=offer.replace("sendrecv", "recvonly")), account.headers, 400, "invalid_request"),
        (form(**{f"p{number}": "" for number in range(40)}), account.headers, 400, "invalid_request"),
        (form(other="x" * 100), account.headers, 413, "too_large"),
        (_twice(offer), account.headers, 400, "invalid_request"),
    ]
    for body, headers, status, code in wrong:
        async with node.client.post(path, data=body, headers=headers) as response:
            found = await response.json()
            assert (response.status, found["error"]["code"]) == (status, code), (str(body)[:80], found)
    for call in ("rtc_x", "rtc_0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"):
        async with node.client.post(f"{path}/{call}/hangup", headers=account.headers) as response:
            assert (response.status, (await response.json())["error"]["code"]) == (404, "not_found")
    assert await used_in_the_end(node, account) == 0


def _twice(offer: str) -> aiohttp.FormData:
    """A form could go on like this for ever."""
    made = aiohttp.FormData(default_to_multipart=True)
    for _ in range(3):
        made.add_field("sdp", offer)
    return made


async def test_a_call_that_fails_leaves_the_place_free(node: Parley, monkeypatch: pytest.MonkeyPatch) -> None:
    account = await node.account()
    headers = {**SDP, "X-API-Key": await _key(node, account, "live:write")}
    path = "/v1/realtime/calls"
    offer = await offer_of_somebody_gone()
    for _ in range(3):  # not 409: the session that began for it has ended with the refusal
        async with node.client.post(path, data=offer.replace("a=rtcp-mux", "a=x"), headers=headers) as response:
            assert (response.status, (await response.json())["error"]["code"]) == (400, "invalid_request")
    opened = SessionPeers.opened

    async def ended_meanwhile(lines: SessionPeers, wanted: Offer) -> Any:
        found = await opened(lines, wanted)
        assert isinstance(wanted.offerer, Call)
        await wanted.offerer.expel(errors.unauthenticated())
        return found

    monkeypatch.setattr(SessionPeers, "opened", ended_meanwhile)
    async with node.client.post(path, data=offer, headers=headers) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (409, "session_ended")
    assert await used_in_the_end(node, account) == 0


async def test_hanging_up_ends_what_no_node_runs_and_needs_no_costly_request(node: Parley) -> None:
    account = await node.account()
    async with node.client.post(
        "/api/live/session/start", json={"session_type": "voice"}, headers=account.headers
    ) as response:
        session_id = (await response.json())["session_id"]
    path = "/v1/realtime/calls"
    while True:
        async with node.client.post(path, data="x", headers={**SDP, **account.headers}) as response:
            if response.status == 429:
                break
    async with node.client.post(f"{path}/rtc_{session_id}/hangup", headers=account.headers) as response:
        assert response.status == 200
    assert await used_in_the_end(node, account) == 0


async def test_the_tutor_alone_refuses_functions_in_a_call(parley: Parley) -> None:
    account = await parley.account()
    async with _client(parley, account.access_token) as client:
        with pytest.raises(openai.BadRequestError) as refusal:
            await client.realtime.calls.create(
                sdp=await offer_of_somebody_gone(), session={"type": "realtime", "tools": [TOOL]}
            )
    assert (refusal.value.code, refusal.value.param) == ("tools_unsupported", "session.tools")
