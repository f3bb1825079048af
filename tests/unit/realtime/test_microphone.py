"""The microphone's end: whatever becomes of the pauses that were learned, nobody goes on listening."""

import asyncio
from collections.abc import Sequence

import pytest

from kit import closing
from realtime.ports import ListenerOptions
from realtime.reply.microphone import Microphone
from tests.support.scripted_listener import ScriptedListener


class Learned(ScriptedListener):
    trouble: Exception | None = None

    @property
    def pauses(self) -> tuple[int, ...]:
        return (400, 700)

    async def close(self) -> None:
        await super().close()
        if self.trouble is not None:
            raise self.trouble


def listener() -> Learned:
    options = ListenerOptions("one", "en", None, None, 1, 0, 0, (), 0, ())
    return Learned(options, lambda _: None, 0.0)


async def test_a_listener_is_closed_although_its_pauses_cannot_be_kept_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "_PART_SECONDS", 0.05)
    hears = listener()

    async def hangs(_: Sequence[int]) -> None:
        await asyncio.Event().wait()

    await closing.one_by_one(listener=Microphone(hears, hangs))
    assert hears.closed


@pytest.mark.parametrize("trouble", [None, MemoryError("no memory to close with")])
async def test_pauses_are_kept_once_whatever_the_listener_does(trouble: Exception | None) -> None:
    hears, kept = listener(), []
    hears.trouble = trouble

    async def keep(pauses: Sequence[int]) -> None:
        kept.append(tuple(pauses))

    microphone = Microphone(hears, keep)
    for _ in range(2):
        await closing.one_by_one(listener=microphone)
    assert kept == [(400, 700)]
