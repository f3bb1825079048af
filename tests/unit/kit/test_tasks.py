"""Tasks and loops: none is lost, none fails in silence."""

import asyncio
import contextlib

import pytest
from structlog.testing import capture_logs

from kit import errors
from kit.tasks import Tasks


async def test_close_cancels_what_runs_and_waits_for_its_cleanup() -> None:
    tasks, cleaned = Tasks(), []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            cleaned.append(True)

    tasks.spawn(work(), name="work")
    await asyncio.sleep(0)
    await tasks.close()
    assert cleaned == [True]
    assert len(tasks) == 0


async def test_a_failure_is_logged_and_does_not_stop_the_others() -> None:
    tasks = Tasks()

    async def fail() -> None:
        raise ValueError("broken part")

    tasks.spawn(fail(), name="fails")
    other = tasks.spawn(asyncio.sleep(0.01, "done"), name="other")
    with capture_logs() as logged:
        assert await other == "done"
    assert [(line["event"], line["task"], str(line["exc_info"])) for line in logged] == [
        ("task_failed", "fails", "broken part")
    ]


async def test_nothing_starts_after_the_end() -> None:
    tasks = Tasks()
    await tasks.close()
    with pytest.raises(RuntimeError):
        tasks.spawn(asyncio.sleep(0), name="late")


async def test_a_task_that_swallows_one_cancellation_ends_all_the_same() -> None:
    tasks = Tasks()

    async def stubborn() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    running = tasks.spawn(stubborn(), name="stubborn")
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tasks.close()
    assert running.cancelled()


async def test_what_has_to_succeed_once_is_tried_until_it_does() -> None:
    tasks, tried = Tasks(), 0

    async def begin() -> None:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise OSError("disk full")
        if tried == 2:
            raise errors.unavailable("model_unreachable", "Not now.", 0.01)

    with capture_logs() as logged:
        await tasks.persist(begin, name="engines", pause=0.001)
    assert tried == 3 and len(tasks) == 0
    assert [(line["log_level"], line["what"], line["again_s"]) for line in logged] == [
        ("error", "engines", 0.001),
        ("warning", "engines", 0.01),
    ]


async def test_a_pause_is_asked_for_after_the_round_that_it_follows() -> None:
    tasks, seen = Tasks(), []

    async def look() -> None:
        seen.append("round")

    def pause() -> float:
        seen.append("pause")
        return 0.001

    keeping = tasks.keep(look, name="look", pause=pause)
    while len(seen) < 4:  # noqa: ASYNC110 - it is called from within
        await asyncio.sleep(0.001)
    keeping.cancel()
    await tasks.close()
    assert seen[:4] == ["round", "pause", "round", "pause"]
