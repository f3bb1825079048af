"""Use cases of speech on demand: a text as sound, made once and kept in memory by content."""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from api.speech.ports import Said, Voices
from kit import errors, fair
from kit.clock import Clock
from speech.synthesis import encoding, visemes
from speech.synthesis.voices import Timed

MEDIA_TYPE = encoding.MEDIA_TYPES["opus"]
_MOST_BYTES = 32 << 20
_MARK_BYTES = 150  # a time with its text, about
_AT_ONCE = 4
_AT_ONCE_FOR_ONE = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A text as Ogg Opus, and when its words, phones (IPA) and mouth shapes come, in seconds. `is_timed`: by the voice
    itself, else the shapes are guessed and the others missing. `is_lasting`: the same the next time."""

    sound: bytes
    seconds: float
    words: tuple[Timed, ...]
    phones: tuple[Timed, ...]
    mouth: list[visemes.Shape]
    is_lasting: bool

    @property
    def is_timed(self) -> bool:
        """Whether the voice told the times."""
        return bool(self.phones)

    @property
    def bytes(self) -> int:
        """What it takes in memory, about."""
        return len(self.sound) + _MARK_BYTES * (len(self.words) + len(self.phones) + len(self.mouth))


class Speech:
    """`kept` sounds are those of the node's best voice; the longest unused go first."""

    def __init__(self, voices: Voices, clock: Clock) -> None:
        self.voices = voices
        self._places = fair.Places(_AT_ONCE, clock, each=_AT_ONCE_FOR_ONE)
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._bytes = 0

    def tag(self, text: str, voice: str | None, rate: float) -> str:
        """The same for the same sound on all nodes. Failure `invalid_request` for a voice that is not there."""
        if voice is not None and all(voice != one.id for one in self.voices.speakers()):
            raise errors.invalid("There is no such voice.", [("/voice", "is none of GET /api/speech/voices")])
        told = f"{self.voices.preferred}\0{voice}\0{rate:.3f}\0{text}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    async def say(self, text: str, voice: str | None, rate: float, owner: str) -> Made:
        """A text spoken. Failure `voice_unavailable`."""
        tag = self.tag(text, voice, rate)
        if (kept := self._found(tag)) is not None:
            return kept
        async with self._places.place(owner):
            if (kept := self._found(tag)) is not None:  # another request has made it meanwhile
                return kept
            said = await self.voices.say(text, voice, rate)
            made = await asyncio.to_thread(_made, text, said)
        if made.is_lasting:
            self._keep(tag, made)
        return made

    def _found(self, tag: str) -> Made | None:
        if tag in self._kept:
            self._kept.move_to_end(tag)
        return self._kept.get(tag)

    def _keep(self, tag: str, made: Made) -> None:
        before = self._kept.get(tag)
        self._bytes += made.bytes - (before.bytes if before is not None else 0)
        self._kept[tag] = made
        while self._bytes > _MOST_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].bytes


def _made(text: str, said: Said) -> Made:
    spoken = said.spoken
    encoder = encoding.Encoder("opus")
    sound = encoder.push(spoken.pcm) + encoder.finish()
    by_voice = bool(spoken.phones)
    mouth = visemes.timed(spoken.phones, spoken.seconds) if by_voice else visemes.shapes(text, spoken.seconds)
    return Made(sound, spoken.seconds, spoken.words, spoken.phones, mouth, said.is_lasting)
