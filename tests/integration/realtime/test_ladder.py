"""Parts of the dialogue that break: the conversation goes on, the learner is told, and operators see it."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.config import Settings
from tests.support.language_model import language_model
from tests.support.node import Parley, running


class Talk:
    """A session over the plain WebSocket."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.seen: list[dict[str, Any]] = []

    async def say(self, text: str) -> None:
        await self.socket.send_json({"event": "text", "id": 7, "data": {"text": text}})

    async def until(self, name: str, seconds: float = 20) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while True:
                message = await self.socket.receive()
                if isinstance(message.data, str):
                    self.seen.append(json.loads(message.data))
                    if self.seen[-1].get("event") == name:
                        found: dict[str, Any] = self.seen[-1]["data"]
                        return found

    def warnings(self) -> list[str]:
        return [
            one["data"]["message"]
            for one in self.seen
            if one.get("event") == "session.warning" and one["data"]["reason"] == "degraded"
        ]


async def begun(node: Parley, account: Any, socket: Any, session_id: str) -> Talk:
    talk = Talk(socket)
    await socket.send_json({"event": "session.join", "id": 1, "data": {"session_id": session_id}})
    return talk


async def started(node: Parley, account: Any) -> dict[str, Any]:
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        assert response.status == 201, await response.text()
        answer: dict[str, Any] = await response.json()
        return answer


async def health(node: Parley, account: Any) -> dict[str, tuple[str, str]]:
    async with node.client.get("/api/health/detailed", headers=account.headers) as response:
        checks = (await response.json())["checks"]
    return {check["name"]: (check["status"], check["detail"]) for check in checks}


@pytest.fixture
def silent(settings: Settings) -> Settings:
    return settings.model_copy(update={"voice": "client"})


async def test_without_the_language_model_the_built_in_tutor_answers_and_says_so_once(
    silent: Settings, database_url: str, redis_url: str
) -> None:
    async with language_model() as model:
        given = {"openai_base_url": model.url}
        async with running(silent.model_copy(update=given), database_url, redis_url) as node:
            account = await node.admin()
            assert (await health(node, account))["language_model"][0] == "ok"
            ticket = await started(node, account)
            url = f"/api/realtime/live?ticket={ticket['realtime']['ticket']}"
            async with node.client.ws_connect(url) as socket:
                talk = await begun(node, account, socket, ticket["session_id"])
                await talk.say("I like music.")
                assert "cinema" in (await talk.until("response.done"))["text"]
                assert talk.warnings() == []
                model.behaviours = ["refuse"]
                for _ in range(2):
                    await talk.say("I like music very much.")
                    assert "tutor" in (await talk.until("response.done"))["text"] or talk.warnings()
                assert len(talk.warnings()) == 1
                assert "builtin answers" in talk.warnings()[0]
                for _ in range(4):
                    await talk.say("And I play the piano.")
                    await talk.until("response.done")
                status, detail = (await health(node, account))["language_model"]
                assert status == "degraded"
                assert "OpenAI" in detail


async def test_without_the_voice_the_client_speaks(settings: Settings, database_url: str, redis_url: str) -> None:
    async def broken(_: web.Request) -> web.Response:
        return web.Response(status=500)

    app = web.Application()
    app.router.add_post("/v1/audio/speech", broken)
    async with TestServer(app) as server:
        given = {"voice": "server", "voice_model": "tts", "openai_base_url": str(server.make_url("/v1"))}
        async with running(settings.model_copy(update=given), database_url, redis_url) as node:
            account = await node.admin()
            ticket = await started(node, account)
            url = f"/api/realtime/live?ticket={ticket['realtime']['ticket']}"
            async with node.client.ws_connect(url) as socket:
                talk = await begun(node, account, socket, ticket["session_id"])
                await talk.say("Hello, my name is Ana.")
                assert (await talk.until("response.done"))["complete"]
                assert any("your device speaks" in warning for warning in talk.warnings())
                status, detail = (await health(node, account))["voice"]
                assert status == "degraded"
                assert "500" in detail


async def test_a_program_that_was_removed_leaves_the_client_to_speak() -> None:
    from speech.synthesis.espeak import EspeakVoice
    from speech.synthesis.voices import VoiceProblem

    with pytest.raises(VoiceProblem, match="cannot be started"):
        await anext(EspeakVoice("/nowhere/espeak-ng").speak("Hello.", "en"))
