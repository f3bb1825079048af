"""Recordings are decoded in a process that can open nothing and lives as long as somebody listens."""

import asyncio
import contextlib
import io
import socket
import time
from pathlib import Path

import numpy as np
import pytest

from kit import fair
from kit.clock import SystemClock
from kit.processes import environment
from kit.processes.limits import Limits
from kit.processes.piped import piped
from kit.processes.process import python
from speech.decoding import decode, recording
from speech.decoding.verdict import Unreadable
from tests.support import recordings as made
from tests.support.waiting import until
from tests.support.workers import decoders
from tests.unit.speech.test_decoding import WHOLE


async def test_the_process_can_open_nothing(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("here")
    limits, variables = Limits.for_strangers(seconds=5, megabytes=512), environment.bare()
    process = await piped(python("test", "tests.support.sealed", str(canary), variables=variables, limits=limits))
    said = await process.out.read()
    assert (await process.ended(), said) == (0, b"nothing set()\n")
    await process.end()
    assert not canary.with_name("canary.new").exists()


@pytest.mark.parametrize("absolute", [True, False])
async def test_a_file_of_the_server_is_not_read(tmp_path: Path, absolute: bool) -> None:
    canary = tmp_path / "canary.wav" if absolute else Path("tests/data/audio/jfk.flac")
    if absolute:
        canary.write_bytes(made.wav(made.samples()))
    for listed in (f"ffconcat version 1.0\nfile '{canary}'\n", f"#EXTM3U\n#EXTINF:9,\n{canary}\n#EXT-X-ENDLIST\n"):
        with pytest.raises(Unreadable) as caught:
            await recording.whole(listed.encode(), 300)
        assert caught.value.reason == "unknown"


async def test_a_session_description_binds_no_port() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        described = f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n"
        free.settimeout(0)
        before = time.monotonic()
        with pytest.raises(Unreadable):
            await recording.whole(described.encode(), 300)
        assert time.monotonic() - before < 15  # and it waits for nobody: FFmpeg would for 20 s
        with pytest.raises(BlockingIOError):
            free.recv(1)


@pytest.mark.parametrize("name", sorted(WHOLE))
async def test_every_kind_is_decoded_there(name: str) -> None:
    """Nothing that it needs is fetched only when the first of its kind comes."""
    content = WHOLE[name]()
    assert await recording.whole(content, 300) == b"".join(decode.sound(io.BytesIO(content), 300))


async def test_bytes_and_files_are_decoded_alike(tmp_path: Path) -> None:
    content = made.encoded("mp4", "aac", rate=44_100)
    path = tmp_path / "clip.m4a"
    path.write_bytes(content)
    of_bytes = await recording.whole(content, 300)
    assert len(of_bytes) / 32_000 == pytest.approx(3.65, abs=0.1)
    assert await recording.whole(path, 300) == of_bytes


async def test_a_long_one_is_measured_first_and_comes_in_pieces() -> None:
    """Longer than what the process keeps."""
    content = made.encoded("flac", "flac", seconds=11 * 60)
    async with recording.opened(content, 3600) as opened:
        assert opened.seconds == pytest.approx(660, abs=0.1)
        sizes = [len(piece) async for piece in opened.pieces()]
    assert sum(sizes) == 660 * 32_000 and max(sizes) == 5 * 32_000


async def test_one_that_nobody_listens_to_any_more_is_stopped() -> None:
    content = made.wav(np.zeros(16_000 * 600, np.int16))

    async def listen() -> None:
        async with recording.opened(content, 3600) as opened:
            async for _ in opened.pieces():
                begun.set()
                await asyncio.Event().wait()

    begun = asyncio.Event()
    listening = asyncio.ensure_future(listen())
    await until(begun.is_set, 60)
    assert len(decoders()) == 1
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    await until(lambda: not decoders())


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "unknown"), (b"rubbish " * 400_000, "unknown"), (b"OggS" * 10_000, "broken")],
)
async def test_what_is_wrong_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        await recording.whole(content, 300)
    assert caught.value.reason == reason


async def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_seconds", lambda most_s: 1)
    with pytest.raises(Unreadable) as caught:
        await recording.whole(WHOLE["mp3"]() * 1000, 24 * 3600)
    assert caught.value.reason == "too_much"


async def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_MEGABYTES", 200)
    with pytest.raises(Unreadable) as caught:
        await recording.whole(b"RIFF" + bytes(4) + b"WAVE" + bytes(200_000_000), 300)
    assert caught.value.reason == "too_much"


async def test_a_short_one_is_open_soon_behind_many_long_ones_of_somebody_else() -> None:
    """A decoder that has worked for its turn rests, wherever it is, and goes on after."""
    places = fair.Places(1, SystemClock(), turn_seconds=0.2)
    long, short = WHOLE["mp3"]() * 400, WHOLE["mp3"]()
    opened: list[str] = []

    async def length(content: bytes, owner: str) -> float:
        async with places.place(owner) as place, recording.opened(content, 24 * 3600, place) as found:
            opened.append(owner)
            return found.seconds

    many = [asyncio.ensure_future(length(long, "ana")) for _ in range(5)]
    await until(lambda: decoders(), 30)
    assert await length(short, "ben") > 0
    assert opened[:2] != ["ana", "ana"]
    assert len({await one for one in many}) == 1
