"""A real Chromium publishes picture and sound by WHIP: the sound is taken, and the browser takes the answer."""

from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.support.node import Parley

PUBLISH = """async ({ url, ticket, kinds, bundlePolicy }) => {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true });
    const picture = document.createElement("canvas").captureStream(5);
    const peer = new RTCPeerConnection({ bundlePolicy });
    const tracks = { audio: media.getAudioTracks()[0], video: picture.getVideoTracks()[0] };
    for (const kind of kinds) peer.addTransceiver(tracks[kind], { direction: "sendonly", streams: [media] });
    await peer.setLocalDescription();
    const headers = { "Content-Type": "application/sdp", Authorization: `Bearer ${ticket}` };
    const response = await fetch(url, { method: "POST", headers, body: peer.localDescription.sdp });
    if (response.status !== 201) return [response.status, await response.text()];
    await peer.setRemoteDescription({ type: "answer", sdp: await response.text() });
    await new Promise((done) => {
        const look = () => peer.connectionState === "connected" ? done() : setTimeout(look, 50);
        look();
    });
    return [response.status, peer.getTransceivers().map((one) => one.currentDirection ?? "stopped")];
}"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("policy", ["max-bundle", "balanced"])
@pytest.mark.parametrize("kinds", [["video", "audio"], ["audio", "video"], ["audio"]], ids="+".join)
async def test_a_browser_that_shows_a_picture_is_heard(
    parley: Parley, open_page: Open, kinds: list[str], policy: str
) -> None:
    account = await parley.account()
    body = {"session_type": "voice"}
    async with parley.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started: dict[str, Any] = await response.json()
    page = await open_page("jfk")
    await page.goto(f"{parley.url}/")
    given = {"url": "/api/live/whip", "ticket": started["realtime"]["ticket"], "kinds": kinds, "bundlePolicy": policy}
    status, directions = await page.evaluate(PUBLISH, given)
    assert status == 201, directions
    # The browser drops the picture's transceiver, but for one whose transport the sound needs.
    assert directions in (["sendonly"], ["inactive", "sendonly"])
