"""Short sentences of a text that is still being written."""

import asyncio

import pytest

from speech.synthesis.joining import EARLY, LONGEST, Joining, together

pytestmark = pytest.mark.virtual_time


async def _taken(*sentences: str, most: int = LONGEST) -> list[str]:
    joining = Joining()
    for sentence in (*sentences, None):
        joining.put(sentence)
    found = []
    while (sentence := await joining.take(most, waits=True)) is not None:
        found.append(sentence)
    return found


@pytest.mark.parametrize(
    ("sentences", "spoken"),
    [
        (["Oh.", "Then a cheese sandwich, please."], ["Oh. Then a cheese sandwich, please."]),
        (["This one is long enough.", "And that!"], ["This one is long enough. And that!"]),
        (["This one is long enough.", "This one is so, too."], ["This one is long enough.", "This one is so, too."]),
        (["No.", "No.", "No."], ["No. No. No."]),
        (["Yes."], ["Yes."]),
        ([], []),
    ],
)
async def test_a_short_sentence_takes_its_neighbour_along(sentences: list[str], spoken: list[str]) -> None:
    assert await _taken(*sentences) == spoken
    assert together(sentences) == spoken


async def test_the_first_sound_does_not_wait_for_a_long_neighbour() -> None:
    long = "What would you like to talk about today, then?"
    assert await _taken("Great!", long, most=EARLY) == ["Great!", long] == together(["Great!", long])
    assert await _taken("Great!", long) == [f"Great! {long}"]


async def test_what_is_written_in_time_is_joined_and_what_is_late_is_not_waited_for() -> None:
    joining, loop = Joining(), asyncio.get_running_loop()
    joining.put("Oh.")
    loop.call_later(0.1, joining.put, "I see.")
    loop.call_later(0.5, joining.put, None)
    began = loop.time()
    assert await joining.take(EARLY, waits=True) == "Oh. I see."
    assert loop.time() - began < 0.3
    assert await joining.take(EARLY, waits=True) is None


async def test_without_waiting_only_what_is_there_is_joined() -> None:
    joining = Joining()
    joining.put("Oh.")
    assert await joining.take(EARLY, waits=False) == "Oh."


async def test_being_cancelled_while_it_waits_loses_nothing_that_comes_later() -> None:
    joining = Joining()
    taking = asyncio.ensure_future(joining.take(EARLY, waits=True))
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    joining.put("Hello.")
    assert await joining.take(EARLY, waits=False) == "Hello."
