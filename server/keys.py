"""The server's secret key: configured, or made once and kept in the data folder."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from kit import ids, logs
from kit.errors import Unstartable
from server import setting_types
from server.config import Settings

FILE = "secret.key"
"""Its name in the data folder."""
_LONGEST = 4096
_log = logs.get(__name__)


class KeyProblem(Unstartable):
    """There is no usable key."""


def secret_key(settings: Settings) -> str:
    """The key. KeyProblem when there is no usable one and none can be made."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)  # as the embedded servers make it
        _create_once(folder)
        key = _read(folder / FILE)
    except OSError as error:
        raise KeyProblem(
            f"The server's key in the data folder {folder} cannot be read or made ({error.strerror}): "
            "choose another with --data, or set PARLEY_SECRET_KEY."
        ) from error
    if why := setting_types.weakness(key):
        raise KeyProblem(_cure(folder / FILE, why))
    return key


def _read(path: Path) -> str:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise KeyProblem(f"{path} has to be a file that holds the server's key.")
        _close_to_others(path, handle)
        said = file.read(_LONGEST)
    try:
        return said.decode().strip()
    except UnicodeDecodeError:
        raise KeyProblem(_cure(path, "it is no text")) from None


def _close_to_others(path: Path, handle: int) -> None:
    """Restoring or copying a folder often makes the file readable. Correct that and log it, because only people know
    who may have read it."""
    if not os.fstat(handle).st_mode & 0o077:
        return
    with contextlib.suppress(OSError):  # not ours, or a file system without permissions
        os.fchmod(handle, 0o600)
    if os.fstat(handle).st_mode & 0o077:
        raise KeyProblem(
            f"{path} holds the server's key and can be read by others: let only its owner read it (chmod 600), "
            "or set PARLEY_SECRET_KEY."
        )
    _log.warning("key_file_closed", path=str(path), note="others could read it: make a new one if they should not have")


def _cure(path: Path, why: str) -> str:
    return (
        f"The server's key in {path} is not usable ({why}): put the right one back, or delete the file to have a new "
        "one made, with which everybody has to sign in again."
    )


def _create_once(folder: Path) -> None:
    """Several workers may start at once: the key of the first counts, and the file appears complete."""
    path = folder / FILE
    if os.path.lexists(path):
        return
    handle, draft = tempfile.mkstemp(prefix=f"{FILE}.", dir=folder)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(ids.secret(48))
            file.flush()
            os.fsync(handle)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
