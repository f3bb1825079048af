"""When conversations of the OpenAI Realtime API are answered: `create_response`, `interrupt_response`, and buffers that
the client commits and clears. With real sound, by the stock client and over WebRTC."""

from typing import Any

import pytest

from tests.integration.doors.test_openai_asides import message
from tests.integration.doors.test_openai_calls import VAD, Caller
from tests.integration.doors.test_openai_realtime import _client, _key, _send, _sound, _until
from tests.integration.doors.test_openai_side_band import SECONDS, calling
from tests.integration.doors.test_openai_talk import TEXT
from tests.support.language_model import LanguageModel
from tests.support.node import Parley

_COMPLETED = "conversation.item.input_audio_transcription.completed"
_LONG = "This is a long answer. " * 12


def _turns(**detection: Any) -> Any:
    vad = {"type": "server_vad", "silence_duration_ms": 500, **detection}
    return {"type": "realtime", "audio": {"input": {"turn_detection": vad}}}


async def _set(connection: Any, seen: list[Any], session: Any) -> Any:
    await connection.session.update(session=session)
    return (await _until(connection, "session.updated", seen)).session


def _users(model: LanguageModel) -> list[str]:
    return [one["content"] for one in model.requests[-1]["messages"] if one["role"] == "user"]


async def _refused(connection: Any, seen: list[Any], code: str) -> Any:
    error = (await _until(connection, "error", seen)).error
    assert (error.type, error.code) == ("invalid_request_error", code)
    return error


async def test_without_create_response_turns_wait_to_be_asked_for(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        updated = await _set(connection, seen, _turns(create_response=False))
        assert updated.audio.input.turn_detection.create_response is False
        for _ in range(2):
            await _send(connection, _sound())
            assert (await _until(connection, _COMPLETED, seen)).transcript == TEXT
        assert not model.requests and not [one for one in seen if one.type.startswith("response.")]
        await connection.response.create(response={"instructions": "Be kind."})
        done = (await _until(connection, "response.done", seen)).response
        assert (done.status, done.output[0].content[0].transcript) == ("completed", model.answer)
        assert model.requests[0]["messages"][0]["content"] == "Be kind." and _users(model) == [f"{TEXT} {TEXT}"]
        await connection.response.create()
        await _refused(connection, seen, "nothing_to_answer")
        # Who asks as soon as the turn is committed gets one answer, when its words are known.
        await _send(connection, _sound())
        await _until(connection, "input_audio_buffer.committed", seen)
        await connection.response.create()
        await _until(connection, "response.done", seen)
        assert _users(model)[-1] == TEXT and len(model.requests) == 2
        await _set(connection, seen, _turns(create_response=True))  # in the middle
        await _send(connection, _sound())
        await _until(connection, "response.done", seen)
        assert len(model.requests) == 3
    assert [one.type for one in seen].count("input_audio_buffer.committed") == 4


async def test_a_wait_for_words_is_cancelled(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await _set(connection, seen, _turns(create_response=False))
        await _send(connection, _sound())
        await _until(connection, "input_audio_buffer.committed", seen)
        await connection.response.create()
        await connection.response.create(event_id="again")
        await connection.response.cancel()
        error = await _refused(connection, seen, "conversation_already_has_active_response")
        assert error.event_id == "again"
        done = (await _until(connection, "response.done", seen)).response
        assert (done.status, done.status_details.reason) == ("cancelled", "client_cancelled")
        await _until(connection, _COMPLETED, seen)
        await connection.response.cancel()
        await _refused(connection, seen, "response_cancel_not_active")
        assert not model.requests
        await connection.response.create()
        assert (await _until(connection, "response.done", seen)).response.status == "completed"


async def test_without_interrupt_response_an_answer_goes_on_and_the_turn_is_answered_behind_it(
    node: Parley, model: LanguageModel
) -> None:
    model.answer = "Well, this is the answer. " * 12
    model.may_end.clear()  # before the turn has been written down
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await _set(connection, seen, _turns(interrupt_response=False))
        told: Any = message("user", "Tell me.")
        await connection.conversation.item.create(item=told)
        await connection.response.create()
        await _until(connection, "response.output_audio.delta", seen)
        await _send(connection, _sound())
        await _until(connection, _COMPLETED, seen)
        await connection.response.create()
        await _refused(connection, seen, "conversation_already_has_active_response")
        model.may_end.set()
        for said in ("Tell me.", TEXT):
            done = (await _until(connection, "response.done", seen)).response
            assert done.status == "completed" and done.output[0].content[0].transcript == model.answer.strip()
            assert said in _users(model)
        assert len(model.requests) == 2


async def test_without_turn_detection_nothing_is_answered_by_itself(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await _set(connection, seen, {"type": "realtime", "audio": {"input": {"turn_detection": None}}})
        await connection.input_audio_buffer.commit(event_id="empty")
        assert (await _refused(connection, seen, "input_audio_buffer_commit_empty")).event_id == "empty"
        await _send(connection, _sound(silence=0.0))
        await connection.input_audio_buffer.clear()
        await _until(connection, "input_audio_buffer.cleared", seen)
        await connection.input_audio_buffer.commit()
        await _refused(connection, seen, "input_audio_buffer_commit_empty")
        await _send(connection, _sound(silence=0.0))
        await connection.input_audio_buffer.commit()
        assert (await _until(connection, _COMPLETED, seen)).transcript == TEXT
        assert not model.requests
        await connection.response.create()
        await _until(connection, "response.done", seen)
        assert _users(model) == [TEXT], "what was cleared is not told"
        await _send(connection, bytes(48_000))  # silence
        await connection.input_audio_buffer.commit()
        await _until(connection, _COMPLETED, seen)
        await connection.response.create()
        await _refused(connection, seen, "nothing_to_answer")
    assert len([one for one in seen if one.type == "response.created"]) == 1


async def test_what_is_cleared_is_not_answered_and_an_empty_commit_is_told(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await _set(connection, seen, _turns())
        await _send(connection, bytes(48_000))  # silence
        await connection.input_audio_buffer.commit(event_id="silent")
        assert (await _refused(connection, seen, "input_audio_buffer_commit_empty")).event_id == "silent"
        await _send(connection, _sound(silence=0.0))
        await _until(connection, "input_audio_buffer.speech_started", seen)
        await connection.input_audio_buffer.clear()
        await _until(connection, "input_audio_buffer.cleared", seen)
        await _send(connection, _sound())
        assert (await _until(connection, _COMPLETED, seen)).transcript == TEXT
        await _until(connection, "response.done", seen)
        assert _users(model) == [TEXT] and len(model.requests) == 1
        await _send(connection, _sound(silence=0.0))
        await connection.input_audio_buffer.commit()  # ends the turn at once
        await _until(connection, "response.done", seen)
        assert len(model.requests) == 2
    kinds = [one.type for one in seen]
    assert kinds.count("input_audio_buffer.committed") == 2 and kinds.count("error") == 1


async def test_the_session_tells_what_holds(node: Parley) -> None:
    account = await node.account()
    async with node.client.ws_connect("/v1/realtime", headers=account.headers) as socket:
        told = (await socket.receive_json(timeout=SECONDS))["session"]["audio"]["input"]["turn_detection"]
        assert (told["create_response"], told["interrupt_response"]) == (True, True)
        sessions: list[Any] = [_turns(create_response=False, interrupt_response=None), _turns(interrupt_response=False)]
        for session, expected in zip(sessions, [(False, True), (True, False)], strict=True):
            await socket.send_json({"type": "session.update", "session": session})
            told = (await socket.receive_json(timeout=SECONDS))["session"]["audio"]["input"]["turn_detection"]
            assert (told["create_response"], told["interrupt_response"]) == expected
    async with _client(node, await _key(node, account, "live:write")) as client:
        made = await client.realtime.client_secrets.create(session=_turns(create_response=False))
        session = made.session
        assert session.audio.input.turn_detection.create_response is False  # type: ignore[union-attr]


@pytest.mark.parametrize("by_band", [False, True])
async def test_a_call_is_answered_when_it_asks(node: Parley, model: LanguageModel, by_band: bool) -> None:
    account = await node.account()
    patient = VAD["silence_duration_ms"]
    session = _turns(create_response=False, interrupt_response=False, silence_duration_ms=patient)
    model.answer = _LONG
    model.may_end.clear()
    async with calling(node, account.access_token, **session) as (caller, call_id):
        await caller.hears("session.created")
        caller.sends({"type": "output_audio_buffer.clear", "event_id": "early"})
        error = (await caller.hears("error"))["error"]
        assert (error["type"], error["code"], error["event_id"]) == (
            "invalid_request_error", "response_cancel_not_active", "early",
        )  # fmt: skip
        caller.speaks()
        await caller.hears(_COMPLETED)
        assert not model.requests
        await _asks(node, account.access_token, caller, call_id if by_band else None)
        await caller.hears("output_audio_buffer.started")
        caller.speaks()  # the answer goes on
        await caller.hears(_COMPLETED)
        yielding = _turns(create_response=False, silence_duration_ms=patient)
        caller.sends({"type": "session.update", "session": yielding})
        await caller.hears("session.updated")
        assert not [one for one in caller.events if one["type"] == "response.done"]
        caller.speaks()  # and is interrupted from now on
        done = (await caller.hears("response.done"))["response"]
        assert (done["status"], done["status_details"]["reason"]) == ("cancelled", "turn_detected")
        await caller.hears(_COMPLETED)
        assert len(model.requests) == 1
        model.answer = "Well."
        model.may_end.set()
        caller.sends({"type": "session.update", "session": session})
        await caller.hears("session.updated")
        await _asks(node, account.access_token, caller, None)
        done = (await caller.hears("response.done"))["response"]
        assert done["output"][0]["content"][0]["transcript"] == "Well."
        assert "Let us" in _users(model)[-1] and len(model.requests) == 2


async def _asks(node: Parley, key: str, caller: Caller, call_id: str | None) -> None:
    if call_id is None:
        caller.sends({"type": "response.create"})
        return
    async with _client(node, key) as client, client.realtime.connect(call_id=call_id) as backend:
        await backend.response.create()
        await _until(backend, "response.created", [])
