"""Recordings heard by the same engines that hear live sessions: English's `Ears` port."""

import io
import wave

from api.english import ports
from server.wiring.recognition import Hearing
from speech.audio import pcm as sound


class Ears:
    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing

    async def hear(self, pcm: bytes, reference_text: str | None) -> ports.Hearing:
        listening = await self._hearing.up()
        await listening.ready()
        assessed = await listening.assess(_wav(pcm), reference_text)
        return ports.Hearing(assessed.transcript.text, assessed.pronunciation or None)


def _wav(pcm: bytes) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.RATE)
        file.writeframes(pcm)
    return target.getvalue()
