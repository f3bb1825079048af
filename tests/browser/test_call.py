"""Conversations in a real Chromium whose sound travels by WebRTC or Socket.IO, and what it does where that fails."""

import asyncio
import gc
import json
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from realtime.transports.webrtc.process import WorkerProcess
from realtime.transports.webrtc.session_peers import SessionPeers
from tests.browser.conftest import enter
from tests.support.node import Parley, running
from tests.support.voice_server import voice_server

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"
LEARNER = "so762-008110159"
KEEP_PEERS = """
    globalThis.peers = [];
    const Real = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Real {
        constructor(...given) { super(...given); peers.push(this); }
    };
"""
WATCHED = """
    globalThis.energy = [];  // [milliseconds, sound of the track so far], twenty times a second
    globalThis.told = [];  // [milliseconds, event]
    const Line = WebSocket;
    globalThis.WebSocket = class extends Line {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", ({ data }) => {
                const name = typeof data === "string" && JSON.parse(data).event;
                if (name) told.push([performance.now(), name]);
            });
        }
    };
    setInterval(async () => {
        if (!peers.length) return;
        for (const one of (await peers.at(-1).getStats()).values())
            if (one.type === "inbound-rtp" && one.kind === "audio")
                energy.push([performance.now(), one.totalAudioEnergy]);
    }, 50);
"""
UNANSWERED = """
    const Plain = WebSocket;
    globalThis.WebSocket = class extends Plain {
        send(message) {
            if (typeof message === "string" && message.includes('"webrtc.close"')) globalThis.asked = true;
            else super.send(message);
        }
    };
"""
ANSWERED = """told.some(([at, name]) => name === "response.delta"
    && at > told.find(([, name]) => name === "playback.flush")[0])"""
BLOCKED = """
    const Real = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Real {
        setConfiguration(given) { super.setConfiguration({ ...given, iceTransportPolicy: "relay" }); }
    };
"""
DEAF = """
    globalThis.deaf = false;  // whether the peer gets nothing any more when the learner begins to speak
    globalThis.deafened = false;
    setInterval(() => {
        const level = document.querySelector("#talk .level")?.value;
        if (!deaf || !(level > 0.4)) return;
        const deafen = peers.at(-1).getSenders()[0].replaceTrack(null);  // refused where the peer was lost by itself
        deafen.then(() => (deafened = true), () => {});
    }, 40);
"""
SAID = """
    globalThis.said = [];  // what the status line has said, which the next message soon replaces
    new MutationObserver(() => said.push(document.getElementById("status")?.textContent ?? ""))
        .observe(document, { subtree: true, childList: true, characterData: true });
"""
RECEIVED = """async () => {
    for (const one of (await peers.at(-1).getStats()).values())
        if (one.type === "inbound-rtp" && one.kind === "audio") return [one.bytesReceived, one.totalAudioEnergy];
    return [0, 0];
}"""

pytestmark = pytest.mark.browser


@pytest.fixture
async def node(request: Any, settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    """With a voice server: eight seconds of a tone for each sentence. Tests may give further settings."""
    async with voice_server() as voice:
        changed = {**voice, "whisper_model": str(MODEL), "speech_at_start": True, **getattr(request, "param", {})}
        async with running(settings.model_copy(update=changed), database_url, redis_url) as parley:
            yield parley


class Wire:
    """What the page receives over the socket: names and data of events, and the bytes of sound."""

    def __init__(self, page: Page) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.sound = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._received))

    def _received(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.sound += len(payload)
            self.events.append(("response.audio", {}))
        elif "event" in (said := json.loads(payload)):
            self.events.append((said["event"], said["data"]))

    async def until(self, name: str, count: int = 1, seconds: float = 60) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while len(found := [data for one, data in self.events if one == name]) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return found[count - 1]

    async def warned(self, part: str) -> None:
        """Other warnings may come first: of the quota, of an engine that stands in."""
        async with asyncio.timeout(60):
            while not any(name == "session.warning" and data["part"] == part for name, data in self.events):  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    async def hears(self, word: str, before: int) -> None:
        """Until a turn of the learner after the first `before` has the word: a sentence may be two turns."""
        async with asyncio.timeout(60):
            while not any(word in text for text in self.said()[before:]):  # noqa: ASYNC110 - it happens in the browser
                await asyncio.sleep(0.1)

    def said(self) -> list[str]:
        """The learner's turns."""
        return [data["text"] for name, data in self.events if name == "transcript.final" and data["role"] == "user"]


async def _until(page: Page, condition: str) -> None:
    async with asyncio.timeout(60):
        while not await page.evaluate(condition):  # noqa: ASYNC110 - what is waited for happens in the browser
            await asyncio.sleep(0.1)


async def _talk(page: Page, node: Parley, way: str, button: str = "Start talking") -> Any:
    await enter(page, node.url, "Talk")
    await page.locator("#talk").get_by_text("Technical").click()
    await page.locator("#talk .way").select_option(way)
    await page.locator("#talk").get_by_role("button", name=button).click()
    return page.locator("#talk .turns")


def _open_lines() -> list[Any]:
    """The server's ends of all peers. What earlier tests left for the garbage collector has none open."""
    left = [one for one in gc.get_objects() if isinstance(one, SessionPeers)]
    lines = [line for one in left for line in one._open.values()]
    assert lines
    return lines


async def _end(page: Page) -> None:
    await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(page.locator("#status")).to_contain_text("counted")


@pytest.mark.parametrize("way", ["webrtc", "socket"])
async def test_a_spoken_conversation_that_the_learner_interrupts(open_page: Any, node: Parley, way: str) -> None:
    page = await open_page(LEARNER, lead_seconds=3, again_after=5)
    await page.add_init_script(KEEP_PEERS + WATCHED)
    wire = Wire(page)
    turns = await _talk(page, node, way)
    if way == "webrtc":
        await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    await expect(turns.locator("li.user").first).to_contain_text("questions")
    scored = turns.locator("li.user .word.good, li.user .word.fair, li.user .word.poor")
    await expect(scored.first).to_be_visible(timeout=60_000)
    await expect(turns.locator("li.ai").first).to_contain_text("practice tutor")
    if way == "webrtc":
        await _until(page, f"(async () => (await ({RECEIVED})())[1] > 0.05)()")
        assert wire.sound == 0
    else:
        await wire.until("response.audio")
        assert wire.sound > 0
    # The microphone says its sentence again while the tutor speaks.
    await wire.until("playback.flush")
    cut = await wire.until("response.done")
    assert cut["complete"] is False
    assert await page.evaluate("peers.length") == (way == "webrtc")
    if way == "webrtc":
        await _until(page, ANSWERED)
        assert await _silent_ms(page) > 1000
    await _end(page)


async def _silent_ms(page: Page) -> float:
    """The longest silence on the track from the interruption to the next reply, by the page's own clock. The learner
    speaks for three seconds meanwhile; the tone that was cut off would have gone on for twenty."""
    told, energy = await page.evaluate("[told, energy]")
    flushed = next(at for at, name in told if name == "playback.flush")
    answered = next(at for at, name in told if name == "response.delta" and at > flushed)
    meanwhile = [(at, level) for at, level in energy if flushed <= at <= answered]
    return max(
        (later - at for at, level in meanwhile for later, then in meanwhile if later > at and then - level < 1e-4),
        default=0.0,
    )


async def test_a_recording_is_heard_by_webrtc_without_a_microphone(open_page: Any, node: Parley) -> None:
    page = await open_page(LEARNER)
    turns = await _talk(page, node, "webrtc", "Play a recording")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    await expect(turns.locator("li.user").first).to_contain_text("fellow Americans")
    await _end(page)


async def test_where_webrtc_is_blocked_the_sound_goes_over_the_socket(open_page: Any, node: Parley) -> None:
    page = await open_page(LEARNER)
    await page.add_init_script(BLOCKED + SAID)
    wire = Wire(page)
    turns = await _talk(page, node, "webrtc")
    await _until(page, "said.some((text) => text.includes('the sound goes over the socket'))")
    await wire.warned("media")
    await expect(turns.locator("li.user").filter(has_text="questions").first).to_be_visible(timeout=60_000)
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "websocket")
    await _end(page)


async def test_a_peer_that_is_lost_is_replaced_and_the_conversation_goes_on(open_page: Any, node: Parley) -> None:
    page = await open_page(LEARNER, lead_seconds=3, again_after=2)
    await page.add_init_script(KEEP_PEERS)
    wire = Wire(page)
    await _talk(page, node, "webrtc")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    await wire.until("transcript.final")
    await asyncio.gather(*(line.close() for line in _open_lines()))
    await _until(page, "peers.length === 2")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    heard = len(wire.said())
    await wire.hears("questions", heard)
    await _end(page)


async def test_what_a_lost_peer_did_not_carry_comes_over_the_socket(open_page: Any, node: Parley) -> None:
    """Nothing leaves the browser from the sentence's first sound on, as when a network takes packets no more."""
    page = await open_page(LEARNER, lead_seconds=20)
    await page.add_init_script(KEEP_PEERS + DEAF)
    wire = Wire(page)
    await _talk(page, node, "webrtc")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    await page.evaluate("deaf = true")
    await _until(page, "deafened || peers.length > 1")  # on a starved machine the browser may lose the peer itself
    await wire.hears("know", 0)  # it was said before the server saw that nothing comes
    await _end(page)


@pytest.mark.parametrize("node", [{"media_workers": 1}], indirect=True)
async def test_a_media_worker_that_dies_is_no_end_of_the_conversation(open_page: Any, node: Parley) -> None:
    """Nothing tells the browser's peer that its other end is gone; the session does."""
    page = await open_page(LEARNER, lead_seconds=3, again_after=2)
    await page.add_init_script(KEEP_PEERS)
    wire = Wire(page)
    await _talk(page, node, "webrtc")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    await wire.until("transcript.final")
    (pid,) = [one.pid for one in gc.get_objects() if isinstance(one, WorkerProcess) and one.is_ready]
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await wire.warned("media")
    await _until(page, "peers.length >= 2")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    heard = len(wire.said())
    await wire.hears("questions", heard)
    await _end(page)


async def test_a_peer_that_goes_with_its_session_is_no_problem(open_page: Any, node: Parley) -> None:
    """The page asks to go on without its peer, and the session ends before the answer."""
    page = await open_page(LEARNER)
    await page.add_init_script(KEEP_PEERS + UNANSWERED)
    wire = Wire(page)
    await _talk(page, node, "webrtc")
    await expect(page.locator("#talk")).to_have_attribute("data-sound", "webrtc")
    await wire.until("transcript.final")
    await asyncio.gather(*(line.close() for line in _open_lines()))
    await _until(page, "globalThis.asked === true")
    await _end(page)
    await asyncio.sleep(0.5)
    await expect(page.locator("#status")).to_contain_text("counted")


async def test_without_a_microphone_one_types(open_page: Any, node: Parley) -> None:
    page = await open_page(LEARNER)
    await page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('denied', 'NotAllowedError') }"
    )
    turns = await _talk(page, node, "webrtc")
    await expect(page.locator("#status")).to_contain_text("No microphone")
    await page.get_by_label("Type instead of speaking").fill("I am learning English since two years.")
    await page.get_by_role("button", name="Send").click()
    await expect(turns.locator("li.ai").last).to_contain_text("for two years")
    await _end(page)
