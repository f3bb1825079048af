"""The server's secret key: configured, or made once and kept in the data folder."""

import os
from pathlib import Path

from kit import ids
from server.config import Settings


def secret_key(settings: Settings) -> str:
    """The key. OSError when the data folder cannot be written."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.data_dir / "secret.key"
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    _create_once(path)
    return path.read_text().strip()


def _create_once(path: Path) -> None:
    """Several workers may start at once: the first one's key counts, and it appears whole."""
    if path.exists():
        return
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(ids.secret(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
