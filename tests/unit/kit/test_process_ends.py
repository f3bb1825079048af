"""How children end: in order, killed, by themselves, and with a killed parent."""

import asyncio
import errno
import json
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from structlog.testing import capture_logs

from kit import loops
from kit.processes import environment, process, waiting
from kit.processes.announced import Announced
from kit.processes.piped import piped
from kit.processes.process import Program, start
from tests.support.programs import IN_TIME, child, ready
from tests.support.waiting import until

ROOT = Path(__file__).parents[3]


# ---- the end


async def test_one_that_ends_in_order_has_the_time_for_it(tmp_path: Path) -> None:
    made = await ready(child("takes_its_time", str(tmp_path / "left")))
    with capture_logs() as told:
        assert await made.end([(signal.SIGTERM, IN_TIME)]) == 0
    assert (tmp_path / "left").read_text() == "in order"
    assert told == []  # it was asked to


@pytest.mark.parametrize("is_stopped", [False, True])
async def test_one_that_ignores_what_it_is_asked_is_killed(is_stopped: bool) -> None:
    made = await ready(child("ignores"))
    if is_stopped:
        made.process.send(signal.SIGSTOP)
    assert await made.end([(signal.SIGTERM, 0.1), (signal.SIGINT, 0.1)]) == -signal.SIGKILL


def test_the_same_without_a_loop(tmp_path: Path) -> None:
    stubborn, orderly = (
        start(child(*way), stdout=process.PIPE) for way in (["ignores"], ["takes_its_time", str(tmp_path / "left")])
    )
    for one in (stubborn, orderly):
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
    assert stubborn.end([(signal.SIGTERM, 0.1)]) == -signal.SIGKILL
    assert orderly.end([(signal.SIGTERM, IN_TIME)]) == 0
    assert stubborn.end() == -signal.SIGKILL  # again: harmless
    for one in (stubborn, orderly):
        one.kill()
        one.close()


async def test_whoever_waits_may_be_cancelled_and_it_is_buried_all_the_same() -> None:
    made = await ready(child("ignores"))
    pid = made.process.pid
    leaving = asyncio.ensure_future(made.end([(signal.SIGTERM, 0.3)]))
    watching = asyncio.ensure_future(made.ended())
    await asyncio.sleep(0)
    for one in (leaving, watching):
        one.cancel()
    await asyncio.gather(leaving, watching, return_exceptions=True)
    assert leaving.cancelled() and watching.cancelled()
    await until(lambda: not psutil.pid_exists(pid), IN_TIME)
    await made.end()


async def test_one_that_ends_by_itself_while_it_is_asked_to_is_no_trouble() -> None:
    for _ in range(5):
        made = start(child("crashes", "0"))
        assert await waiting.end(made, [(signal.SIGTERM, IN_TIME)]) in (0, -signal.SIGTERM)
        made.send(signal.SIGTERM)  # to nobody


async def test_all_who_wait_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = start(child("crashes", "5"))
    waiters = [waiting.ended(made) for _ in range(3)]
    assert await asyncio.wait_for(asyncio.gather(*waiters), IN_TIME) == [5, 5, 5]

    def no_file(_: int) -> int:
        raise OSError(errno.EMFILE, "no file is to be had")

    monkeypatch.setattr(os, "pidfd_open", no_file)
    assert await asyncio.wait_for(waiting.ended(start(child("crashes", "6"))), IN_TIME) == 6


async def test_why_it_was_killed_is_told() -> None:
    made = await ready(child("hangs"))
    made.process.kill("no sign of life")
    with capture_logs() as told:
        await made.end()
    assert (told[0]["why"], told[0]["status"], told[0]["log_level"]) == ("no sign of life", "SIGKILL", "warning")


def test_a_program_is_run_to_its_end() -> None:
    done = process.run(child("mirrors"), b"abc")
    assert (done.status, done.output, done.errors) == (0, b"cba", b"")
    with capture_logs() as told:
        assert process.run(child("crashes", "7")).status == 7
    assert told == []  # the caller gets the result


def test_one_that_announces_itself_is_read_whatever_becomes_of_its_other_lines() -> None:
    lines: list[str] = []

    def closed(line: str) -> None:
        lines.append(line)
        raise BrokenPipeError

    ready = Announced(child("announces"), "Ready: ", closed)
    assert ready.ready(IN_TIME) and ready.said == "here" and len(lines) == 100
    ready.process.end()
    ready.close()
    fails = Announced(child("crashes", "2"), "Ready: ")
    assert not fails.ready(IN_TIME)
    assert fails.process.wait(IN_TIME) == 2
    fails.close()


@pytest.mark.parametrize("status", [(0, "exit 0"), (-9, "SIGKILL"), (-250, "signal 250")])
def test_a_status_has_a_name(status: tuple[int, str]) -> None:
    assert process.named(status[0]) == status[1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
async def test_children_of_every_kind_end_with_a_killed_parent() -> None:
    parent = await piped(
        Program("test", [sys.executable, ROOT / "tests" / "support" / "parent.py"], environment.whole())
    )
    pids = json.loads(await asyncio.wait_for(parent.out.readline(), IN_TIME))
    assert len(pids) == 3 and all(map(psutil.pid_exists, pids))
    await parent.end()
    await until(lambda: not any(map(_lives, pids)), IN_TIME)


def _lives(pid: int) -> bool:
    """Whoever takes over orphans may be slow to bury them."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_the_loop_of_the_server_does_the_same() -> None:
    async def all_of_it() -> None:
        made = await piped(child("mirrors"), stdin=process.PIPE)
        content = bytes(range(256)) * 4_000
        assert await asyncio.wait_for(made.answer(content), IN_TIME) == content[::-1]
        assert await made.ended() == 0
        await made.end()
        early = await piped(child("crashes", "4"), stdin=process.PIPE, keeps_words=True)
        await asyncio.wait_for(early.feed(bytes(4_000_000)), IN_TIME)
        assert await early.end() in (4, -signal.SIGKILL)
        stubborn = await ready(child("ignores"))
        assert await stubborn.end([(signal.SIGTERM, 0.1)]) == -signal.SIGKILL

    with asyncio.Runner(loop_factory=loops.factory()) as runner:
        runner.run(all_of_it())
