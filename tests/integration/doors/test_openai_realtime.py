"""`/v1/realtime?intent=transcription` by the stock OpenAI client."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import openai
import pytest
import soundfile
import soxr

from tests.support.node import Account, Parley, running

DATA = Path(__file__).parents[2] / "data"
CLIP = "so762-008110159"
TEXT = "Let us know if you have any other questions."


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(DATA / "models" / "whisper-clips-test")})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


def _client(node: Parley, key: str) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=f"{node.url}/v1", api_key=key, max_retries=0)


def _sound(silence: float = 1.5) -> bytes:
    samples, rate = soundfile.read(DATA / "audio" / f"{CLIP}.flac", dtype="float32")
    samples = np.concatenate([samples, np.zeros(round(silence * rate), np.float32)])
    return np.asarray(soxr.resample(samples, rate, 24_000) * 32767).astype("<i2").tobytes()


async def _send(connection: Any, sound: bytes, piece: int = 24_000 * 2 // 5) -> None:
    for start in range(0, len(sound), piece):
        await connection.input_audio_buffer.append(audio=base64.b64encode(sound[start : start + piece]).decode())


async def _until(connection: Any, kind: str, seen: list[Any]) -> Any:
    async with asyncio.timeout(60):
        while True:
            seen.append(await connection.recv())
            if seen[-1].type == kind:
                return seen[-1]


async def _key(node: Parley, account: Account, *scopes: str) -> str:
    body = {"name": "realtime", "scopes": list(scopes)}
    async with node.client.post("/api/api-keys", json=body, headers=account.headers) as response:
        return str((await response.json())["key"])


async def _used(node: Parley, account: Account) -> int:
    async with node.client.get("/api/live/quota", headers=account.headers) as response:
        return int((await response.json())["used_seconds"])


_COMPLETED = "conversation.item.input_audio_transcription.completed"
_DELTA = "conversation.item.input_audio_transcription.delta"


async def test_the_stock_client_gets_turns_and_the_minutes_are_billed(node: Parley) -> None:
    account = await node.account()
    key = await _key(node, account, "live:write")
    seen: list[Any] = []
    async with (
        _client(node, key) as client,
        client.realtime.connect(extra_query={"intent": "transcription"}) as connection,
    ):
        created = await _until(connection, "session.created", seen)
        assert created.session.type == "transcription"
        heard: Any = {
            "format": {"type": "audio/pcm", "rate": 24000},
            "transcription": {"model": "whisper-1", "language": "en"},
            "turn_detection": {"type": "server_vad", "silence_duration_ms": 500},
        }
        await connection.session.update(session={"type": "transcription", "audio": {"input": heard}})
        assert (await _until(connection, "session.updated", seen)).session.audio.input.transcription.language == "en"
        await _send(connection, _sound())
        completed = await _until(connection, _COMPLETED, seen)
        assert completed.transcript == TEXT
        assert 2 < completed.usage.seconds < 5
        # A second turn in the same session.
        await _send(connection, _sound())
        assert (await _until(connection, _COMPLETED, seen)).transcript == TEXT
    kinds = [event.type for event in seen]
    for kind in ("speech_started", "speech_stopped", "committed"):
        assert kinds.count(f"input_audio_buffer.{kind}") == 2
    deltas = [event.delta for event in seen if event.type == _DELTA and event.item_id == completed.item_id]
    assert "".join(deltas) == TEXT
    assert "error" not in kinds
    said = 2 * len(_sound()) / 48_000
    async with asyncio.timeout(60):
        while await _used(node, account) < int(said):  # noqa: ASYNC110 - the books are closed behind the connection
            await asyncio.sleep(0.05)


async def test_without_turn_detection_the_client_commits(node: Parley) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with (
        _client(node, account.access_token) as client,
        client.realtime.connect(extra_query={"intent": "transcription"}) as connection,
    ):
        await connection.session.update(session={"type": "transcription", "audio": {"input": {"turn_detection": None}}})
        await connection.input_audio_buffer.commit()
        assert (await _until(connection, "error", seen)).error.code == "input_audio_buffer_commit_empty"
        await _send(connection, _sound(silence=0.0))
        await connection.input_audio_buffer.commit()
        committed = await _until(connection, "input_audio_buffer.committed", seen)
        completed = await _until(connection, _COMPLETED, seen)
        assert (completed.item_id, completed.transcript) == (committed.item_id, TEXT)
        await _send(connection, _sound(silence=0.0))
        await connection.input_audio_buffer.clear()
        await _until(connection, "input_audio_buffer.cleared", seen)
    assert not [event for event in seen if event.type.startswith("input_audio_buffer.speech")]


async def test_what_is_wrong_is_told_and_the_connection_stays(parley: Parley) -> None:
    account = await parley.account()
    headers = account.headers | {"OpenAI-Beta": "realtime=v1"}
    async with parley.client.ws_connect("/v1/realtime?intent=transcription", headers=headers) as socket:
        assert (await socket.receive_json())["type"] == "transcription_session.created"
        for said, code in [
            ("rubbish", "invalid_request"),
            ("[]", "invalid_request"),
            ('{"type": "response.create", "event_id": "e7"}', "unknown_event"),
            ('{"type": "input_audio_buffer.append"}', "invalid_request"),
            ('{"type": "input_audio_buffer.append", "audio": "***"}', "invalid_request"),
            ('{"type": "session.update", "session": {"type": "realtime"}}', "invalid_request"),
        ]:
            await socket.send_str(said)
            error = await socket.receive_json()
            assert (error["type"], error["error"]["code"]) == ("error", code)
            assert error["error"]["event_id"] == ("e7" if "e7" in said else None)
        await socket.send_bytes(b"\0\0")
        assert (await socket.receive_json())["type"] == "error"
        session = {"input_audio_format": "g711_ulaw", "input_audio_transcription": {"model": "whisper-1"}}
        await socket.send_json({"type": "transcription_session.update", "session": session})
        updated = await socket.receive_json()
        assert (updated["type"], updated["session"]["input_audio_format"]) == (
            "transcription_session.updated",
            "g711_ulaw",
        )


async def test_a_used_up_quota_and_a_running_session_are_told(settings: Any, database_url: str, redis_url: str) -> None:
    poor = settings.model_copy(update={"plan_free_seconds": 0})
    async with running(poor, database_url, redis_url) as node:
        account = await node.account()
        async with node.client.ws_connect("/v1/realtime?intent=transcription", headers=account.headers) as socket:
            await socket.receive_json()
            silence = base64.b64encode(bytes(4800)).decode()
            await socket.send_json({"type": "input_audio_buffer.append", "audio": silence})
            error = (await socket.receive_json())["error"]
            assert (error["type"], error["code"]) == ("rate_limit_error", "live_quota_exceeded")


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("?intent=transcription", {}, 401, "not_authenticated"),
        ("?intent=transcription", {"Authorization": "Bearer nobody"}, 401, "not_authenticated"),
        ("?intent=transcription", {"Authorization": "Bearer xntr-nobody"}, 401, "not_authenticated"),
        ("?model=gpt-realtime", {}, 401, "not_authenticated"),
        ("?intent=transcription", {"Origin": "https://elsewhere.example"}, 403, "forbidden"),
    ],
)
async def test_who_may_not_come_in_is_told_why(
    parley: Parley, query: str, headers: dict[str, str], status: int, code: str
) -> None:
    async with parley.client.get(f"/v1/realtime{query}", headers=headers) as response:
        assert response.status == status
        assert json.loads(await response.text())["error"]["code"] == code


async def test_a_key_without_the_scope_and_a_browser_with_its_key_as_a_protocol(parley: Parley) -> None:
    account = await parley.account()
    weak = await _key(parley, account, "live:read")
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await parley.client.ws_connect("/v1/realtime?intent=transcription", headers={"Authorization": f"Bearer {weak}"})
    assert refused.value.status == 403
    key = await _key(parley, account, "live:write")
    offered = ("realtime", f"openai-insecure-api-key.{key}")
    async with parley.client.ws_connect("/v1/realtime?intent=transcription", protocols=offered) as socket:
        assert socket.protocol == "realtime"
        assert (await socket.receive_json())["type"] == "session.created"
