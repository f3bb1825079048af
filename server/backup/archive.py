"""The file of a backup: a zip with a manifest, the database as SQL and the key of the data folder."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kit.errors import Unstartable

FORMAT = 1
DATABASE, KEY, MANIFEST = "database.sql", "secret.key", "manifest.json"
_PIECE_BYTES = 1024 * 1024
_LONGEST_MANIFEST = 4 * 1024 * 1024


class BackupProblem(Unstartable):
    """A backup cannot be made, read or restored; nothing was changed."""


class Content(BaseModel):
    """One file inside."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """Describes the backup. It is written last: a file without it is not a backup."""

    model_config = ConfigDict(frozen=True)

    format: int
    parley: str = Field(description="The version that made it.")
    made_at: str = Field(description="Of the state that it holds, ISO 8601.")
    postgresql: int = Field(description="The server's major version.")
    migrations: dict[str, str] = Field(description="Name and sum of each that had been applied.")
    rows: dict[str, int] = Field(description="By table.")
    key_sum: str = Field(description="Tells whether a key is the one that sealed what the database holds.")
    files: dict[str, Content]


class Draft:
    """A backup that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._files: dict[str, Content] = {}
        self.finished = False

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file from its pieces, and note its size and SHA-256."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        self._files[name] = Content(bytes=size, sha256=digest.hexdigest())

    def finish(self, **facts: object) -> Manifest:
        """Write the manifest last: a file without one is no backup."""
        manifest = Manifest.model_validate({"format": FORMAT, "files": self._files, **facts})
        self._archive.writestr(MANIFEST, json.dumps(manifest.model_dump(), indent=1))
        self.finished = True
        return manifest


@contextmanager
def written(path: Path) -> Iterator[Draft]:
    """The new file at `path`, which appears when it is complete and on the disk, readable only by its owner.

    BackupProblem when the path exists; OSError when it cannot be written.
    """
    if os.path.lexists(path):
        raise BackupProblem(f"{path} is there already: name a new file.")
    if not path.parent.is_dir():
        raise BackupProblem(f"{path.parent} is no folder: make it, or name another one.")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                yield (draft := Draft(archive))
            assert draft.finished
            file.flush()
            os.fsync(handle)
        os.link(name, path)  # never over a file that appeared meanwhile
    except FileExistsError:
        raise BackupProblem(f"{path} is there already: name a new file.") from None
    finally:
        Path(name).unlink()


class Backup:
    """A backup that was read and whose checksums are right."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def key(self) -> str | None:
        """The key of the data folder; None when it was a setting."""
        return self._archive.read(KEY).decode() if KEY in self.manifest.files else None

    def script(self) -> IO[bytes]:
        """The SQL that restores the database."""
        return self._archive.open(DATABASE)


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """BackupProblem unless it is a complete backup of a known format."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(path, archive)
            for name, content in manifest.files.items():
                _compare(path, archive, name, content)
            yield Backup(archive, manifest)
    except OSError as error:
        raise BackupProblem(f"{path} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, KeyError) as error:
        raise BackupProblem(f"{path} is no backup, or it is damaged.") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise ValueError("the manifest is too long")
    found = json.loads(archive.read(MANIFEST))
    if not isinstance(found, dict) or not isinstance(found.get("format"), int):
        raise ValueError("the manifest has no format")
    if found["format"] != FORMAT:
        raise BackupProblem(f"{path} has format {found['format']}; this version of Parley reads {FORMAT}.")
    try:
        manifest = Manifest.model_validate(found)
    except ValidationError as error:
        raise ValueError("the manifest lacks something") from error
    if DATABASE not in manifest.files or not set(manifest.files) <= {DATABASE, KEY}:
        raise ValueError("the manifest names other files")
    return manifest


def _compare(path: Path, archive: zipfile.ZipFile, name: str, content: Content) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as file:
        while (piece := file.read(_PIECE_BYTES)) and size <= content.bytes:
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (content.bytes, content.sha256):
        raise BackupProblem(f"{path} is damaged: the sum of {name} is not that of the manifest.")
