"""The web application of one node."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from kit import metrics
from kit.http import bind, door, front, openapi, openapi_doors, pages, shell
from realtime import asyncapi, ports, wire
from server import compose, warmup
from server.config import VERSION
from server.guides import pages as guides
from server.resources import Resources
from server.wiring.part import Drainable

RESOURCES = web.AppKey("resources", Resources)
_DRAIN_STEP = 0.1
DRAINS = web.AppKey("drains", list[Drainable])
ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
SDK = ROOT / "clients" / "javascript" / "src"
"""The JavaScript client, which our own pages use as it is."""

_ELSEWHERE = (
    "sw.js",
    "js/docs.js",
    "js/embed.js",
    "js/guide.js",
    "js/outside.js",
    "js/tabs.js",
    "css/docs.css",
    "pictures/",
    "vendor/manifest.json",
)
NOT_SHELL = (*(f"/static/{name}" for name in _ELSEWHERE), "/sdk/index.js", "/sdk/node-socket.js")
"""What the page at `/` does not need to begin."""


def create_app(resources: Resources, *, listening: ports.Listening | None = None) -> web.Application:
    """Everything wired, nothing started; the web server's start-up starts it. `listening` replaces the recognition of
    live sessions."""
    node = compose.compose(resources, listening)
    app = web.Application()
    https = (resources.settings.public_url or "").startswith("https://")
    front.Front(node.origins, https=https, tracer=resources.tracer).attach(app)
    app[RESOURCES] = resources
    app[DRAINS] = node.part.drains
    binder = bind.Binder(node.gate, node.idempotency)
    app.add_routes(binder.routes(node.part.operations))
    shared = metrics.Shared(resources.settings.metrics_dir) if resources.settings.metrics_dir else None
    app.add_routes(_pages(node, resources, shared))
    if shared is not None:
        node.part.starts.append(shared.start)
        node.part.stops.append(shared.stop)
    for attach in node.part.attach:
        attach(app)
    app.cleanup_ctx.append(_lifetime(node, resources))
    return app


@contextlib.asynccontextmanager
async def serving(app: web.Application, listener: socket.socket, patience: float) -> AsyncIterator[web.BaseSite]:
    """Answer on the bound socket for the length of the block, then give requests under way `patience` seconds. Stopping
    the site keeps open connections.

    OSError when another process listens there.
    """
    runner = door.Runner(app, shutdown_timeout=patience)
    try:
        await runner.setup()
        site = web.SockSite(runner, listener, backlog=512)
        await site.start()
        yield site
    finally:
        await runner.cleanup()


async def drain(app: web.Application, site: web.BaseSite, seconds: float) -> None:
    """Take no new connections and give clients `seconds` to move to another node."""
    await site.stop()
    for part in app[DRAINS]:
        part.drain()
    for _ in range(round(seconds / _DRAIN_STEP)):
        if not any(part.held for part in app[DRAINS]):
            return
        await asyncio.sleep(_DRAIN_STEP)


def _lifetime(node: compose.Node, resources: Resources):  # type: ignore[no-untyped-def]
    async def live(_app: web.Application) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            for stop in node.part.stops:
                stack.push_async_callback(stop)
            for start in node.part.starts:
                await start()
            resources.tasks.spawn(warmup.warm_up(), name="warm-up")
            yield

    return live


def _described(make: Callable[[], dict[str, Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Answers with a document that is made in a thread at the first request."""
    making = asyncio.Lock()
    made: list[bytes] = []

    async def show(_request: web.Request) -> web.Response:
        async with making:
            if not made:
                await warmup.build_validators()
                made.append(await asyncio.to_thread(lambda: orjson.dumps(make())))
        return web.Response(body=made[0], content_type="application/json")

    return show


def _beside(node: compose.Node) -> list[guides.Found]:
    """What the search of the guides finds in the reference."""
    rows = [(str(row.method), row.path, row.title) for row in node.part.operations]
    rows += [(door.method.upper(), door.path, door.title) for door in node.part.doors]
    operations = [
        guides.Found(f"{method} {path}", title, f"/docs/api#{openapi_doors.operation_id(method, path)}")
        for method, path, title in rows
    ]
    return operations + [guides.Found(row.name, row.summary, f"/docs/api#event-{row.name}") for row in wire.EVENTS]


def _pages(node: compose.Node, resources: Resources, shared: metrics.Shared | None) -> list[web.AbstractRouteDef]:
    settings = resources.settings
    url = settings.public_url or f"http://{settings.host}:{settings.port}"
    sent = node.part.webhooks
    operations = partial(
        openapi.document, node.part.operations, version=VERSION, url=url, doors=node.part.doors, webhooks=sent
    )
    events = partial(asyncapi.document, version=VERSION, url=url)

    async def prometheus(_request: web.Request) -> web.Response:
        body = metrics.render() if shared is None else await shared.render()
        return web.Response(body=body, headers={"Content-Type": metrics.CONTENT_TYPE})

    def page(name: str):  # type: ignore[no-untyped-def]
        async def show(_request: web.Request) -> web.StreamResponse:
            return pages.page(STATIC / name)

        return show

    folders = {"/static": STATIC, "/sdk": SDK}
    return [
        web.get("/api/openapi.json", _described(operations)),
        web.get("/api/asyncapi.json", _described(events)),
        web.get("/metrics", prometheus),
        *guides.Guides(ROOT, STATIC, _beside(node)).routes(),
        web.get("/", page("index.html")),
        web.get("/sw.js", shell.Shell(STATIC / "sw.js", STATIC / "index.html", folders, NOT_SHELL).worker),
        *(web.static(address, folder) for address, folder in folders.items()),
    ]
