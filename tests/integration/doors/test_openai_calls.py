"""Calls of the OpenAI Realtime API over WebRTC: aiortc speaks, hears the tutor and reads `oai-events`."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
import soundfile
import soxr

from tests.integration.doors.test_openai_realtime import CLIP, DATA, TEXT, _client, _key, _used
from tests.support.language_model import LanguageModel
from tests.support.node import Account, Parley
from tests.support.openai_node import openai_node
from tests.support.voice_server import TONE
from tests.support.waiting import until
from tests.support.webrtc import Learner

SDP = {"Content-Type": "application/sdp"}
VAD = {"type": "server_vad", "silence_duration_ms": 2000}
"""A caller without time to send is silent, too: so long that a busy machine does not make two turns of a sentence."""
TOOL: Any = {"type": "function", "name": "weather", "parameters": {"type": "object"}}


@pytest.fixture(params=[0, 1], ids=["own loop", "media worker"])
async def node(
    request: pytest.FixtureRequest, settings: Any, database_url: str, redis_url: str, model: LanguageModel
) -> AsyncIterator[Parley]:
    async with openai_node(
        settings, database_url, redis_url, model, tone=TONE[: 24_000 * 2], media_workers=request.param
    ) as parley:
        yield parley


class Caller(Learner):
    """A page that calls: its microphone, its loudspeaker and its events."""

    def __init__(self) -> None:
        super().__init__(label="oai-events")
        self.looked_at = 0

    async def calls(self, node: Parley, key: str, session: Any) -> str:
        """The call's id."""
        async with _client(node, key) as client:
            answer = await client.realtime.calls.with_raw_response.create(sdp=await self.offer(), session=session)
        assert answer.status_code == 201 and answer.headers["Content-Type"].startswith("application/sdp")
        await self.accept(answer.content.decode())
        await self.connected()
        return str(answer.headers["Location"].rpartition("/")[2])

    def sends(self, event: Any) -> None:
        self.say(json.dumps(event))

    async def hears(self, kind: str) -> dict[str, Any]:
        """The next event of this kind."""
        async with asyncio.timeout(60):
            while True:
                for number in range(self.looked_at, len(self.events)):
                    if self.events[number]["type"] == kind:
                        self.looked_at = number + 1
                        return self.events[number]
                self._changed.clear()
                await self._changed.wait()

    def speaks(self) -> None:
        samples, rate = soundfile.read(DATA / "audio" / f"{CLIP}.flac", dtype="float32")
        pcm = (soxr.resample(samples, rate, 16_000) * 32767).astype("<i2").tobytes()
        self.microphone.say(pcm)


async def offer_of_somebody_gone() -> str:
    """Of somebody who is gone by now."""
    caller = Caller()
    try:
        return await caller.offer()
    finally:
        await caller.close()


async def used_in_the_end(node: Parley, account: Account) -> int:
    """Billed seconds, once the account has no running session."""
    async with asyncio.timeout(60):
        while True:
            async with node.resources.database.connection() as cx:
                if not await cx.fetchval(
                    "select count(*) from live_sessions where user_id = $1 and ended_at is null", account.user_id
                ):
                    return await _used(node, account)
            await asyncio.sleep(0.05)


async def test_a_call_with_sound_both_ways_and_functions(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    key = await _key(node, account, "live:write")
    caller = Caller()
    try:
        call_id = await caller.calls(node, key, {"type": "realtime", "instructions": "Be kind."})
        assert call_id.startswith("rtc_")
        created = (await caller.hears("session.created"))["session"]
        assert (created["type"], created["instructions"]) == ("realtime", "Be kind.")
        session = {"type": "realtime", "audio": {"input": {"turn_detection": VAD}}}
        caller.sends({"type": "session.update", "session": session})
        await caller.hears("session.updated")
        caller.speaks()
        heard = await caller.hears("conversation.item.input_audio_transcription.completed")
        assert heard["transcript"] == TEXT
        await caller.hears("output_audio_buffer.started")
        done = (await caller.hears("response.done"))["response"]
        assert done["output"][0]["content"][0]["transcript"] == model.answer and done["status"] == "completed"
        await caller.hears("output_audio_buffer.stopped")
        await until(lambda: caller.loud_frames >= 25)  # what is sent is decoded behind the events
        assert model.requests[0]["messages"][-1]["content"] == TEXT
        await _calls_a_function(caller, model)
        await _is_silent_on_demand(caller, model)
        kinds = {one["type"] for one in caller.events}
        assert not kinds & {"error", "response.output_audio.delta", "session.ended"}, kinds
        async with _client(node, key) as client:
            await client.realtime.calls.hangup(call_id)
        assert await used_in_the_end(node, account) >= 4
        async with asyncio.timeout(60):
            while caller.connection.connectionState != "closed":  # noqa: ASYNC110 - the other side closes it
                await asyncio.sleep(0.05)
    finally:
        await caller.close()


async def _calls_a_function(caller: Caller, model: LanguageModel) -> None:
    model.calls = [("weather", "{}")]
    session = {"type": "realtime", "tools": [TOOL], "output_modalities": ["text"]}
    caller.sends({"type": "session.update", "session": session})
    await caller.hears("session.updated")
    content = [{"type": "input_text", "text": "And the weather?"}]
    item: Any = {"type": "message", "role": "user", "content": content}
    caller.sends({"type": "conversation.item.create", "item": item})
    caller.sends({"type": "response.create"})
    call_id = (await caller.hears("response.function_call_arguments.done"))["call_id"]
    await caller.hears("response.done")
    item = {"type": "function_call_output", "call_id": call_id, "output": "rain"}
    caller.sends({"type": "conversation.item.create", "item": item})
    caller.sends({"type": "response.create"})
    assert (await caller.hears("response.output_text.done"))["text"] == "I see: rain."
    await caller.hears("response.done")
    assert caller.loud_frames < 75, "the second of sound before is 50 frames; texts are not heard"


async def _is_silent_on_demand(caller: Caller, model: LanguageModel) -> None:
    model.calls, model.answer = [], "This is a long answer. " * 12
    model.may_end.clear()
    caller.sends({"type": "session.update", "session": {"type": "realtime", "output_modalities": ["audio"]}})
    await caller.hears("session.updated")
    content = [{"type": "input_text", "text": "Tell me more."}]
    item = {"type": "message", "role": "user", "content": content}
    caller.sends({"type": "conversation.item.create", "item": item})
    caller.sends({"type": "response.create"})
    await caller.hears("output_audio_buffer.started")
    caller.sends({"type": "output_audio_buffer.clear"})
    assert (await caller.hears("response.done"))["response"]["status"] == "cancelled"
    await caller.hears("output_audio_buffer.cleared")


@pytest.mark.parametrize("with_secret", [False, True])
async def test_a_call_only_writes_down_what_is_said(node: Parley, model: LanguageModel, with_secret: bool) -> None:
    account = await node.account()
    session: Any = {"type": "transcription", "audio": {"input": {"turn_detection": VAD}}}
    key = await _key(node, account, "live:write")
    if with_secret:
        async with _client(node, key) as client:
            key = (await client.realtime.client_secrets.create(session=session)).value
        session = {"type": "realtime"}  # what the secret was made for counts, and it was not for a conversation
        async with _client(node, key) as client:
            with pytest.raises(openai.BadRequestError):
                await client.realtime.calls.create(sdp=await offer_of_somebody_gone(), session=session)
        session = {"type": "transcription"}
    caller = Caller()
    try:
        await caller.calls(node, key, session)
        created = (await caller.hears("session.created"))["session"]
        assert created["type"] == "transcription"
        assert created["audio"]["input"]["turn_detection"]["silence_duration_ms"] == VAD["silence_duration_ms"]
        caller.speaks()
        heard = await caller.hears("conversation.item.input_audio_transcription.completed")
        assert heard["transcript"] == TEXT
        caller.sends({"type": "response.create"})
        assert (await caller.hears("error"))["error"]["code"] == "unknown_event"
        assert not [one for one in caller.events if one["type"].startswith(("response.", "output_audio"))]
        assert not model.requests and not caller.loud_frames
    finally:
        await caller.close()
    assert await used_in_the_end(node, account) >= 3


@pytest.mark.parametrize("node", [0], indirect=True)
async def test_a_page_calls_with_its_secret_and_plain_sdp(node: Parley) -> None:
    account, other = await node.account(), await node.account("other")
    async with _client(node, await _key(node, account, "live:write")) as client:
        made = await client.realtime.client_secrets.create(session={"type": "realtime", "instructions": "Be brief."})
    headers = {**SDP, "Authorization": f"Bearer {made.value}"}
    caller = Caller()
    try:
        path = "/v1/realtime/calls?model=gpt-realtime"
        async with node.client.post(path, data=await caller.offer(), headers=headers) as response:
            assert response.status == 201, await response.text()
            call = response.headers["Location"]
            await caller.accept(await response.text())
        await caller.connected()
        session = (await caller.hears("session.created"))["session"]
        assert (session["model"], session["instructions"]) == ("gpt-realtime", "Be brief.")
        caller.sends({"type": "input_audio_buffer.append", "audio": ""})
        assert (await caller.hears("error"))["error"]["code"] == "unknown_event"
        caller.say("{")
        assert (await caller.hears("error"))["error"]["code"] == "invalid_request"
        async with node.client.post(f"{call}/hangup", headers=other.headers) as response:
            assert (response.status, (await response.json())["error"]["code"]) == (404, "not_found")
        async with node.client.post(path, data=await offer_of_somebody_gone(), headers=headers) as response:
            assert (response.status, (await response.json())["error"]["code"]) == (409, "session_active")
    finally:
        await caller.close()  # who hangs up by closing ends the call, too
    await used_in_the_end(node, account)
    async with node.client.post(f"{call}/hangup", headers=account.headers) as response:
        assert response.status == 200
