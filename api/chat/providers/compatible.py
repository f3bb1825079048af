"""A provider behind the OpenAI chat completions interface, streamed."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from api.chat.providers import prompts
from api.chat.providers.function_calls import FunctionCalls
from api.chat.providers.models import Card, Delta, Endpoint, Finished, Piece, Prompt, Usage
from kit import storable
from kit.openai_servers import ServerTrouble, translated
from kit.outbound import Outbound


class CompatibleProvider:
    """A server that speaks OpenAI's protocol."""

    def __init__(self, endpoint: Endpoint, outbound: Outbound) -> None:
        self._endpoint = endpoint
        self._outbound = outbound
        self._card = Card(endpoint.id, endpoint.name, endpoint.models, endpoint.models[0], offline=False)

    @property
    def card(self) -> Card:
        """What clients read of it."""
        return self._card

    async def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        """The answer in pieces. Raises ServerTrouble."""
        usage: Usage | None = None
        reason: str | None = None
        calls = FunctionCalls()
        chunks = self._chunks(prompt, model)
        try:
            async for chunk in chunks:
                usage = _usage(chunk) or usage
                text, stopped = _text(chunk)
                reason = stopped or reason
                if text:
                    yield Delta(text)
                for call in calls.in_chunk(chunk) if prompt.functions else ():
                    yield call
        finally:
            await chunks.aclose()
        if reason is None:
            raise ServerTrouble("broken", "the answer broke off", again=True)
        yield Finished(usage, reason)

    async def _chunks(self, prompt: Prompt, model: str) -> AsyncGenerator[Any, None]:
        """ServerTrouble. No deadline spans a yield: the reader may use a new task for every piece."""
        endpoint = self._endpoint
        client: Any = await self._outbound.openai.client(endpoint.base_url, endpoint.key)
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + endpoint.total_seconds
        asked: Any = client.chat.completions.create(
            **prompt.sampling,
            model=model,
            messages=prompts.messages(prompt),
            stream=True,
            stream_options={"include_usage": True},
        )
        stream: Any = None
        try:
            with translated():
                async with asyncio.timeout(endpoint.first_seconds):
                    stream = await asked
            chunks, wait = stream.__aiter__(), endpoint.first_seconds
            while True:
                with translated():
                    # `wait_for` loses a cancellation that comes together with a chunk, so an interruption would have no
                    # effect.
                    async with asyncio.timeout(wait):
                        chunk = await anext(chunks, None)
                if chunk is None:
                    return
                wait = endpoint.stall_seconds
                await asyncio.sleep(0)  # many chunks may be buffered, and other tasks need their turn
                yield chunk
                if loop.time() >= ends_at:  # it wrote all the time: too much was asked of it
                    raise ServerTrouble("unfit", "the answer takes too long", again=False)
        finally:
            if stream is not None:
                await stream.close()


def _text(chunk: Any) -> tuple[str, str | None]:
    """The text of a chunk, and why the answer is complete. Servers differ, and the package checks no shapes."""
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list) or not choices:
        return "", None
    content = getattr(getattr(choices[0], "delta", None), "content", None)
    reason = getattr(choices[0], "finish_reason", None)
    return storable.cleaned(content) if isinstance(content, str) else "", reason if isinstance(reason, str) else None


def _usage(chunk: Any) -> Usage | None:
    given = getattr(chunk, "usage", None)
    counts = getattr(given, "prompt_tokens", None), getattr(given, "completion_tokens", None)
    return Usage(counts[0], counts[1]) if isinstance(counts[0], int) and isinstance(counts[1], int) else None
