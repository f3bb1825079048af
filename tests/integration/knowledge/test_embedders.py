"""A remote embeddings server takes over, re-embeds what was there, and retrieval lives on when it is down."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from api.conversations.threads import Threads
from api.knowledge.embedding.embedders import CompatibleEmbedder, LocalEmbedder
from api.knowledge.models import Reader
from api.knowledge.retrieval import Retrieval
from kit.errors import Failure
from kit.outbound import Outbound
from server.config import Settings
from tests.support import node
from tests.support.library import added, found


class Embeddings:
    """Counts letters: enough to tell vectors from ours."""

    def __init__(self) -> None:
        self.url, self.down, self.texts = "", False, 0

    async def embed(self, request: web.Request) -> web.Response:
        if self.down:
            return web.json_response({"error": {}}, status=503)
        body: dict[str, Any] = await request.json()
        self.texts += len(body["input"])
        rows = [
            {"index": index, "embedding": [float(text.lower().count(letter)) + 0.1 for letter in "abcdefghijklmnop"]}
            for index, text in enumerate(body["input"])
        ]
        return web.json_response({"data": rows[::-1], "model": body["model"]})


@asynccontextmanager
async def embeddings() -> AsyncIterator[Embeddings]:
    server = Embeddings()
    app = web.Application()
    app.router.add_post("/v1/embeddings", server.embed)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()


async def test_vectors_come_in_order_and_of_length_one() -> None:
    async with embeddings() as server, Outbound() as outbound:
        embedder = CompatibleEmbedder(outbound, base_url=server.url, key="k", model="letters")
        one, two = await embedder.embed(["aaa", "bbb"])
        assert (one[0] > one[1], two[1] > two[0]) == (True, True)
        assert abs(sum(value * value for value in one) - 1) < 1e-6
        server.down = True
        with pytest.raises(Failure):
            await embedder.embed(["a"])


async def test_when_the_model_changes_everything_is_embedded_again(
    settings: Settings, database_url: str, redis_url: str
) -> None:
    async with node.running(settings, database_url, redis_url) as first:
        ana = await first.account()
        await added(first, ana, "The Danube flows through Vienna.")
    async with embeddings() as server:
        changed = settings.model_copy(update={"embedding_model": "letters", "embedding_base_url": server.url})
        async with node.running(changed, database_url, redis_url) as second:
            for _ in range(200):
                async with second.resources.database.connection() as cx:
                    names = {row["embedder"] for row in await cx.fetch("select embedder from chunks")}
                if names == {"remote:letters"}:
                    break
                await asyncio.sleep(0.05)
            assert names == {"remote:letters"}
            assert len(await found(second, ana, "Danube")) == 1
            server.down = True
            assert len(await found(second, ana, "Danube")) == 1


async def test_without_pgvector_vectors_reorder_what_words_found(
    settings: Settings, database_url: str, redis_url: str
) -> None:
    async with node.running(settings, database_url, redis_url) as parley:
        ana = await parley.account()
        await added(parley, ana, "The Danube flows through Vienna.")
        async with parley.resources.database.connection() as cx:
            await cx.execute("drop extension vector")
        retrieval = Retrieval(parley.resources.database, Threads(), LocalEmbedder())
        (one,) = await retrieval.search(Reader(ana.user_id), "Which river flows through Viena?", 5)
        assert "Danube" in one.text
