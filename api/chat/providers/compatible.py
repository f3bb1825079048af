"""A provider behind the OpenAI chat completions interface (`POST {base_url}/chat/completions`, streamed).

Reference: https://platform.openai.com/docs/api-reference/chat-streaming. Plain HTTP rather than the vendor's client:
the protocol is one request and a stream of lines, and the deadlines are ours.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import orjson

from api.chat.providers import prompts
from api.chat.providers.models import Card, Delta, Endpoint, Finished, Piece, Prompt, ProviderError, Usage
from kit import storable
from kit.outbound import TROUBLE, Outbound

_LONGEST_LINE = 1024 * 1024
_BUSY = {408, 409, 429, 500, 502, 503, 504, 529}


class CompatibleProvider:
    def __init__(self, endpoint: Endpoint, outbound: Outbound) -> None:
        self._endpoint = endpoint
        self._outbound = outbound
        self._card = Card(endpoint.id, endpoint.name, endpoint.models, endpoint.models[0], offline=False)

    @property
    def card(self) -> Card:
        return self._card

    async def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        body = {
            **prompt.sampling,
            "model": model,
            "messages": prompts.messages(prompt),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        usage: Usage | None = None
        ended = False
        async with aclosing(self._events(body)) as events:
            async for event in events:
                if event is None:
                    ended = True
                    break
                usage = _usage(event) or usage
                text, stopped = _text(event)
                ended = ended or stopped
                if text:
                    yield Delta(text)
        if not ended:
            raise ProviderError("broken", "the answer broke off", again=True)
        yield Finished(usage)

    async def _events(self, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any] | None, None]:
        """Decoded events; None for the closing `[DONE]`."""
        endpoint = self._endpoint
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + endpoint.total_seconds
        url = f"{endpoint.base_url}/chat/completions"
        request = self._outbound.request("POST", url, data=orjson.dumps(body), headers=headers, endless=True)
        response: Any = None
        # No deadline spans a yield: whoever reads this may do so from a new task for every piece.
        try:
            response = await asyncio.wait_for(request, endpoint.first_seconds)
            if response.status != 200:
                raise _refusal(response.status)
            rest, wait = b"", endpoint.first_seconds
            while chunk := await asyncio.wait_for(response.content.readany(), min(wait, ends_at - loop.time())):
                *lines, rest = (rest + chunk).split(b"\n")
                if len(rest) > _LONGEST_LINE:
                    raise ValueError("a line without end")
                for line in lines:
                    if line.startswith(b"data:"):
                        wait = endpoint.stall_seconds
                        data = line[5:].strip()
                        yield None if data == b"[DONE]" else _decode(data)
        except TimeoutError as error:
            raise ProviderError("timeout", "no answer in time", again=True) from error
        except TROUBLE as error:
            raise ProviderError("unreachable", "the connection failed", again=True) from error
        except ValueError as error:
            raise ProviderError("broken", "the answer cannot be read", again=False) from error
        finally:
            if response is not None:
                response.close()


def _decode(data: bytes) -> dict[str, Any]:
    event = orjson.loads(data)
    if not isinstance(event, dict):
        raise ValueError("not an event")
    if "error" in event:
        raise ProviderError("broken", "the provider reported an error", again=False)
    return event


def _text(event: dict[str, Any]) -> tuple[str, bool]:
    """The text of an event, and whether it says that the answer is complete."""
    choices = event.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return "", False
    delta = choices[0].get("delta")
    content = delta.get("content") if isinstance(delta, dict) else None
    return storable.cleaned(content) if isinstance(content, str) else "", choices[0].get("finish_reason") is not None


def _usage(event: dict[str, Any]) -> Usage | None:
    given = event.get("usage")
    if not isinstance(given, dict):
        return None
    counts = given.get("prompt_tokens"), given.get("completion_tokens")
    return Usage(counts[0], counts[1]) if isinstance(counts[0], int) and isinstance(counts[1], int) else None


def _refusal(status: int) -> ProviderError:
    if status in _BUSY:
        return ProviderError("busy", f"the provider answered {status}", again=True)
    return ProviderError("refused", f"the provider answered {status}", again=False)
