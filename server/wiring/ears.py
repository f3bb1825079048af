"""Recordings heard by the same engines that hear live sessions: English's `Ears` port."""

from api.english import ports
from server.wiring.recognition import Hearing


class Ears:
    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing

    async def hear(self, pcm: bytes, reference_text: str | None, owner: str) -> ports.Hearing:
        listening = await self._hearing.up()
        await listening.ready()
        assessed = await listening.assess(pcm, reference_text, owner=owner)
        return ports.Hearing(assessed.transcript.text, assessed.pronunciation or None)
