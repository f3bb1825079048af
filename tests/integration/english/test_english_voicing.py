"""Listening texts: spoken once by the voice and kept, or left to the client."""

import asyncio
import math
from array import array

import pytest

from api.english.catalog import load
from api.english.ports import Speech
from api.english.sound import codec as sound
from api.english.sound.voicing import URL, Voicing
from kit.database import Database
from kit.errors import Failure
from tests.support.clock import FakeClock

CATALOG = load.catalog()
TASK = CATALOG.task("a1-meeting-people", "at-the-party")


class Hum:
    """A voice that hums: half a second a sentence."""

    name = "hum"

    def __init__(self, broken: bool = False) -> None:
        self.broken = broken
        self.is_available = self.is_lasting = True
        self.said: list[str] = []
        self.roles: list[int] = []
        self.rates: set[float] = set()

    async def speak(self, sentence: str, language: str, role: int, rate: float) -> Speech:
        self.said.append(sentence)
        self.roles.append(role)
        self.rates.add(rate)
        if self.broken:
            raise RuntimeError("no breath")
        hum = array("h", (int(8000 * math.sin(i / 20)) for i in range(12_000))).tobytes()
        return Speech(hum, self.is_lasting)


async def test_a_text_is_spoken_once_however_many_ask(database: Database, clock: FakeClock) -> None:
    voice = Hum()
    voicing = Voicing(CATALOG, voice, database, clock)
    assert TASK is not None
    told = voicing.told(TASK, "A1", 1)
    audio_id = told["audio_url"].removeprefix(URL)
    heard = await asyncio.gather(*(voicing.sound(audio_id) for _ in range(5)))
    assert len({one.content for one in heard if one}) == 1 and heard[0] and heard[0].media_type == "audio/ogg"
    assert voice.said == [
        "Hello, I'm Tom. Are you a new student?",
        "Yes, I am. My name is Mei.",
        "Nice to meet you, Mei. Are you from China?",
        "My parents are from China, but I'm from Canada.",
    ]
    assert voice.roles == [0, 1, 0, 1]  # a voice for each of the people
    assert voice.rates == {0.85}  # beginners hear it more slowly
    assert (await sound.decode(heard[0].content)).seconds == pytest.approx(4 * 0.5 + 3 * 0.4, abs=0.1)
    again = Voicing(CATALOG, voice, database, clock)
    assert await again.sound(audio_id) == heard[0] and len(voice.said) == 4


async def test_what_a_lesser_voice_said_is_not_kept(database: Database, clock: FakeClock) -> None:
    voice = Hum()
    voice.is_lasting = False
    voicing = Voicing(CATALOG, voice, database, clock)
    assert TASK is not None
    audio_id = voicing.told(TASK, "A1", 1)["audio_url"].removeprefix(URL)
    assert await voicing.sound(audio_id) is not None
    voice.is_lasting = True
    assert await voicing.sound(audio_id) is not None and len(voice.said) == 8
    assert await voicing.sound(audio_id) is not None and len(voice.said) == 8


async def test_while_no_voice_is_ready_the_client_speaks(database: Database, clock: FakeClock) -> None:
    voice = Hum()
    voicing = Voicing(CATALOG, voice, database, clock)
    assert TASK is not None
    voice.is_available = False
    assert set(voicing.told(TASK, "A1", 1)) == {"speech"}
    voice.is_available = True
    assert set(voicing.told(TASK, "A1", 1)) == {"audio_url"}


async def test_another_voice_speaks_it_anew_and_strange_ids_are_unknown(database: Database, clock: FakeClock) -> None:
    assert TASK is not None
    other = Hum()
    other.name = "another"
    one = Voicing(CATALOG, Hum(), database, clock).told(TASK, "A1", 1)
    assert Voicing(CATALOG, other, database, clock).told(TASK, "A1", 1) != one
    assert await Voicing(CATALOG, Hum(), database, clock).sound("0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30") is None


async def test_a_broken_voice_is_unavailable_and_nothing_is_kept(database: Database, clock: FakeClock) -> None:
    voice = Hum(broken=True)
    voicing = Voicing(CATALOG, voice, database, clock)
    assert TASK is not None
    audio_id = voicing.told(TASK, "A1", 1)["audio_url"].removeprefix(URL)
    with pytest.raises(Failure) as caught:
        await voicing.sound(audio_id)
    assert caught.value.code == "voice_unavailable"
    voice.broken = False
    assert await voicing.sound(audio_id) is not None


async def test_without_a_voice_the_client_speaks_more_slowly_for_beginners(
    database: Database, clock: FakeClock
) -> None:
    silent = Voicing(CATALOG, None, database, clock)
    assert TASK is not None
    told = silent.told(TASK, "A1", 1)["speech"]
    assert told.rate == 0.85 and told.text.startswith("Tom: Hello")
    reading = CATALOG.task("a1-meeting-people", "profiles")
    assert reading is not None and silent.told(reading, "A1", 1) == {}
