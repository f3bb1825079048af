"""A voice on a server with the OpenAI API, answered as a stream of PCM."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from kit.openai_servers import ServerTrouble, translated
from kit.outbound import Outbound
from speech.synthesis.voices import PLAIN, Manner, Spoken, VoiceProblem

_FIRST_SOUND_SECONDS = 5.0  # and between two pieces


@dataclass(frozen=True)
class RemoteVoiceSettings:
    """Which server, model and voice."""

    base_url: str
    api_key: str
    model: str
    voice: str


class RemoteVoice:
    """A voice of a server that speaks OpenAI's protocol."""

    def __init__(self, settings: RemoteVoiceSettings, outbound: Outbound) -> None:
        self._settings = settings
        self._outbound = outbound

    @property
    def name(self) -> str:
        """Model and voice."""
        return f"{self._settings.model}/{self._settings.voice}"

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        """Sound as it comes. Raises VoiceProblem."""
        breaker = self._outbound.breakers.of("speech", self._settings.base_url, self._settings.model)
        pieces = breaker.stream(lambda: self._pieces(sentence, manner.rate))
        odd = b""
        try:
            async for piece in pieces:
                whole = odd + piece
                even = len(whole) & ~1
                odd = whole[even:]
                if even:
                    yield Spoken(whole[:even])
        except ServerTrouble as trouble:
            raise VoiceProblem(f"the speech server cannot be used: {trouble}") from trouble
        finally:
            await pieces.aclose()

    async def _pieces(self, sentence: str, rate: float) -> AsyncGenerator[bytes, None]:
        """ServerTrouble. No deadline spans a yield: the reader may use a new task for every piece."""
        settings = self._settings
        client: Any = await self._outbound.openai.client(settings.base_url, settings.api_key)
        speed = {} if rate == 1.0 else {"speed": rate}
        answer = client.audio.speech.with_streaming_response.create(
            model=settings.model, voice=settings.voice, input=sentence, response_format="pcm", **speed
        )
        opened = False
        try:
            with translated():
                async with asyncio.timeout(_FIRST_SOUND_SECONDS):
                    response = await answer.__aenter__()
                opened = True
                sounds = response.iter_bytes().__aiter__()
            while True:
                with translated():
                    async with asyncio.timeout(_FIRST_SOUND_SECONDS):
                        piece = await anext(sounds, b"")
                if not piece:
                    return
                yield piece
        finally:
            if opened:
                await answer.__aexit__(None, None, None)
