"""The tutor's voice on the wire: what is said, and how little there is when nothing is."""

import asyncio
from collections.abc import AsyncIterator

import av
import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError

from realtime.transports.webrtc.outbound import RATE, Outbound
from tests.support.clock import LoopClock

VOICE = 24_000
pytestmark = pytest.mark.virtual_time


@pytest.fixture
async def track() -> AsyncIterator[Outbound]:
    made = Outbound(LoopClock(), VOICE)
    yield made
    made.stop()


async def packets(track: Outbound, seconds: float) -> list[tuple[float, int, bytes]]:
    """(when it came, time stamp, content) of what comes in that time."""
    loop = asyncio.get_running_loop()
    found = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                packet = await track.recv()
                assert packet.pts is not None
                found.append((loop.time(), packet.pts, bytes(packet)))
    except TimeoutError:
        return found


def tone(seconds: float) -> bytes:
    at = np.arange(round(VOICE * seconds)) / VOICE
    return (np.sin(2 * np.pi * 440 * at) * 12_000).astype("<i2").tobytes()


def heard(found: list[tuple[float, int, bytes]]) -> np.ndarray:
    decoder = av.AudioCodecContext.create("libopus", "r")
    decoder.layout = "mono"
    parts = [frame.to_ndarray().ravel() for _, _, one in found for frame in decoder.decode(av.Packet(one))]
    return np.concatenate(parts)


async def test_silence_rests_and_shows_life(track: Outbound) -> None:
    found = await packets(track, 2.0)
    assert 10 < len(found) <= 16
    assert np.abs(heard(found)).max() == 0


async def test_sound_behind_a_rest_is_there_at_once_and_its_time_stamps_follow_the_clock(track: Outbound) -> None:
    before = await packets(track, 1.0)
    track.say(tone(0.5))
    after = await packets(track, 0.5)
    start, stamp, _ = before[0]
    spoken = [one for one in after if len(one[2]) > 3]
    assert len(spoken) >= 15
    for at, pts, _ in spoken:
        assert abs((at - start) - (pts - stamp) / RATE) < 0.15
    sound = heard(spoken)[RATE // 10 : RATE // 5].astype(np.float64)
    assert np.argmax(np.abs(np.fft.rfft(sound))) * 10 == 440


async def test_what_was_flushed_is_not_said(track: Outbound) -> None:
    track.say(tone(2.0))
    await packets(track, 0.2)
    track.flush()
    assert np.abs(heard((await packets(track, 0.6))[3:])).max() == 0


async def test_a_track_that_was_stopped_gives_no_more(track: Outbound) -> None:
    track.stop()
    with pytest.raises(MediaStreamError):
        await track.recv()
