"""A server that takes webhooks, as another company would run it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks.webhooks import Webhook

from tests.support.waiting import until

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Taken:
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.body)
        return found

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.event["data"]
        return data

    def verify(self, secret: str) -> dict[str, Any]:
        """The event, if the reference reader accepts it. WebhookVerificationError else."""
        found: dict[str, Any] = Webhook(secret).verify(self.body, self.headers)
        return found


@dataclass
class Receiver:
    """Answers 200 unless `status` or `answering` says otherwise; with `gate` closed it keeps requests waiting."""

    server: TestServer
    taken: list[Taken] = field(default_factory=list)
    status: int = 200
    answering: Answering | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return str(self.server.make_url("/hook"))

    def of(self, name: str) -> list[Taken]:
        return [one for one in self.taken if one.event["type"] == name]

    async def gets(self, count: int = 1, name: str | None = None, seconds: float = 30) -> list[Taken]:
        """Wait for so many."""

        def found() -> list[Taken]:
            return self.taken if name is None else self.of(name)

        await until(lambda: len(found()) >= count, seconds)
        return found()

    async def take(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.taken.append(Taken(headers, await request.read()))
        await self.gate.wait()
        if self.answering is not None:
            return await self.answering(request)
        return web.Response(status=self.status, text="thanks")


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    app = web.Application()
    server = TestServer(app)
    receiver = Receiver(server)
    receiver.gate.set()
    app.router.add_route("*", "/{path:.*}", receiver.take)
    await server.start_server()
    try:
        yield receiver
    finally:
        receiver.gate.set()
        await server.close()
