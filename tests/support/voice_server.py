"""A server with the OpenAI speech API, for a tutor whose voice is known to the byte."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np
from aiohttp import web
from aiohttp.test_utils import TestServer

TONE = (np.sin(2 * np.pi * 440 * np.arange(24_000 * 8) / 24_000) * 12_000).astype("<i2").tobytes()
"""Eight seconds, PCM16 mono at 24 kHz."""


@asynccontextmanager
async def voice_server(sound: Callable[[], bytes] = lambda: TONE) -> AsyncIterator[dict[str, str]]:
    """Each sentence sounds like `sound()`. Gives the settings of a node whose tutor speaks so."""

    async def speech(_: web.Request) -> web.Response:
        return web.Response(body=sound())

    app = web.Application()
    app.router.add_post("/v1/audio/speech", speech)
    async with TestServer(app) as server:
        yield {"voice": "server", "voice_model": "tone", "openai_base_url": str(server.make_url("/v1"))}
