"""A small real server that speaks the OpenAI chat completions interface, and can misbehave in many ways."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from aiohttp import web

Behaviour = Literal[
    "answer",
    "error",
    "refuse",
    "forbid",
    "busy",
    "stall",
    "stall_midway",
    "hang_up",
    "hang_up_midway",
    "garbage",
    "error_midway",
    "slow",
    "too_long",
    "filtered",
]


@dataclass
class LanguageModel:
    """`behaviours` are used up one a request; the last one stays. `requests` and `keys` are what came in. It calls the
    functions of `calls` (name, arguments) that are offered, after a user's message, and says what they gave."""

    url: str = ""
    behaviours: list[Behaviour] = field(default_factory=lambda: ["answer"])
    answer: str = "You went to the cinema. What did you see?"
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    before_calls: str = ""
    """What it says before it calls."""
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client went away in the middle of an answer."""
    may_end: asyncio.Event = field(default_factory=lambda: _set(asyncio.Event()))
    """An answer stays open behind its last word until this is set: for what must come before its end, however busy the
    machine is."""

    async def complete(self, request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        self.requests.append(body)
        self.keys.append(request.headers.get("Authorization"))
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        statuses = {"error": 500, "refuse": 400, "forbid": 403, "busy": 429}
        if behaviour in statuses:
            return web.json_response({"error": {"message": "no"}}, status=statuses[behaviour])
        if behaviour == "stall":
            await asyncio.sleep(30)
        if behaviour == "hang_up":
            assert request.transport is not None
            request.transport.abort()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        try:
            if body.get("tools") and self.calls and body["messages"][-1]["role"] == "user":
                await self._call(request, response, behaviour)
            else:
                await self._stream(request, response, behaviour, _given(body["messages"]) or self.answer)
        except ConnectionResetError:
            self.left.set()
        return response

    async def _call(self, request: web.Request, response: web.StreamResponse, behaviour: Behaviour) -> None:
        """As such servers do: a call's name first, then its arguments in pieces."""
        await response.prepare(request)
        if self.before_calls:
            await response.write(_event({"choices": [{"delta": {"content": self.before_calls}}]}))
        for index, (name, arguments) in enumerate(self.calls):
            function = {"name": name, "arguments": ""}
            begun = {"index": index, "id": f"call_{index}", "type": "function", "function": function}
            await response.write(_event({"choices": [{"delta": {"tool_calls": [begun]}}]}))
            half = len(arguments) // 2
            for piece in (arguments[:half], arguments[half:]):
                more = {"index": index, "function": {"arguments": piece}}
                await response.write(_event({"choices": [{"delta": {"tool_calls": [more]}}]}))
                if behaviour == "hang_up_midway":
                    _hang_up(request)
        await self._finish(response, "tool_calls")

    async def _stream(
        self, request: web.Request, response: web.StreamResponse, behaviour: Behaviour, answer: str
    ) -> None:
        await response.prepare(request)
        for number, word in enumerate(answer.split(" ")):
            if number == 3:
                if behaviour == "stall_midway":
                    await asyncio.sleep(30)
                if behaviour == "hang_up_midway":
                    _hang_up(request)
                if behaviour == "garbage":
                    await response.write(b"data: {nonsense\n\n")
                if behaviour == "error_midway":
                    await response.write(b'data: {"error": {"message": "overloaded"}}\n\n')
            if behaviour == "slow":
                await asyncio.sleep(0.05)
            await response.write(_event({"choices": [{"delta": {"content": word if number == 0 else " " + word}}]}))
        await self.may_end.wait()
        reasons: dict[Behaviour, str] = {"too_long": "length", "filtered": "content_filter"}
        await self._finish(response, reasons.get(behaviour, "stop"))

    async def _finish(self, response: web.StreamResponse, reason: str) -> None:
        await response.write(_event({"choices": [{"delta": {}, "finish_reason": reason}]}))
        await response.write(_event({"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 9}}))
        await response.write(b"data: [DONE]\n\n")
        await response.write_eof()


def _set(event: asyncio.Event) -> asyncio.Event:
    event.set()
    return event


def _given(messages: list[dict[str, Any]]) -> str:
    """What the functions gave that were called last."""
    given: list[str] = []
    for message in reversed(messages):
        if message["role"] != "tool":
            break
        given.insert(0, message["content"])
    return f"I see: {', '.join(given)}." if given else ""


def _hang_up(request: web.Request) -> None:
    """In order: a reset would take back what was not read yet."""
    assert request.transport is not None
    request.transport.close()


def _event(value: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(value) + b"\n\n"


@asynccontextmanager
async def language_model() -> AsyncIterator[LanguageModel]:
    model = LanguageModel()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    model.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield model
    finally:
        await runner.cleanup()
