"""Which account the embedded servers run as, and what that account can reach.

PostgreSQL refuses to run as root. When we are root, the servers run as the existing account `nobody`: nothing is added
to the system and no folder that is not ours changes its permissions.
"""

import errno
import os
import pwd
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from server.embedded.errors import EmbeddedProblem

UNPRIVILEGED = "nobody"

# A process may always follow its own working directory, even when a parent of that folder is closed to it.
OWN_WORKING_DIRECTORY = Path("/proc/self/cwd")


@dataclass(frozen=True, slots=True)
class Account:
    """The account that the servers are switched to before they are executed."""

    name: str
    uid: int
    gid: int


def account_to_use() -> Account | None:
    """The account to switch to, or None when we are not root and keep our own."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise EmbeddedProblem(
            f"PostgreSQL refuses to run as root and this system has no account “{UNPRIVILEGED}”: "
            "start Parley as an ordinary user, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def reachable(path: Path, account: Account | None) -> bool:
    """Whether the account may pass through every folder above the path (read from the permission bits)."""
    return account is None or all(_may_pass(folder, account) for folder in path.resolve().parents)


def _may_pass(folder: Path, account: Account) -> bool:
    info = folder.stat()
    if info.st_uid == account.uid:
        return bool(info.st_mode & stat.S_IXUSR)
    if info.st_gid == account.gid:
        return bool(info.st_mode & stat.S_IXGRP)
    return bool(info.st_mode & stat.S_IXOTH)


def private_folder(path: Path, account: Account | None) -> Path:
    """Make the folder if needed, for the use of the account alone. OSError when a link is there."""
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink():  # the folder that it names would get another owner
        raise NotADirectoryError(errno.ENOTDIR, "it is a link", str(path))
    if account is not None:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)
    return path


def name_for(folder: Path, account: Account | None) -> Path:
    """How a process of the account that is started inside the folder can name it.

    That is its path, or, where a parent is closed to the account, the process' own working directory (Linux).
    """
    if reachable(folder, account):
        return folder
    if sys.platform == "linux" and OWN_WORKING_DIRECTORY.exists():
        return OWN_WORKING_DIRECTORY
    raise EmbeddedProblem(
        f"PostgreSQL runs as “{UNPRIVILEGED}” when Parley is started by root, and that account cannot reach {folder}: "
        "choose another folder with --data, or start Parley as an ordinary user."
    )
