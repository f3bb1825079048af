"""Children that misbehave on purpose, for whoever looks after children. `main` is told which way."""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

from kit.processes.channel import Channel


def main(way: str, *arguments: str) -> None:
    globals()[way](*arguments)


def crashes(status: str) -> None:
    sys.exit(int(status))


def hangs() -> None:
    print("ready", flush=True)
    time.sleep(60)


def ignores() -> None:
    """Every request to end."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    hangs()


def takes_its_time(path: str) -> None:
    """To end in order, and writes down that it did."""

    def leave(*_: object) -> None:
        time.sleep(0.1)
        Path(path).write_text("in order")
        sys.exit(0)

    signal.signal(signal.SIGTERM, leave)
    hangs()


def announces() -> None:
    """That it is ready, behind more than a pipe holds."""
    for _ in range(100):
        print("x" * 9_999)
    print("Ready: here", flush=True)
    for _ in range(100):
        print("y" * 9_999)
    time.sleep(60)


def floods() -> None:
    """Its standard error, far beyond what a pipe holds."""
    for _ in range(400):
        sys.stderr.write("x" * 9_999 + "\n")
    sys.stderr.write("its last words\n")
    sys.stderr.flush()
    print("done", flush=True)


def mirrors() -> None:
    """What it reads, when it has read all."""
    sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])


def tells() -> None:
    """What it has."""
    kinds = {"AS": resource.RLIMIT_AS, "CPU": resource.RLIMIT_CPU, "NOFILE": resource.RLIMIT_NOFILE}
    kinds |= {"FSIZE": resource.RLIMIT_FSIZE, "CORE": resource.RLIMIT_CORE}
    limits = {name: resource.getrlimit(kind)[0] for name, kind in kinds.items()}
    print(json.dumps({"variables": dict(os.environ), "limits": limits, "nice": os.nice(0), "path": sys.path}))


def grows() -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def computes() -> None:
    while True:
        pass


def converses(descriptor: str) -> None:
    """Answers text by text in capitals; some texts are orders."""
    channel: Channel[str, str] = Channel(int(descriptor))
    while True:
        try:
            asked = channel.receive()
        except (EOFError, OSError):
            return
        if asked == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if asked == "hang":
            time.sleep(60)
        if asked == "hang up":
            os.close(int(descriptor))
            time.sleep(60)
        if asked == "half":  # of an answer: its length is told, and less comes
            os.write(int(descriptor), b"\x00\x00\x00\xff" + b"rubbish" * 100)
            continue
        channel.send(str(os.getpid()) if asked == "pid" else asked.upper())
