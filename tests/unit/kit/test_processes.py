"""Children that this test makes: how they start, are limited, are heard, and end. All of them are gone afterwards."""

import asyncio
import errno
import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from kit.processes import environment, process, waiting
from kit.processes.limits import Limits
from kit.processes.piped import piped
from kit.processes.process import NotStarted, Program, start
from tests.support.programs import IN_TIME, child, ready
from tests.support.waiting import until


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"parley_child_processes{name}", {"process": "test", **labels}) or 0.0


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    """Neither running nor as a zombie."""
    before, running = set(psutil.Process().children()), counted("")
    yield
    assert set(psutil.Process().children()) - before == set()
    assert counted("") == running


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
