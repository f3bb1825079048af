"""A voice on an OpenAI-compatible server: `POST {base}/audio/speech`, answered as a stream of PCM."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from kit.outbound import Outbound
from speech.synthesis.voices import PLAIN, Manner, VoiceProblem

_FIRST_SOUND_SECONDS = 5.0


@dataclass(frozen=True)
class RemoteVoiceSettings:
    base_url: str
    api_key: str
    model: str
    voice: str


class RemoteVoice:
    def __init__(self, settings: RemoteVoiceSettings, outbound: Outbound) -> None:
        self._settings = settings
        self._outbound = outbound

    @property
    def name(self) -> str:
        return f"{self._settings.model}/{self._settings.voice}"

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[bytes, None]:
        settings = self._settings
        body: dict[str, object] = {"model": settings.model, "voice": settings.voice, "input": sentence}
        body["response_format"] = "pcm"
        if manner.rate != 1.0:
            body["speed"] = manner.rate
        headers = {"Authorization": f"Bearer {settings.api_key}"}
        url = f"{settings.base_url.rstrip('/')}/audio/speech"
        odd = b""
        try:
            async with asyncio.timeout(_FIRST_SOUND_SECONDS) as patience:
                async with self._outbound.request("POST", url, json=body, headers=headers) as response:
                    if response.status != 200:
                        raise VoiceProblem(f"the speech server answered {response.status}")
                    async for piece in response.content.iter_chunked(9600):
                        patience.reschedule(asyncio.get_running_loop().time() + _FIRST_SOUND_SECONDS)
                        whole = odd + piece
                        even = len(whole) & ~1
                        odd = whole[even:]
                        if even:
                            yield whole[:even]
        except TimeoutError as error:
            raise VoiceProblem("the speech server does not answer") from error
        except OSError as error:
            raise VoiceProblem(f"the speech server cannot be reached ({type(error).__name__})") from error
