"""Conversations of the OpenAI Realtime API by the stock client: a spoken answer, barge-in, texts, client secrets."""

import asyncio
import base64
from typing import Any

import aiohttp
import openai
import pytest

from realtime.reply.answering import Answering
from tests.integration.doors.test_openai_realtime import _client, _key, _send, _sound, _until, _used
from tests.support.language_model import LanguageModel
from tests.support.node import Parley
from tests.support.voice_server import TONE

TEXT = "Let us know if you have any other questions."
VAD: Any = {"type": "server_vad", "silence_duration_ms": 500}


def _session(**more: Any) -> Any:
    return {"type": "realtime", "audio": {"input": {"turn_detection": VAD}}, **more}


def _spoken(seen: list[Any]) -> bytes:
    return b"".join(base64.b64decode(one.delta) for one in seen if one.type == "response.output_audio.delta")


async def test_what_is_said_is_answered_in_sound_and_text(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with (
        _client(node, await _key(node, account, "live:write")) as client,
        client.realtime.connect(model="gpt-realtime") as connection,
    ):
        created = await _until(connection, "session.created", seen)
        assert (created.session.type, created.session.model) == ("realtime", "gpt-realtime")
        await connection.session.update(session=_session(instructions="Be kind."))
        updated = await _until(connection, "session.updated", seen)
        assert (updated.session.instructions, updated.session.output_modalities) == ("Be kind.", ["audio"])
        await _send(connection, _sound())
        done = await _until(connection, "response.done", seen)
    kinds = [one.type for one in seen]
    assert "error" not in kinds
    completed = next(one for one in seen if one.type == "conversation.item.input_audio_transcription.completed")
    assert completed.transcript == TEXT
    order = ("response.created", "response.output_item.added", "response.output_audio.delta", "response.done")
    assert [kinds.index(kind) for kind in order] == sorted(kinds.index(kind) for kind in order)
    deltas = [one.delta for one in seen if one.type == "response.output_audio_transcript.delta"]
    assert "".join(deltas) == model.answer == done.response.output[0].content[0].transcript
    assert done.response.status == "completed"
    assert _spoken(seen) == TONE[: 24_000 * 2]
    assert model.requests[0]["messages"][0] == {"role": "system", "content": "Be kind."}
    assert model.requests[0]["messages"][-1] == {"role": "user", "content": TEXT}
    async with asyncio.timeout(60):
        while await _used(node, account) < 4:  # noqa: ASYNC110 - the books are closed behind the connection
            await asyncio.sleep(0.05)


async def test_texts_are_answered_in_text_when_asked_for(
    node: Parley, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    monkeypatch.setattr(Answering, "_say", lambda *given: said.append(given))  # no voice is asked for it
    account = await node.account()
    seen: list[Any] = []
    async with (
        _client(node, account.access_token) as client,
        client.realtime.connect(model="auto") as connection,
    ):
        await connection.session.update(session={"type": "realtime", "output_modalities": ["text"]})
        await _until(connection, "session.updated", seen)
        content: Any = [{"type": "input_text", "text": "Hello there!"}]
        await connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})
        await _until(connection, "conversation.item.added", seen)
        await connection.response.create()
        done = await _until(connection, "response.done", seen)
        assert done.response.output[0].content[0].text == model.answer
        assert _spoken(seen) == b"" and not said
        await connection.response.create()
        assert (await _until(connection, "error", seen)).error.code == "nothing_to_answer"
        await connection.response.cancel()
        assert (await _until(connection, "error", seen)).error.code == "response_cancel_not_active"
        image: Any = {"type": "message", "role": "user", "content": [{"type": "input_image", "image_url": "x"}]}
        await connection.conversation.item.create(item=image)
        assert (await _until(connection, "error", seen)).error.code == "invalid_request"


async def test_a_response_is_cancelled_and_truncated(node: Parley, model: LanguageModel) -> None:
    model.answer = "This is a long answer. " * 12
    model.may_end.clear()
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        for stop in ("cancel", "truncate"):
            content: Any = [{"type": "input_text", "text": "Tell me more."}]
            await connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})
            await connection.response.create()
            delta = await _until(connection, "response.output_audio.delta", seen)
            if stop == "cancel":
                await connection.response.cancel()
            else:
                await connection.conversation.item.truncate(item_id=delta.item_id, content_index=0, audio_end_ms=1)
                await _until(connection, "conversation.item.truncated", seen)
            done = await _until(connection, "response.done", seen)
            assert done.response.status == "cancelled"
            assert done.response.status_details.reason == "client_cancelled"
            assert len(done.response.output[0].content[0].transcript) < len(model.answer)


async def test_a_client_names_its_items_and_unknown_ones_are_refused(node: Parley) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        content: Any = [{"type": "input_text", "text": "Hello there!"}]
        item: Any = {"id": "msg_mine", "type": "message", "role": "user", "content": content}
        await connection.conversation.item.create(item=item, previous_item_id="root")
        done = await _until(connection, "conversation.item.done", seen)
        assert (done.item.id, done.previous_item_id) == ("msg_mine", None)
        await connection.conversation.item.create(item=item, event_id="again")
        error = (await _until(connection, "error", seen)).error
        told = (error.type, error.code, error.param, error.event_id)
        assert told == ("invalid_request_error", "item_create_duplicate_item_id", "item.id", "again")
        other: Any = {**item, "id": "msg_other"}
        await connection.conversation.item.create(item=other, previous_item_id="nobody")
        error = (await _until(connection, "error", seen)).error
        assert error.code == "item_create_invalid_previous_item_id"
        for item_id, code in [("item_unknown", "item_truncate_invalid_item_id"), ("msg_mine", "invalid_request")]:
            await connection.conversation.item.truncate(item_id=item_id, content_index=0, audio_end_ms=100)
            error = (await _until(connection, "error", seen)).error
            assert (error.type, error.code, error.param) == ("invalid_request_error", code, "item_id")
        await connection.response.create()
        added = await _until(connection, "response.output_item.added", seen)
        await connection.response.cancel(response_id="resp_unknown")
        assert (await _until(connection, "error", seen)).error.code == "response_cancel_not_active"
        other["id"] = added.item.id
        await connection.conversation.item.create(item=other)
        assert (await _until(connection, "error", seen)).error.code == "item_create_duplicate_item_id"
        await _until(connection, "response.done", seen)
        await connection.conversation.item.truncate(item_id=added.item.id, content_index=0, audio_end_ms=100)
        assert (await _until(connection, "conversation.item.truncated", seen)).item_id == added.item.id
        await connection.conversation.item.truncate(item_id=added.item.id, content_index=1, audio_end_ms=100)
        assert (await _until(connection, "error", seen)).error.param == "content_index"
        await connection.conversation.item.truncate(item_id=added.item.id, content_index=0, audio_end_ms=600_000)
        error = (await _until(connection, "error", seen)).error
        assert error.param == "audio_end_ms" and error.message.endswith("ms is already shorter than 600000ms")
    links = [(one.previous_item_id, one.item.id) for one in seen if one.type == "conversation.item.added"]
    assert links == [(None, "msg_mine"), ("msg_mine", added.item.id)]


async def test_without_turn_detection_the_client_commits(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session={"type": "realtime", "audio": {"input": {"turn_detection": None}}})
        await _send(connection, _sound())
        await connection.input_audio_buffer.commit()
        await connection.response.create()
        done = await _until(connection, "response.done", seen)
        assert done.response.output[0].content[0].transcript == model.answer
        assert len([one for one in seen if one.type == "response.created"]) == 1
        assert "input_audio_buffer.speech_started" not in [one.type for one in seen]


async def test_the_beta_hears_its_own_names(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    headers = {**account.headers, "OpenAI-Beta": "realtime=v1"}
    async with node.client.ws_connect("/v1/realtime?model=gpt-4o-realtime-preview", headers=headers) as socket:
        created = await socket.receive_json()
        assert created["session"]["modalities"] == ["audio", "text"]
        await socket.send_json({"type": "session.update", "session": {"output_audio_format": "g711_ulaw"}})
        assert (await socket.receive_json())["session"]["output_audio_format"] == "g711_ulaw"
        item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hello there!"}]}
        await socket.send_json({"type": "conversation.item.create", "item": item})
        await socket.send_json({"type": "response.create"})
        seen: list[dict[str, Any]] = []
        async with asyncio.timeout(60):
            while not seen or seen[-1]["type"] != "response.done":
                seen.append(await socket.receive_json())
    kinds = {one["type"] for one in seen}
    assert {"conversation.item.created", "response.audio.delta", "response.audio_transcript.delta"} <= kinds
    assert not [kind for kind in kinds if "output_audio" in kind or kind == "conversation.item.done"]
    sound = b"".join(base64.b64decode(one["delta"]) for one in seen if one["type"] == "response.audio.delta")
    assert abs(len(sound) - 8_000) < 400, "one second, a byte a sample"


async def test_a_client_secret_opens_the_session_that_it_was_made_for(node: Parley) -> None:
    account = await node.account()
    key = await _key(node, account, "live:write")
    async with _client(node, key) as client:
        made = await client.realtime.client_secrets.create(
            session={"type": "realtime", "instructions": "Be brief."},
            expires_after={"anchor": "created_at", "seconds": 60},
        )
        assert made.value.startswith("ek_")
        with pytest.raises(openai.BadRequestError):
            unreadable: Any = {"type": "realtime", "instructions": 5}
            await client.realtime.client_secrets.create(session=unreadable)
    async with _client(node, made.value) as page, page.realtime.connect(model="auto") as connection:
        created = await _until(connection, "session.created", [])
        assert created.session.instructions == "Be brief."
    async with _client(node, await _key(node, account, "live:read")) as client:
        with pytest.raises(openai.PermissionDeniedError):
            await client.realtime.client_secrets.create(session={"type": "realtime"})
    async with _client(node, made.value) as page:
        with pytest.raises(openai.AuthenticationError):  # it opens nothing else
            await page.models.list()
    async with node.client.get("/api/api-keys", headers=account.headers) as response:
        ids = [one["id"] for one in (await response.json())["items"]]
    for key_id in ids:
        async with node.client.delete(f"/api/api-keys/{key_id}", headers=account.headers) as response:
            assert response.status == 204
    for secret in (made.value, "ek_nonsense"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await node.client.ws_connect("/v1/realtime", headers={"Authorization": f"Bearer {secret}"})
        assert refusal.value.status == 401
