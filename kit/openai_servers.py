"""Servers with the OpenAI API, called with the `openai` package: language models, voices, embeddings.

The package takes long to import, so that happens in a thread before the first call. It is set up without retries and
with no timeout but the connection's: timeouts, retries and circuit breakers belong to the callers. It reads no
environment, follows no redirect, and an endless answer is cut off.
"""

import asyncio
import importlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

Failed = Literal["unreachable", "timeout", "busy", "refused", "unfit", "broken"]
"""`unfit`: the request is at fault, and says nothing of the server."""

_CONNECT_SECONDS = 5.0
_LARGEST_ANSWER = 64 * 1024 * 1024
_BUSY = {408, 409, 429, 500, 502, 503, 504, 529}
_UNFIT = {400, 413, 414, 422}


class ServerTrouble(Exception):
    """A server did not answer. The message says why and contains nothing that the server sent. `again`: the same
    request may work a moment later."""

    def __init__(self, failed: Failed, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.failed: Failed = failed
        self.reason = reason
        self.again = again


class OpenAIServers:
    """One client for each address and key."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, str], AsyncOpenAI] = {}
        self._making = asyncio.Lock()
        self._rehearsed = False

    async def client(self, base_url: str, key: str | None) -> "AsyncOpenAI":
        """`key` None sends no Authorization header."""
        name = base_url.rstrip("/"), key or ""
        if name not in self._clients:
            async with self._making:
                if not self._rehearsed:
                    await asyncio.to_thread(asyncio.run, _rehearse())
                    self._rehearsed = True
                if name not in self._clients:
                    self._clients[name] = await asyncio.to_thread(_made, *name)
        return self._clients[name]

    async def close(self) -> None:
        """End the connections of all clients."""
        for client in self._clients.values():
            await client.close()
        self._clients.clear()


@contextmanager
def translated() -> Iterator[None]:
    """Turns errors of the package into ServerTrouble. For blocks that have a client already."""
    import openai

    try:
        yield
    except TimeoutError as error:
        raise ServerTrouble("timeout", "no answer in time", again=True) from error
    except openai.APIStatusError as error:
        raise refusal(error.status_code) from error
    except openai.APIConnectionError as error:  # a deadline of the package is the connection's
        raise ServerTrouble("unreachable", "the connection failed", again=True) from error
    except openai.APIError as error:
        raise ServerTrouble("broken", "the server reported an error", again=False) from error
    except (openai.OpenAIError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ServerTrouble("broken", "the answer cannot be read", again=False) from error


def refusal(status: int) -> ServerTrouble:
    """For an answer with this status, 400 or above."""
    failed: Failed = "busy" if status in _BUSY else "unfit" if status in _UNFIT else "refused"
    return ServerTrouble(failed, f"the provider answered {status}", again=failed == "busy")


def _made(base_url: str, key: str) -> "AsyncOpenAI":
    import httpx2
    import openai

    class Bounded(httpx2.AsyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = _LARGEST_ANSWER
            async for piece in self._stream:
                left -= len(piece)
                if left < 0:
                    raise ValueError("an answer without end")
                yield piece

        async def aclose(self) -> None:
            await self._stream.aclose()

    async def bound(response: "httpx2.Response") -> None:
        response.stream = Bounded(response.stream)

    async def anonymous(request: "httpx2.Request") -> None:
        request.headers.pop("Authorization", None)

    patience = openai.Timeout(None, connect=_CONNECT_SECONDS)
    hooks: dict[str, Any] = {"response": [bound], "request": [] if key else [anonymous]}
    http = openai.DefaultAsyncHttpxClient(timeout=patience, follow_redirects=False, trust_env=False, event_hooks=hooks)
    client = openai.AsyncOpenAI(
        api_key=key or "none",
        admin_api_key="",
        base_url=base_url,
        max_retries=0,
        timeout=patience,
        http_client=http,
        default_headers={"Accept-Encoding": "identity"},
    )
    client.organization = client.project = client.webhook_secret = None
    return client


async def _rehearse() -> None:
    """Load in a thread what the package would load at its first call; sends nothing."""
    import httpx2
    import openai

    def answer(_: "httpx2.Request") -> "httpx2.Response":
        return httpx2.Response(200, json={})

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    async with openai.AsyncOpenAI(api_key="x", base_url="http://localhost", http_client=http, max_retries=0) as client:
        await client.chat.completions.create(model="x", messages=[], stream=True)
        await client.embeddings.create(model="x", input="x", encoding_format="float")
        await client.audio.speech.create(model="x", voice="x", input="x")
    await asyncio.to_thread(importlib.import_module, "anyio._backends._asyncio")  # sockets, when the first one opens
