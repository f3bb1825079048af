"""Recordings at both doors, `/v1/audio/transcriptions` and `evaluate`: they hear the same and refuse the same."""

import asyncio
import contextlib
import io
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from aiohttp import ClientConnectionError, FormData

from server.config import Settings
from tests.support import recordings as made
from tests.support.english import ROOT
from tests.support.node import Account, Parley, running
from tests.support.speech import CLIPS_MODEL
from tests.support.waiting import until
from tests.support.workers import decoders, waiting_in

Send = Callable[[bytes], Awaitable[tuple[int, Any]]]


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    chosen = settings.model_copy(
        update={"whisper_model": str(CLIPS_MODEL), "voice": "client", "limit_recordings": 10, "limit_heavy": 600}
    )
    async with running(chosen, database_url, redis_url) as parley:
        yield parley


@pytest.fixture
async def account(node: Parley) -> Account:
    return await node.account()


async def _sent(node: Parley, account: Account, path: str, name: str, content: bytes, **fields: str) -> tuple[int, Any]:
    form = FormData()
    for field, value in fields.items():
        form.add_field(field, value)
    form.add_field(name, io.BytesIO(content), filename="me.wav", content_type="application/octet-stream")
    async with node.client.post(path, data=form, headers=account.headers) as response:
        return response.status, await response.json()


@pytest.fixture
def transcribe(node: Parley, account: Account) -> Send:
    return lambda content: _sent(node, account, "/v1/audio/transcriptions", "file", content, model="whisper-1")


@pytest.fixture
def evaluate(node: Parley, account: Account) -> Send:
    return lambda content: _sent(node, account, f"{ROOT}/evaluate", "audio", content, skill="speaking")


@pytest.fixture(params=["transcribe", "evaluate"])
def send(request: pytest.FixtureRequest) -> Send:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def _heard(body: dict[str, Any]) -> str:
    return str(body.get("text", body.get("transcript")))


async def test_what_players_play_is_heard(send: Send) -> None:
    mp3, ogg = made.encoded("mp3", "libmp3lame", rate=44_100), made.encoded("ogg", "libopus", rate=48_000)
    tagged = made.id3(made.id3_text(b"TIT2", "Привет".encode("cp1251"))) + mp3
    for content in (tagged, bytes(3_000) + mp3, ogg + made.serial(ogg, 7), made.amr_with_pauses()):
        status, body = await send(content)
        assert (status, "any other" in _heard(body)) == (200, True), body


async def test_no_file_of_the_server_is_read_and_no_port_opened(send: Send, tmp_path: Path) -> None:
    canary = tmp_path / "canary.wav"
    canary.write_bytes(made.wav(made.samples()))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    before = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for text in (
        f"ffconcat version 1.0\nfile '{canary}'\n",
        "ffconcat version 1.0\nfile 'tests/data/audio/jfk.flac'\n",
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{canary}\n#EXT-X-ENDLIST\n",
        f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n",
    ):
        status, body = await send(text.encode())
        assert status in (400, 415), body
    before.bind(("127.0.0.1", port))  # nobody has it
    before.close()
    assert not decoders()


async def test_people_have_so_many_minutes_at_all_doors_together(
    transcribe: Send, evaluate: Send, node: Parley, account: Account
) -> None:
    four = made.wav(np.zeros(16_000 * 240, np.int16))
    assert (await transcribe(four))[0] == 200
    assert (await evaluate(four))[0] == 200
    for send in (transcribe, evaluate):
        status, body = await send(four)
        assert status == 429, body
    status, body = await transcribe(made.wav(np.zeros(16_000 * 660, np.int16)))
    assert (status, body["error"]["code"]) == (413, "too_large")  # more than an hour's worth: not in an hour either
    other = await node.account()
    status, _ = await _sent(node, other, "/v1/audio/transcriptions", "file", four, model="whisper-1")
    assert status == 200


async def test_nobody_works_for_a_client_that_has_left(send: Send) -> None:
    asking = asyncio.ensure_future(send(made.wav(made.samples(280))))
    await until(lambda: waiting_in("perform"), 60)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError, ClientConnectionError):
        await asking
    await until(lambda: not waiting_in("perform") and not decoders(), 30)
