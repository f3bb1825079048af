"""A server of the plain WebSocket by script: what each line says and when it breaks is the test's word."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

SESSION = "01890000-0000-7000-8000-000000000000"
JOINED = {"ok": True, "session_id": SESSION, "seq": 0, "audio_seq": 0, "heartbeat_interval_seconds": 5}


@dataclass
class ScriptedLine:
    """One connection that was let in."""

    socket: web.WebSocketResponse
    request: web.Request

    async def hears(self) -> dict[str, Any]:
        """The next message of text."""
        said: dict[str, Any] = await self.socket.receive_json()
        return said

    async def answers(self, said: dict[str, Any], data: dict[str, Any]) -> None:
        await self.socket.send_json({"ack": said["id"], "data": data})

    async def tells(self, name: str, data: dict[str, Any] | None = None) -> None:
        await self.socket.send_json({"event": name} | ({} if data is None else {"data": data}))

    async def numbered(self, name: str, seq: int, **members: Any) -> None:
        await self.tells(name, {"seq": seq, "at_ms": seq, "session_id": SESSION, **members})

    async def ends(self, seq: int) -> None:
        await self.numbered("session.ended", seq, reason="client", billed_seconds=7, transcript_id=None)
        await self.silence()

    async def silence(self) -> None:
        """Until the client has gone."""
        async for _ in self.socket:
            pass

    def breaks(self) -> None:
        """As a lost network does."""
        if self.request.transport is not None:
            self.request.transport.abort()


Script = Callable[[ScriptedLine], Awaitable[None]] | web.HTTPException


@dataclass
class ScriptedLines:
    """`scripts` are for the lines in turn, or what is answered in place of a line. The last is for all that follow."""

    scripts: list[Script]
    joins: list[dict[str, Any]] = field(default_factory=list)
    opened: int = 0
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        script = self.scripts[min(self.opened, len(self.scripts) - 1)]
        self.opened += 1
        if isinstance(script, web.HTTPException):
            raise script
        socket = web.WebSocketResponse(protocols=("parley.1",))
        await socket.prepare(request)
        line = ScriptedLine(socket, request)
        await line.answers(await line.hears(), {"ok": True})
        await script(line)
        return socket

    async def joined(self, line: ScriptedLine, **members: Any) -> None:
        """Take the join and answer it."""
        said = await line.hears()
        self.joins.append(said["data"])
        await line.answers(said, JOINED | members)


@asynccontextmanager
async def scripted(*scripts: Script) -> AsyncIterator[ScriptedLines]:
    made = ScriptedLines(list(scripts))
    app = web.Application()
    app.router.add_get("/api/realtime/{namespace}", made.handle)
    async with TestServer(app) as server:
        made.url = str(server.make_url("")).rstrip("/")
        yield made
