"""A process that is limited as the ones that open strangers' files are, and tries to get out. Prints what it could."""

import contextlib
import os
import socket
import subprocess
from pathlib import Path

from kit.processes import limits


def main(canary: str) -> None:
    limits.seal()
    could = []
    for name, attempt in (
        ("read a file", lambda: Path(canary).read_bytes()),
        ("write a file", lambda: Path(canary + ".new").write_bytes(b"x")),
        ("bind a port", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(("127.0.0.1", 0))),
        ("connect", lambda: socket.create_connection(("127.0.0.1", 9))),
        ("look a name up", lambda: socket.create_connection(("localhost", 9))),
        ("start a program", lambda: subprocess.run(["true"], check=True)),
        ("open a pipe", os.pipe),
    ):
        with contextlib.suppress(OSError):
            attempt()
            could.append(name)
    print(could or "nothing", {key for key in os.environ if "PARLEY" in key or "SECRET" in key})
