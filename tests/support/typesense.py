"""A small real server with the part of Typesense's HTTP interface that Parley uses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

KEY = "typesense-test-key"


@dataclass
class Typesense:
    url: str = ""
    down: bool = False
    schema: dict[str, Any] | None = None
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    searches: list[dict[str, Any]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)  # ids, each time that a document came
    held_up: asyncio.Event | None = None  # for the next documents: they are kept when it is set

    async def create(self, request: web.Request) -> web.Response:
        if self.schema is not None:
            return web.json_response({"message": "already exists"}, status=409)
        self.schema = await request.json()
        return web.json_response(self.schema, status=201)

    async def show(self, request: web.Request) -> web.Response:
        if self.schema is None or self.schema["name"] != request.match_info["name"]:
            return web.json_response({"message": "Not Found"}, status=404)
        return web.json_response(self.schema | {"num_documents": len(self.documents)})

    async def take_in(self, request: web.Request) -> web.Response:
        assert request.query["action"] == "upsert"
        lines = (await request.read()).splitlines()
        gate, self.held_up = self.held_up, None
        if gate is not None:
            await gate.wait()
        results = []
        for line in lines:
            document = orjson.loads(line)
            assert self.schema is not None
            fits = {one["name"] for one in self.schema["fields"]} | {"id"} == set(document)
            if fits:
                self.documents[document["id"]] = document
                self.taken.append(document["id"])
            results.append(orjson.dumps({"success": fits}))
        return web.Response(body=b"\n".join(results))

    async def delete(self, request: web.Request) -> web.Response:
        gone = self.documents.pop(request.match_info["id"], None)
        return web.json_response(gone or {"message": "Not Found"}, status=200 if gone else 404)

    async def search(self, request: web.Request) -> web.Response:
        asked = (await request.json())["searches"]
        self.searches += asked
        return web.json_response({"results": [self._result(one) for one in asked]})

    async def health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    def _result(self, asked: dict[str, Any]) -> dict[str, Any]:
        wanted = dict(part.split(":=") for part in asked["filter_by"].split(" && "))
        words = asked["q"].lower().split()
        hits = [
            {
                "document": {"id": one["id"], "kind": one["kind"]},
                "text_match": 578730123365187705,
                "highlights": [{"field": "body", "matched_tokens": words, "snippet": ""}],
            }
            for one in self.documents.values()
            if all(one[name] == value for name, value in wanted.items())
            and all(word in f"{one['title']} {one['body']}".lower() for word in words)
        ]
        return {"found": len(hits), "hits": hits[: asked["per_page"]]}

    @web.middleware
    async def guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.down:
            return web.json_response({"message": "Not Ready or Lagging"}, status=503)
        if request.path != "/health" and request.headers.get("X-TYPESENSE-API-KEY") != KEY:
            return web.json_response({"message": "Forbidden"}, status=401)
        response: web.StreamResponse = await handler(request)
        return response


@asynccontextmanager
async def typesense() -> AsyncIterator[Typesense]:
    engine = Typesense()
    app = web.Application(middlewares=[engine.guard])
    app.router.add_get("/health", engine.health)
    app.router.add_post("/collections", engine.create)
    app.router.add_get("/collections/{name}", engine.show)
    app.router.add_post("/collections/{name}/documents/import", engine.take_in)
    app.router.add_delete("/collections/{name}/documents/{id}", engine.delete)
    app.router.add_post("/multi_search", engine.search)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    engine.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield engine
    finally:
        await runner.cleanup()
