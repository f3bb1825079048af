"""Listening texts as sound: spoken once by the configured voice and stored, or left to the client's voice."""

import asyncio
import hashlib
import re
import uuid
from collections.abc import Sequence
from functools import cached_property

from api.english.catalog import load, schema
from api.english.ports import Voice
from api.english.schemas.modules import XELSpeech
from api.english.sound import codec as sound
from api.english.sound import store as sound_store
from api.english.sound.store import Sound
from api.english.tasks import present
from kit import errors, logs
from kit.clock import Clock
from kit.database import Database
from kit.locks import KeyedLocks
from kit.storable import JsonObject
from language.placement import adaptive, items

LANGUAGE = "en-GB"
URL = "/api/learn/english/audio/"
_RATES: dict[str, float] = {"A1": 0.85, "A2": 0.9, "B1": 0.95}
_VOICE_RATE = 24_000
_PAUSE = b"\0\0" * (_VOICE_RATE * 2 // 5)
_SPEAKER = re.compile(r"^[A-Z][\w. ]{0,24}: ")
_log = logs.get(__name__)


class Voicing:
    """Knows the sound of every variant that is heard."""

    def __init__(self, catalog: load.Catalog, voice: Voice | None, database: Database, clock: Clock) -> None:
        self._voice = voice
        self._database = database
        self._clock = clock
        self._busy = KeyedLocks()
        self._catalog = catalog

    def told(self, task: schema.Task, level: str, variant: int) -> JsonObject:
        """What to add to the learner's view: `audio_url`, or `speech` for the client to say; nothing when silent, or
        when each item has its own (`items`)."""
        text = present.script(task, variant)
        return {} if text is None or _by_item(task, variant) else self.voiced(text, level)

    def items(self, task: schema.Task, level: str, variant: int) -> list[JsonObject]:
        """The same for each item that is heard by itself; none where the task is heard as a whole."""
        return [self.voiced(text, level) for text in _by_item(task, variant)]

    def voiced(self, text: str, level: str) -> JsonObject:
        """The same for a text of the course or of the placement."""
        rate = _RATES.get(level, 1.0)
        if self._voice is None or not self._voice.is_available:
            return {"speech": XELSpeech(text=text, language=LANGUAGE, rate=rate)}
        return {"audio_url": URL + self._id(text, rate)}

    async def sound(self, audio_id: str) -> Sound | None:
        """The spoken text, made on the first request; None for an unknown id. Failure `unavailable` when the voice
        does not answer."""
        known_text = self._texts.get(audio_id)
        return None if known_text is None else await self._spoken(audio_id, known_text)

    async def sound_among(self, audio_id: str, modules: Sequence[schema.Module]) -> Sound | None:
        """The same for a text of one of these modules, which are not of the course."""
        if self._voice is None:
            return None
        found = await asyncio.to_thread(self._among, audio_id, modules)
        return None if found is None else await self._spoken(audio_id, *found)

    @cached_property
    def _texts(self) -> dict[str, tuple[str, float]]:
        return {} if self._voice is None else {self._id(*one): one for one in heard(self._catalog)}

    def _among(self, audio_id: str, modules: Sequence[schema.Module]) -> tuple[tuple[str, float], str] | None:
        told = ((one, module.id) for module in modules for one in scripts([module]))
        return next(((one, module_id) for one, module_id in told if self._id(*one) == audio_id), None)

    async def _spoken(self, audio_id: str, known_text: tuple[str, float], module_id: str | None = None) -> Sound:
        async with self._busy.alone(audio_id):
            async with self._database.connection() as cx:
                known = await sound_store.voiced(cx, audio_id)
            if known is not None:
                return known
            pcm, is_lasting = await self._speak(*known_text)
            made = Sound("audio/ogg", await asyncio.to_thread(sound.encode, pcm, _VOICE_RATE))
            if is_lasting:
                async with self._database.connection() as cx:
                    await sound_store.add_voiced(cx, audio_id, made, self._clock.now(), module_id)
            return made

    async def _speak(self, text: str, rate: float) -> tuple[bytes, bool]:
        """The whole text, each person in it with another voice, and whether it is worth storing."""
        assert self._voice is not None
        spoken = []
        people: dict[str, int] = {}
        try:
            for line in filter(str.strip, text.splitlines()):
                named = _SPEAKER.match(line)
                role = people.setdefault(named[0] if named else "", len(people))
                spoken.append(await self._voice.speak(_SPEAKER.sub("", line), LANGUAGE, role, rate))
        except Exception as error:
            _log.warning("voice_failed", voice=self._voice.name, error=str(error))
            raise errors.unavailable(
                "voice_unavailable", "The voice cannot speak now. Try again shortly.", 10
            ) from error
        return _PAUSE.join(one.pcm for one in spoken), all(one.is_lasting for one in spoken)

    def _id(self, text: str, rate: float) -> str:
        """The same for the same voice, text and speed on every node, and no hint at the text."""
        name = self._voice.name if self._voice else ""
        return str(uuid.UUID(bytes=hashlib.sha256(f"{name}\0{rate}\0{text}".encode()).digest()[:16], version=4))


def heard(catalog: load.Catalog) -> list[tuple[str, float]]:
    """The texts of the course and of the placement."""
    placement = [
        (item.script, _RATES.get(adaptive.cefr(item.difficulty), 1.0)) for item in items.bank().values() if item.script
    ]
    return [*scripts(catalog.modules), *placement]


def scripts(modules: Sequence[schema.Module]) -> list[tuple[str, float]]:
    """Every text of modules that is heard, and how fast it is spoken."""
    return [
        (text, _RATES.get(module.level, 1.0))
        for module in modules
        for task in module.tasks
        for variant in range(1, len(task.variants) + 1)
        for text in present.scripts(task, variant)
    ]


def _by_item(task: schema.Task, variant: int) -> list[str]:
    return present.scripts(task, variant) if task.kind == "minimal_pairs" else []
