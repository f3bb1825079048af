"""Children that this test makes: how they start, are limited, are heard, and end. All of them are gone afterwards."""

import asyncio
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from kit import loops
from kit.processes import environment, process, waiting
from kit.processes.announced import Announced
from kit.processes.limits import Limits
from kit.processes.piped import Piped, piped
from kit.processes.process import NotStarted, Program, python, start
from tests.support.waiting import until

ROOT = Path(__file__).parents[3]
IN_TIME = 60.0


def child(*arguments: str, limits: Limits = Limits(), **more: str) -> Program:  # noqa: B008
    variables = {**environment.bare(), **more}
    return python("test", "tests.support.children", *arguments, variables=variables, limits=limits)


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"parley_child_processes{name}", {"process": "test", **labels}) or 0.0


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    """Neither running nor as a zombie."""
    before, running = set(psutil.Process().children()), counted("")
    yield
    assert set(psutil.Process().children()) - before == set()
    assert counted("") == running


async def ready(program: Program) -> Piped:
    made = await piped(program)
    assert await asyncio.wait_for(made.out.readline(), IN_TIME) == b"ready\n"
    return made


# ---- starting


async def test_one_that_crashes_at_its_start_is_told_with_its_name_and_status() -> None:
    before = counted("_ended_total", how="failed")
    with capture_logs() as told:
        assert await waiting.ended(start(child("crashes", "3"))) == 3
    (line,) = [one for one in told if one["event"] == "process_ended"]
    assert (line["process"], line["status"], line["log_level"]) == ("test", "exit 3", "warning")
    assert counted("_ended_total", how="failed") == before + 1


@pytest.mark.parametrize(
    "trouble", [OSError(errno.EAGAIN, "no process"), MemoryError(), subprocess.SubprocessError("preexec")]
)
def test_one_that_cannot_be_forked_is_one_kind_of_trouble(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(subprocess, "Popen", refuse)
    before = counted("_not_started_total")
    with pytest.raises(NotStarted, match="no process for test"):
        start(child("hangs"))
    assert counted("_not_started_total") == before + 1


async def test_a_program_that_is_not_there_is_the_same_trouble() -> None:
    with pytest.raises(NotStarted):
        await piped(Program("test", ["/nowhere/program"], {}))


async def test_a_child_has_the_limits_that_it_was_given_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(processor_seconds=7, address_megabytes=900, open_files=50, file_bytes=0, nicer=3)
    made = await piped(child("tells", limits=limits))
    told = json.loads(await made.out.read())
    await made.end()
    assert told["limits"] == {"AS": 900 << 20, "CPU": 7, "NOFILE": 50, "FSIZE": 0, "CORE": 0}
    assert told["nice"] == min(19, psutil.Process().nice() + 3)


def test_what_was_limited_more_stays_so() -> None:
    """By the operator, say: a higher limit cannot be had, and is no reason not to work."""
    program = child("tells", limits=Limits(open_files=500, processor_seconds=100))
    line = ["sh", "-c", 'ulimit -n 60; ulimit -t 50; exec "$@"', "sh", *program.line]
    # The shell is replaced by the child, so its parent is who it thinks.
    done = process.run(Program("test", line, program.variables))
    limits = json.loads(done.output)["limits"]
    assert (limits["NOFILE"], limits["CPU"]) == (60, 50)


async def test_only_the_variables_that_are_named_go_along(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {"PARLEY_SECRET_KEY": "s", "DATABASE_URL": "d", "OPENAI_API_KEY": "o", "AWS_SECRET_ACCESS_KEY": "a"}
    kept = {"OMP_NUM_THREADS": "3", "HTTPS_PROXY": "p", "LC_ALL": "C", "PGPASSWORD": "w"}
    for name, value in {**secrets, **kept}.items():
        monkeypatch.setenv(name, value)
    some = environment.inherited(*environment.SYSTEM, *environment.NUMERIC)
    assert secrets.keys().isdisjoint(some) and some["OMP_NUM_THREADS"] == "3" and some["LC_ALL"] == "C"
    assert {"HTTPS_PROXY", "PGPASSWORD"}.isdisjoint(some)
    assert environment.inherited(*environment.NETWORK, *environment.POSTGRES).keys() >= {"HTTPS_PROXY", "PGPASSWORD"}
    made = await piped(child("tells"))
    told = json.loads(await made.out.read())
    await made.end()
    assert told["variables"].keys() - {"LC_CTYPE"} == {*environment.bare(), "PYTHONPATH"}


async def test_nothing_is_imported_from_the_folder_that_we_were_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "signal", "psutil", "kit"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    made = await ready(child("hangs"))
    assert await made.end() == -signal.SIGKILL


# ---- while it runs


async def test_one_that_floods_its_errors_is_not_held_up_and_its_last_words_are_kept() -> None:
    made = await piped(child("floods"), keeps_words=True)
    assert await asyncio.wait_for(made.out.read(), IN_TIME) == b"done\n"
    await until(lambda: made.last_words == "its last words", IN_TIME)
    assert await made.ended() == 0
    assert len(made._errors.kept) <= 2000
    await made.end()


async def test_more_than_a_pipe_holds_goes_in_and_comes_out() -> None:
    made = await piped(child("mirrors"), stdin=process.PIPE)
    content = bytes(range(256)) * 8_000
    assert await asyncio.wait_for(made.answer(content), IN_TIME) == content[::-1]
    assert await made.ended() == 0
    await made.end()


async def test_one_that_ends_while_it_is_fed_is_no_error() -> None:
    made = await piped(child("crashes", "4"), stdin=process.PIPE)
    await asyncio.wait_for(made.feed(bytes(4_000_000)), IN_TIME)
    assert await made.ended() == 4
    await made.end()


async def test_too_much_memory_and_too_much_time_end_it() -> None:
    greedy = await piped(child("grows", limits=Limits(address_megabytes=300)))
    busy = await piped(child("computes", limits=Limits(processor_seconds=1)))
    assert await asyncio.wait_for(greedy.ended(), IN_TIME) == 1  # a MemoryError
    assert await asyncio.wait_for(busy.ended(), IN_TIME) == -signal.SIGXCPU
    await asyncio.gather(greedy.end(), busy.end())


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
