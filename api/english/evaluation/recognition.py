"""Recognition of recordings that learners send."""

from api.english.ports import Allowance, RecordingRecognizer
from api.english.sound import codec as sound
from api.english.tasks.spoken import Heard
from kit import fair
from kit.clock import Clock

_AT_ONCE = 2


class Recognition:
    """Decodes recordings, a few at once, and recognizes what was said, as long as the user may."""

    def __init__(self, clock: Clock, recognizer: RecordingRecognizer, allowance: Allowance) -> None:
        self._recognizer = recognizer
        self._allowance = allowance
        self._decoding = fair.Places(_AT_ONCE, clock)

    async def hear(self, user_id: str, content: bytes, reference: str | None) -> tuple[bytes, Heard]:
        """PCM16 mono 16 kHz, and what was said in it, compared to the reference text. Failures of `sound.decode`, of
        the allowance and of the recognizer."""
        async with self._decoding.place(user_id) as place:
            clip = await sound.decode(content, place)
        await self._allowance.spend(user_id, clip.seconds)
        found = await self._recognizer.hear(clip.pcm, reference, user_id)
        return clip.pcm, Heard(found.transcript, found.pronunciation, clip.seconds)
