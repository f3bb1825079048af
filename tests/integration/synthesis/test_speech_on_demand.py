"""`GET /api/speech`: a text as sound, by a network that hums."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
import soundfile

from server.config import Settings
from tests.support import voice_model
from tests.support.node import Parley, running

PATH = "/api/speech"
TEXT = {"text": "Good morning, how are you?"}


@pytest.fixture
async def node(
    settings: Settings, database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Parley]:
    """With the model where a fetched one would be."""
    voice_model.installed(settings.data_dir, monkeypatch)
    kokoro = settings.model_copy(update={"voice": "kokoro"})
    async with running(kokoro, database_url, redis_url) as node:
        account = await node.account()

        async def ready() -> bool:
            async with node.client.get(f"{PATH}/voices", headers=account.headers) as response:
                return bool((await response.json())["ready"])

        async with asyncio.timeout(60):
            while not await ready():  # noqa: ASYNC110 - only the node knows, and it is asked over HTTP
                await asyncio.sleep(0.05)
        yield node


async def test_a_text_is_spoken_once_and_told_by_its_tag(node: Parley) -> None:
    ana, bob = await node.account(), await node.account()
    async with node.client.get(PATH, params=TEXT, headers=ana.headers) as response:
        assert response.status == 200 and response.content_type == "audio/ogg"
        tag, sound = response.headers["ETag"], await response.read()
    assert sound[:4] == b"OggS" and response.headers["Accept-Ranges"] == "bytes"
    async with node.client.get(PATH, params=TEXT, headers=bob.headers | {"If-None-Match": tag}) as response:
        assert response.status == 304 and await response.read() == b""
    async with node.client.get(PATH, params=TEXT, headers=bob.headers | {"Range": "bytes=4-9"}) as response:
        assert response.status == 206 and await response.read() == sound[4:10]
    async with node.client.get(
        PATH, params=TEXT, headers=bob.headers | {"Range": "bytes=4-9", "If-Range": '"another"'}
    ) as response:
        assert response.status == 200 and await response.read() == sound
    async with node.client.get(PATH, params=TEXT, headers=bob.headers | {"Range": "bytes=9999999-"}) as response:
        assert response.status == 416


async def test_voice_and_rate_make_another_sound(node: Parley) -> None:
    ana = await node.account()
    tags = set()
    for more in ({}, {"voice": "bf_emma"}, {"voice": "af_heart"}, {"rate": "0.65"}):
        async with node.client.get(PATH, params=TEXT | more, headers=ana.headers) as response:
            assert response.status == 200, await response.text()
            tags.add(response.headers["ETag"])
    assert len(tags) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": " "},
        {"text": "x" * 501},
        {"text": "☺"},
        {"text": "Hello", "voice": "nobody"},
        {"text": "Hello", "voice": "af_heart\0"},
        {"text": "Hello", "rate": "0.5"},
        {"text": "Hello", "rate": "nan"},
        {"text": "Hello", "rate": "1.3"},
        {},
    ],
)
async def test_what_cannot_be_spoken_is_refused(node: Parley, wrong: dict[str, str]) -> None:
    ana = await node.account()
    async with node.client.get(PATH, params=wrong, headers=ana.headers) as response:
        assert response.status in (400, 422), await response.text()


async def test_times_are_told_of_the_same_sound(node: Parley) -> None:
    ana = await node.account()
    async with node.client.get(f"{PATH}/marks", params=TEXT, headers=ana.headers) as response:
        assert response.status == 200, await response.text()
        told = await response.json()
    assert told["timed"] and [word["text"] for word in told["words"]] == ["Good", "morning", "how", "are", "you"]
    assert [phone["text"] for phone in told["phones"]][:3] == ["ɡ", "ʊ", "d"]
    for marks in (told["words"], told["phones"]):
        starts = [mark["start_ms"] for mark in marks]
        assert starts == sorted(starts) and all(mark["start_ms"] < mark["end_ms"] for mark in marks)
        assert marks[-1]["end_ms"] <= told["duration_ms"]
    assert told["mouth"][-1]["name"] == "sil" and "PP" not in {shape["name"] for shape in told["mouth"][:2]}
    async with node.client.get(PATH, params=TEXT, headers=ana.headers) as response:
        sound, rate = soundfile.read(io.BytesIO(await response.read()))
    assert abs(1000 * len(sound) / rate - told["duration_ms"]) < 100
    async with node.client.get(f"{PATH}/marks", params={"text": "☺"}, headers=ana.headers) as response:
        assert response.status == 400
    async with node.client.get(f"{PATH}/marks", params=TEXT) as response:
        assert response.status == 401


async def test_voices_are_listed(node: Parley) -> None:
    ana = await node.account()
    async with node.client.get(f"{PATH}/voices", headers=ana.headers) as response:
        listed = await response.json()
    assert listed["engine"] == "kokoro-82m" and len(listed["voices"]) == 7
    assert {one["language"] for one in listed["voices"]} == {"en-US", "en-GB"}
    async with node.client.get(PATH, params=TEXT) as response:
        assert response.status == 401


async def test_operators_see_who_speaks_and_what_is_waited_for(
    node: Parley, settings: Settings, database_url: str, redis_url: str
) -> None:
    async def told(of: Parley, name: str) -> dict[str, str]:
        admin = await of.admin(name)
        async with of.client.get("/api/health/detailed", headers=admin.headers) as response:
            (found,) = [one for one in (await response.json())["checks"] if one["name"] == "voice"]
            return {str(key): str(value) for key, value in found.items()}

    assert (await told(node, "boss"))["detail"] == "kokoro-82m"
    lacking = settings.model_copy(update={"voice": "kokoro", "data_dir": settings.data_dir / "other"})
    async with running(lacking, database_url, redis_url) as other:
        found = await told(other, "chief")
    assert "clients speak by themselves" in found["detail"] and "may not be fetched" in found["detail"]


async def test_without_a_voice_it_is_unavailable(settings: Settings, database_url: str, redis_url: str) -> None:
    silent = settings.model_copy(update={"voice": "client"})
    async with running(silent, database_url, redis_url) as node:
        ana = await node.account()
        async with node.client.get(PATH, params=TEXT, headers=ana.headers) as response:
            assert response.status == 503 and "voice_unavailable" in await response.text()
        async with node.client.get(f"{PATH}/voices", headers=ana.headers) as response:
            assert await response.json() == {"engine": None, "ready": False, "voices": []}
