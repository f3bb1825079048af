"""Recognizes recordings with the engines of live sessions: English's `RecordingRecognizer` port."""

from api.english import ports
from server.wiring.recognition import Recognition


class RecordingRecognizer:
    """Recognition of whole recordings, for the course."""

    def __init__(self, recognition: Recognition) -> None:
        self._recognition = recognition

    async def hear(self, pcm: bytes, reference_text: str | None, owner: str) -> ports.Recognized:
        """The words of a recording (PCM, 16 kHz), scored against a text if there is one."""
        listening = await self._recognition.up()
        await listening.ready()
        assessed = await listening.assess(pcm, reference_text, owner=owner)
        return ports.Recognized(assessed.transcript.text, assessed.pronunciation or None)
