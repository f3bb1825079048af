"""How a learner of `bench replies` reaches the server: by Parley's own client, or by the `openai` package."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar, Protocol

import numpy as np
import openai
import soxr

from clients.python.parley_client import Parley, Session

_RATE, _OPENAI_RATE = 16_000, 24_000


class Microphone(Protocol):
    """A line to the tutor."""

    async def send(self, pcm: bytes) -> None:
        """PCM16 mono at 16 kHz."""

    def events(self) -> AsyncIterator[str]:
        """ "text" and "sound" of a reply as they come, "silence" when the client has to fall silent, "done"."""
        ...


class Own:
    """The plain WebSocket."""

    _NAMES: ClassVar = {
        "response.delta": "text",
        "response.audio": "sound",
        "playback.flush": "silence",
        "response.done": "done",
    }

    def __init__(self, session: Session) -> None:
        self._session = session

    @classmethod
    @asynccontextmanager
    async def opened(cls, parley: Parley, patience_ms: int | None) -> AsyncIterator["Own"]:
        """A session that waits for a turn's end as long as `patience_ms`; None: as the server finds right."""
        async with parley.conversation(
            {"session_type": "voice", "patience_ms": patience_ms, "takeover": True}
        ) as session:
            yield cls(session)

    async def send(self, pcm: bytes) -> None:
        self._session.send_audio(pcm)

    async def events(self) -> AsyncIterator[str]:
        async for event in self._session:
            if name := self._NAMES.get(event.name):
                yield name


class OpenAi:
    """`/v1/realtime` by the stock client."""

    _NAMES: ClassVar = {
        "response.output_audio_transcript.delta": "text",
        "response.output_audio.delta": "sound",
        "input_audio_buffer.speech_started": "silence",
        "response.done": "done",
    }

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._resampled = soxr.ResampleStream(_RATE, _OPENAI_RATE, 1, dtype="int16", quality="QQ")

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, token: str) -> AsyncIterator["OpenAi"]:
        """A session whose turns end as the server finds right."""
        async with (
            openai.AsyncOpenAI(base_url=f"{url}/v1", api_key=token, max_retries=0) as client,
            client.realtime.connect(model="auto") as connection,
        ):
            wanted: Any = {"type": "realtime", "audio": {"input": {"turn_detection": {"type": "semantic_vad"}}}}
            await connection.session.update(session=wanted)
            yield cls(connection)

    async def send(self, pcm: bytes) -> None:
        samples = self._resampled.resample_chunk(np.frombuffer(pcm, np.int16))
        await self._connection.input_audio_buffer.append(audio=base64.b64encode(samples.tobytes()).decode())

    async def events(self) -> AsyncIterator[str]:
        async for event in self._connection:
            if event.type == "error":
                raise RuntimeError(event.error.message)
            if name := self._NAMES.get(event.type):
                yield name
