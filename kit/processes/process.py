"""One child process, from its start to its end. Every child of Parley is one of these.

Starting takes about a millisecond, in which the interpreter does nothing else whichever thread asks; so it happens
where it is asked for. That has to be a thread that lives on: on Linux a child that is tied ends with the thread.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Literal

from kit import errors, logs
from kit.processes import counts, environment
from kit.processes.limits import Limits, tied

DEVNULL, PIPE, WITH_OUTPUT = subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT

Steps = Sequence[tuple[signal.Signals | None, float]]
"""How a process is asked to end: a signal and so many seconds for it, then the next; at last it is killed. Without a
signal it has been told otherwise."""

How = Literal["well", "failed", "died", "ended"]
_NO_LIMITS = Limits()
_LEAVE_SECONDS = 10.0
_log = logs.get(__name__)


class NotStarted(errors.Failure):
    """A process cannot be started: no memory, no free process, no program. Clients get what `errors.of` makes of it."""

    def __init__(self, why: str, cause: Exception) -> None:
        """`why` is for the log, `cause` what the system said."""
        told = errors.of(cause)
        super().__init__(told.kind, told.code, told.message, retry_after=told.retry_after)
        self.why = why

    def __str__(self) -> str:
        return self.why


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. `name` is the kind of process, for logs and metrics.

    `tie`: the signal that it gets when we are gone; None for what ends by itself, and for our own modules, which see to
    it themselves. `account`: the ids of the user and group it runs as. `own_session`: Ctrl-C in our terminal is not
    for it.
    """

    name: str
    line: Sequence[str | Path]
    variables: Mapping[str, str] = field(repr=False)
    folder: Path | None = None
    tie: signal.Signals | None = None
    account: tuple[int, int] | None = None
    own_session: bool = False


def python(
    name: str, module: str, *arguments: str, variables: Mapping[str, str], limits: Limits = _NO_LIMITS
) -> Program:
    """Our own `module`, whose `main` is called with the arguments in a limited process that ends with us.

    Nothing is imported from the folder that we were started in.
    """
    limited = json.dumps(asdict(limits))
    line = [sys.executable, "-P", "-m", "kit.processes.child", str(os.getpid()), limited, module, *arguments]
    return Program(name, line, environment.with_our_modules(variables))


class Process:
    """A child that was started. Its methods may be called from any thread; those that wait say so."""

    def __init__(self, program: Program, started: "subprocess.Popen[bytes]") -> None:
        """By `start`."""
        self.program = program
        self._popen = started
        self._began = time.monotonic()
        self._noting = threading.Lock()
        self._is_noted = False
        self._why = ""
        self._is_wanted = False  # that it ends
        self.is_logged = True  # an unexpected end; else the owner reports it
        counts.STARTED.labels(program.name).inc()
        counts.RUNNING.labels(program.name).inc()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._popen.pid

    @property
    def stdin(self) -> IO[bytes] | None:
        """Our end, where it was started with PIPE."""
        return self._popen.stdin

    @property
    def stdout(self) -> IO[bytes] | None:
        """Its output, if that is a pipe."""
        return self._popen.stdout

    @property
    def stderr(self) -> IO[bytes] | None:
        """Its errors, if those are a pipe."""
        return self._popen.stderr

    @property
    def status(self) -> int | None:
        """None while it runs, then its exit status or minus the signal that killed it. Looking is what buries it."""
        status = self._popen.poll()
        if status is not None:
            self._note(status)
        return status

    @property
    def lived_seconds(self) -> float:
        """Since its start; to be read when it has ended."""
        return time.monotonic() - self._began

    def send(self, number: signal.Signals) -> None:
        """Harmless when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            self._popen.send_signal(number)

    def ask(self, number: signal.Signals | None) -> None:
        """A signal that should end it; its end is then expected."""
        self._is_wanted = True
        if number is not None:
            self.send(number)

    def kill(self, why: str = "") -> None:
        """Kill it. `why` is logged with its end: what it did wrong, if anything."""
        self._why = self._why or why
        self.ask(signal.SIGKILL)

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait at most `seconds` until it has ended; returns its status."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(seconds)
        return self.status

    def end(self, steps: Steps = ()) -> int:
        """Wait for it to end, by these signals or, after the last, killed; its status."""
        for number, seconds in steps:
            self.ask(number)
            if (status := self.wait(seconds)) is not None:
                return status
        if self.status is None:
            self.kill()
        status = self.wait()
        assert status is not None
        return status

    def close(self) -> None:
        """Our ends of its pipes."""
        for stream in (self.stdin, self.stdout, self.stderr):
            with contextlib.suppress(OSError):  # what was not written yet is lost
                if stream is not None:
                    stream.close()

    def _note(self, status: int) -> None:
        with self._noting:
            if self._is_noted:
                return
            self._is_noted = True
        how: How = "ended" if self._is_wanted else "well" if status == 0 else "failed" if status > 0 else "died"
        counts.RUNNING.labels(self.program.name).dec()
        counts.ENDED.labels(self.program.name, how).inc()
        if self.is_logged and (how in ("failed", "died") or self._why):
            told = {"status": named(status), "seconds": round(self.lived_seconds, 1)}
            told |= {"why": self._why} if self._why else {}
            _log.warning("process_ended", process=self.program.name, pid=self.pid, **told)


def start(
    program: Program,
    *,
    stdin: int | IO[bytes] | None = DEVNULL,
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
    pass_fds: Sequence[int] = (),
) -> Process:
    """Raises NotStarted. By default its output goes to ours."""
    uid, gid = program.account or (None, None)
    try:
        started = subprocess.Popen(
            [str(part) for part in program.line],
            cwd=program.folder,
            env=dict(program.variables),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            pass_fds=pass_fds,
            start_new_session=program.own_session,
            preexec_fn=None if program.tie is None else tied(program.tie),
            user=uid,
            group=gid,
            extra_groups=None if program.account is None else [],
        )
    except (OSError, MemoryError, RuntimeError, subprocess.SubprocessError) as error:
        counts.NOT_STARTED.labels(program.name).inc()
        why = f"no process for {program.name} is to be had: {str(error) or type(error).__name__}"
        raise NotStarted(why, error) from error
    return Process(program, started)


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a program that was run to its end."""

    status: int
    output: bytes
    errors: bytes


def run(program: Program, content: bytes = b"", *, captured: bool = True) -> Done:
    """Run it to its end, with `content` on its input. Waits. NotStarted; not `captured`: input and output are ours."""
    kept = PIPE if captured else None
    process = start(program, stdin=PIPE if captured else None, stdout=kept, stderr=kept)
    process.is_logged = False
    try:
        output, errors = process._popen.communicate(content if captured else None)
    finally:
        process.end([] if captured else [(None, _LEAVE_SECONDS)])  # Ctrl-C is for both of us
        process.close()
    return Done(process._popen.returncode, output or b"", errors or b"")


def named(status: int) -> str:
    """An exit status in words: "exit 3", "SIGKILL"."""
    if status >= 0:
        return f"exit {status}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-status).name
    return f"signal {-status}"
