"""The wheel's pg_dump and psql. Those of the system may be older than the server and refuse it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from kit.processes import environment
from kit.processes.process import DEVNULL, PIPE, NotStarted, Process, Program, start
from server.embedded import binaries, process
from server.embedded.errors import EmbeddedProblem

_PIECE_BYTES = 1024 * 1024
_SAID_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Target:
    """A database as the programs get it: the password goes by environment, where other accounts cannot see it."""

    url: str
    environment: dict[str, str]


def target(url: str, *, embedded: bool) -> Target:
    """`embedded`: the caller's PG* variables are meant for other servers."""
    parts = urlsplit(url)
    account, at, hosts = parts.netloc.rpartition("@")
    user, _, password = account.partition(":")
    query = parse_qsl(parts.query, keep_blank_values=True)
    password = dict(query).get("password", unquote(password))
    kept = [(name, value) for name, value in query if name != "password"]
    shown = parts._replace(netloc=f"{user}{at}{hosts}", query=urlencode(kept, quote_via=quote))
    inherited = environment.inherited(*environment.SYSTEM, *environment.POSTGRES)
    variables = process.environment() if embedded else inherited
    return Target(urlunsplit(shown), variables | ({"PGPASSWORD": password} if password else {}))


@contextmanager
def dumped(database: Target, snapshot: str) -> Iterator[Iterator[bytes]]:
    """The pieces of an SQL script that restores the state of the snapshot, for PostgreSQL 15 or newer.

    EmbeddedProblem, at the end of the block, with the program's own words when it failed.
    """
    # Only a superuser may comment on extensions, and not every server has the optional ones.
    line = ["--format=plain", "--no-owner", "--no-privileges", "--no-comments", "--exclude-extension=vector"]
    line += [f"--snapshot={snapshot}", f"--dbname={database.url}"]
    with _started("pg_dump", line, database.environment) as program:
        assert program.stdout is not None
        yield _for_older_servers(program.stdout)


def load(database: Target, script: IO[bytes]) -> None:
    """Run a whole script in one transaction. EmbeddedProblem with the program's own words when it was rolled back. An
    error of `script` while it is read rolls back, too."""
    line = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--dbname={database.url}"]
    with _started("psql", line, database.environment, takes=True) as program:
        assert program.stdin is not None
        with suppress(BrokenPipeError):  # it ended early, and says why
            for piece in _pieces(script):
                program.stdin.write(piece)
            program.stdin.close()  # the end of the script is what commits


def _for_older_servers(script: IO[bytes]) -> Iterator[bytes]:
    """Drop the one setting that servers older than the wheel's do not know; it comes before any row."""
    for line in script:
        if line.startswith(b"SET transaction_timeout"):
            break
        yield line
    yield from _pieces(script)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE_BYTES):
        yield piece


@contextmanager
def _started(name: str, line: list[str], variables: dict[str, str], *, takes: bool = False) -> Iterator[Process]:
    """The program, which has exited successfully after the block. It is killed when the block fails."""
    with tempfile.TemporaryFile() as said:
        stdin, stdout = (PIPE, DEVNULL) if takes else (DEVNULL, PIPE)
        try:
            tool = Program(name, [binaries.client(name), *line], variables)
            program = start(tool, stdin=stdin, stdout=stdout, stderr=said)
        except NotStarted as error:
            raise EmbeddedProblem(f"{name} cannot be started: {error}.") from error
        program.is_logged = False
        try:
            yield program
            code = program.wait()
        finally:
            program.end()
            program.close()
        if code != 0:
            said.seek(0)
            words = " ".join(said.read(_SAID_BYTES).decode(errors="replace").split())
            raise EmbeddedProblem(f"{name} failed: {words}")
