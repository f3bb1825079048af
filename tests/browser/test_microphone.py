"""The microphone of the JavaScript client in a real browser."""

import pytest

from tests.browser.conftest import Open
from tests.support.node import Parley

pytestmark = pytest.mark.browser

# Frames come late from the audio thread, as on a busy machine: how many are there when it has stopped, and afterwards.
STOPPED = """async () => {
    const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
    Object.defineProperty(MessagePort.prototype, "onmessage", {
        set(listen) { set.call(this, (event) => setTimeout(() => listen(event), 400)); },
    });
    const { Capture } = await import("/sdk/microphone.js");
    let frames = 0;
    const capture = await Capture.microphone(() => (frames += 1));
    while (frames < 5) await new Promise((done) => setTimeout(done, 20));
    await Promise.all([capture.stop(), capture.stop()]);  // also by somebody else
    const stopped = frames;
    await new Promise((done) => setTimeout(done, 1000));
    return [stopped, frames];
}"""


async def test_no_sound_comes_after_the_microphone_has_stopped(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await page.goto(parley.url)
    stopped, afterwards = await page.evaluate(STOPPED)
    assert stopped == afterwards
