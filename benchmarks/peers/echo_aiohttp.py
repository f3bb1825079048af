"""One small operation, by hand on aiohttp or as a row of ours: `python -m benchmarks.peers.echo_aiohttp bare|bound`.

Nothing but HTTP and validation: the difference is what the binder, the failures, the request ids, the counters and the
security headers cost. Prints its port.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

import pydantic
import uvloop
from aiohttp import web
from pydantic import Field

from kit import errors, logs
from kit.caller import Caller
from kit.clock import SystemClock
from kit.http import addresses, bind, door, front, gate, limits, origins
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Body, View


class Asked(Body):
    title: str = Field(min_length=1, max_length=200)
    minutes: int = Field(ge=1, le=60)
    tags: tuple[str, ...] = Field((), max_length=20)


class Answered(View):
    title: str
    minutes: int
    tags: tuple[str, ...]


async def by_hand(request: web.Request) -> web.Response:
    try:
        body = Asked.model_validate_json(await request.read())
    except pydantic.ValidationError as error:
        return web.json_response({"error": error.errors()}, status=400)
    answer = Answered(title=body.title, minutes=body.minutes, tags=body.tags)
    return web.Response(body=Answered.__pydantic_serializer__.to_json(answer), content_type="application/json")


async def as_a_row(call: Call, body: Asked) -> Answered:
    return Answered(title=body.title, minutes=body.minutes, tags=body.tags)


class _Nobody:
    async def bearer(self, token: str) -> Caller:
        raise errors.unauthenticated()

    async def key(self, key: str, address: str) -> Caller:
        raise errors.unauthenticated()

    async def service(self, key: str) -> Caller:
        raise errors.unauthenticated()

    async def ended(self, callers: Sequence[Caller]) -> set[str]:
        return set()


class _Unlimited(limits.Limits):
    def __init__(self) -> None:
        pass


def bare() -> web.AppRunner:
    app = web.Application()
    app.add_routes([web.post("/echo", by_hand)])
    return web.AppRunner(app, access_log=None)


def bound() -> web.AppRunner:
    logs.configure("warning")
    app = web.Application()
    front.Front().attach(app)
    row: Any = Operation("POST", "/echo", as_a_row, "Echo", "Echo", Access.PUBLIC, rate="unlimited")
    guard = gate.Gate(_Nobody(), _Unlimited(), addresses.TrustedProxies(), origins.Origins(), SystemClock())
    binder = bind.Binder(guard, None)
    app.add_routes(binder.routes([row]))
    return door.Runner(app)


async def serve(kind: str) -> None:
    runner = bare() if kind == "bare" else bound()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1]))
