"""A process that is limited as the ones that open strangers' files are, and tries to get out. Prints what it could."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from kit import confined


def main(parent: int, canary: str, megabytes: int) -> None:
    confined.limit(parent, seconds=5, megabytes=megabytes)
    confined.seal()
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


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
