"""The only place that deletes folders with their content, and only those that are provably ours. Code that makes a
folder and deletes it later, perhaps after a restart, claims it with a marker file inside. A name is no proof: it may
come from a restored, moved or damaged file, and the folder of that name may belong to a user. Standard library only,
because the set-up uses it."""

import os
import shutil
import stat
from collections.abc import Collection
from pathlib import Path

MARK = ".made-by-parley"
_LONGEST_MARK = 4096


class NotOurs(Exception):
    """Why a folder is not deleted, phrased to follow its name: "is a link"."""


def claim(folder: Path, whose: str = "") -> None:
    """Mark a folder that we have just made as ours to delete. `whose` names the owner and must be given again for
    deleting."""
    handle = os.open(folder / MARK, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(whose)


def make(folder: Path) -> Path:
    """The folder, newly made and claimed, or as it is if it was claimed before. NotOurs when something else is
    there."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        check(folder)
    else:  # an empty one may be ours, from a start that was killed right here
        claim(folder)
    return folder


def check(
    folder: Path, *, prefix: str = "", owners: Collection[int] | None = None, whose: str = "", mark: str = MARK
) -> None:
    """NotOurs unless this is a folder, no link and no mount, whose name begins with `prefix`, that belongs to us (or to
    one of the accounts `owners`) and holds our mark. A `mark` of another name may have any content."""
    _check_name(folder, prefix)
    try:
        found, above = folder.lstat(), folder.parent.stat()
        if not stat.S_ISDIR(found.st_mode):
            raise NotOurs("is a link" if stat.S_ISLNK(found.st_mode) else "is no folder")
        if found.st_uid not in ({os.geteuid()} if owners is None else owners):
            raise NotOurs("belongs to another account")
        if found.st_dev != above.st_dev:
            raise NotOurs("is a mounted file system")
        said = _read(folder / mark)
    except (OSError, ValueError) as error:
        raise NotOurs("does not hold our mark") from error
    if mark == MARK and said != whose:
        raise NotOurs("was made for another one")


def remove(
    folder: Path,
    *,
    within: Collection[Path],
    prefix: str,
    owners: Collection[int] | None = None,
    whose: str = "",
    mark: str = MARK,
) -> None:
    """Delete the folder and what it holds, if it lies directly in one of the folders `within` and passes `check`.

    Nothing happens when it does not exist. NotOurs when it is not deleted, OSError when it cannot be.
    """
    _check_name(folder, prefix)
    if folder.parent not in within:
        raise NotOurs("lies in another place than those that we make")
    if not os.path.lexists(folder):
        return
    check(folder, prefix=prefix, owners=owners, whose=whose, mark=mark)
    shutil.rmtree(folder)  # removes links and does not follow them, not even links that appear meanwhile


def _check_name(folder: Path, prefix: str) -> None:
    named = folder.is_absolute() and ".." not in folder.parts and folder.name
    if not named or not folder.name.startswith(prefix):
        raise NotOurs("does not have a name that we give")


def _read(path: Path) -> str:
    """A regular file, never a link, a pipe or a device."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError(f"{path} is no file")
        return file.read(_LONGEST_MARK).decode()
