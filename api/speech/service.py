"""Use cases of speech on demand: a text as sound, made once and kept in memory by content."""

import asyncio
import hashlib
from collections import OrderedDict

from api.speech.ports import Voices
from kit import errors, fair
from kit.clock import Clock
from speech.synthesis import encoding

MEDIA_TYPE = encoding.MEDIA_TYPES["opus"]
_MOST_BYTES = 32 << 20
_AT_ONCE = 4
_AT_ONCE_FOR_ONE = 2


class Speech:
    """`kept` sounds are those of the node's best voice; the longest unused go first."""

    def __init__(self, voices: Voices, clock: Clock) -> None:
        self.voices = voices
        self._places = fair.Places(_AT_ONCE, clock, each=_AT_ONCE_FOR_ONE)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def tag(self, text: str, voice: str | None, rate: float) -> str:
        """The same for the same sound on all nodes. Failure `invalid_request` for a voice that is not there."""
        if voice is not None and all(voice != one.id for one in self.voices.speakers()):
            raise errors.invalid("There is no such voice.", [("/voice", "is none of GET /api/speech/voices")])
        told = f"{self.voices.preferred}\0{voice}\0{rate:.3f}\0{text}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    async def say(self, text: str, voice: str | None, rate: float, owner: str) -> tuple[bytes, bool]:
        """Ogg Opus, and whether it will be the same the next time. Failure `voice_unavailable`."""
        tag = self.tag(text, voice, rate)
        if (kept := self._found(tag)) is not None:
            return kept, True
        async with self._places.place(owner):
            if (kept := self._found(tag)) is not None:  # another request has made it meanwhile
                return kept, True
            said = await self.voices.say(text, voice, rate)
            sound = await asyncio.to_thread(_encoded, said.pcm)
        if said.is_lasting:
            self._keep(tag, sound)
        return sound, said.is_lasting

    def _found(self, tag: str) -> bytes | None:
        if tag in self._kept:
            self._kept.move_to_end(tag)
        return self._kept.get(tag)

    def _keep(self, tag: str, sound: bytes) -> None:
        self._bytes += len(sound) - len(self._kept.get(tag, b""))
        self._kept[tag] = sound
        while self._bytes > _MOST_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])


def _encoded(pcm: bytes) -> bytes:
    encoder = encoding.Encoder("opus")
    return encoder.push(pcm) + encoder.finish()
