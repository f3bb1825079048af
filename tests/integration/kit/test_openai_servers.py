"""The client of servers with the OpenAI API: what it brings along must not get out of hand."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from kit import openai_servers
from kit.openai_servers import OpenAIServers, ServerTrouble, translated

ASKED: Any = {"model": "m", "messages": [{"role": "user", "content": "x"}]}


@pytest.fixture
async def servers() -> AsyncIterator[OpenAIServers]:
    servers = OpenAIServers()
    yield servers
    await servers.close()


@pytest.fixture
async def seen() -> list[web.Request]:
    return []


@pytest.fixture
async def url(seen: list[web.Request]) -> AsyncIterator[str]:
    async def complete(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        model = (await request.json())["model"]
        if model == "moved":
            raise web.HTTPTemporaryRedirect("/elsewhere")
        if model == "endless":
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
            await response.prepare(request)
            try:
                while True:
                    await response.write(b"x" * 65536)
            except ConnectionError:
                return response
        return web.json_response({"choices": [{"message": {"content": "yes"}}]})

    async def elsewhere(request: web.Request) -> web.Response:
        seen.append(request)
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    app.router.add_post("/elsewhere", elsewhere)
    async with TestServer(app) as server:
        yield str(server.make_url("/v1"))


async def test_nothing_comes_from_the_environment(
    servers: OpenAIServers, url: str, seen: list[web.Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "of-somebody-else")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client: Any = await servers.client(url, None)
    await client.chat.completions.create(**ASKED)
    assert "Authorization" not in seen[0].headers
    assert "of-somebody-else" not in str(dict(seen[0].headers))
    with_key: Any = await servers.client(url, "sk-1")
    await with_key.chat.completions.create(**ASKED)
    assert seen[1].headers["Authorization"] == "Bearer sk-1"
    assert await servers.client(url + "/", "sk-1") is with_key


async def test_a_key_goes_to_no_other_address(servers: OpenAIServers, url: str, seen: list[web.Request]) -> None:
    client: Any = await servers.client(url, "sk-1")
    with pytest.raises(ServerTrouble), translated():
        await client.chat.completions.create(**{**ASKED, "model": "moved"})
    assert [one.path for one in seen] == ["/v1/chat/completions"], "neither followed nor tried again"


async def test_an_answer_without_end_is_cut_off(
    servers: OpenAIServers, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_servers, "_LARGEST_ANSWER", 1024 * 1024)
    client: Any = await servers.client(url, "sk-1")
    for stream in (True, False):
        with pytest.raises(ServerTrouble) as trouble, translated():
            async with asyncio.timeout(60):
                answer = await client.chat.completions.create(**{**ASKED, "model": "endless"}, stream=stream)
                async for _ in answer:
                    pass
        assert trouble.value.failed in ("broken", "unreachable")


async def test_it_is_made_in_a_thread_and_only_once(
    servers: OpenAIServers, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    build = openai_servers._made

    def watched(*name: str) -> Any:
        made.append(threading.current_thread().name)
        return build(*name)

    monkeypatch.setattr(openai_servers, "_made", watched)
    clients = await asyncio.gather(*(servers.client(url, "sk-1") for _ in range(5)))
    assert len(set(map(id, clients))) == len(made) == 1
    assert made[0] != threading.main_thread().name
