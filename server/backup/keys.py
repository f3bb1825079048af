"""Compares a key with that of a backup, without revealing it."""

import hashlib
import hmac
import os
from pathlib import Path

from server.backup.archive import Backup, BackupProblem
from server.config import Settings
from server.keys import FILE

_PURPOSE = b"parley backup"


def key_sum(key: str) -> str:
    """A sum by which a key is known again and that does not disclose it."""
    return hmac.new(key.encode(), _PURPOSE, hashlib.sha256).hexdigest()


class FromBackup:
    """The key of the restored data, put where the server looks for it."""

    def __init__(self, backup: Backup, settings: Settings) -> None:
        """BackupProblem when there is another key, or none is available."""
        self._path = settings.data_dir / FILE
        self._key = backup.key()
        expected = backup.manifest.key_sum
        if self._key is not None and key_sum(self._key) != expected:
            raise BackupProblem("The backup is damaged: its key is not the one of its manifest.")
        self._configured = settings.secret_key is not None
        if settings.secret_key is not None:
            if key_sum(settings.secret_key.get_secret_value()) != expected:
                raise BackupProblem(
                    "PARLEY_SECRET_KEY is not the key of the backup: set the right one"
                    + (", or none to use the one in the backup." if self._key else ".")
                )
        elif self._key is None:
            raise BackupProblem("The backup is of a server with PARLEY_SECRET_KEY and does not hold it: set it.")
        elif os.path.lexists(self._path) and not self._is_there():
            raise BackupProblem(f"{self._path} is another key: restore into an empty data folder (--data).")
        self._made = False

    def put(self) -> None:
        """Write the key of the backup, unless a key is configured or there."""
        if self._configured or self._key is None or self._is_there():
            return
        self._path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        self._made = True
        with os.fdopen(handle, "w") as file:
            file.write(self._key)
            file.flush()
            os.fsync(handle)

    def take_away(self) -> None:
        """Remove what `put` made, after a failed restoration."""
        if self._made:
            self._path.unlink(missing_ok=True)

    def _is_there(self) -> bool:
        return _text(self._path) == self._key


def _text(path: Path) -> str | None:
    try:
        return path.read_text().strip() if path.is_file() and not path.is_symlink() else None
    except (OSError, UnicodeDecodeError):
        return None
