"""uv, which installs the packages: from the path, or our own copy, pinned by hashes.

Standard library only: nothing is installed yet when this runs.
"""

from __future__ import annotations

import configparser
import contextlib
import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from kit import removal
from server.bootstrap import terminal

ROOT = Path(__file__).resolve().parents[2]
UV_LOCK = ROOT / "requirements-uv.lock"


def find() -> Path:
    """uv from the path, or fetched with what this Python has. Raises Stop when it has nothing."""
    version = hashlib.sha256(UV_LOCK.read_bytes()).hexdigest()[:12]
    home = ROOT / ".tools" / f"uv-{version}"
    own = home / "bin" / "uv"
    for candidate in (shutil.which("uv"), own):
        if candidate and terminal.runs(candidate):
            return Path(candidate)
    if _has("pip"):
        terminal.say("Fetching the installer uv")
        _download(own)
    elif _has("venv") and _has("ensurepip"):
        terminal.say("Fetching the installer uv")
        _make(home)
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        terminal.run([home / "bin" / "python", "-m", "pip", "install", *options, "-r", UV_LOCK])
    else:
        raise terminal.Stop(
            f"Setting up needs uv, or Python's venv or pip, and there is none of them. This helps: {remedy()}"
        )
    return own


def _make(home: Path) -> None:
    try:
        removal.remove(home, within=[home.parent], prefix="uv-")
        removal.make(home)
    except removal.NotOurs as why:
        raise terminal.Stop(f"{home} is in the way and {why}: delete it and start again.") from why
    terminal.run([sys.executable, "-m", "venv", home])


def _download(target: Path) -> None:
    """pip may download where a system forbids it to install, and that is quicker than an environment for it."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
        terminal.run([sys.executable, "-m", "pip", "download", *options, "-r", UV_LOCK, "-d", folder])
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            program = next(name for name in wheel.namelist() if name.endswith("/scripts/uv"))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(wheel.read(program))
    target.chmod(0o755)


def remedy() -> str:
    """The one command that helps on this system."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    known = {
        "apt-get": f"{sudo}apt-get install -y python3-venv",
        "dnf": f"{sudo}dnf install -y python3-pip",
        "zypper": f"{sudo}zypper install -y python3-pip",
        "pacman": f"{sudo}pacman -S --noconfirm uv",
        "brew": "brew install uv",
    }
    return next((command for tool, command in known.items() if shutil.which(tool)), "python3 -m ensurepip --user")


def index_variables() -> dict[str, str]:
    """uv does not read pip's settings, and often only pip is set up for a mirror: pass on the mirror and the CA."""
    found: dict[str, str] = {}
    config = configparser.RawConfigParser()
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    files = [Path("/etc/pip.conf"), Path.home() / ".pip" / "pip.conf", home / "pip" / "pip.conf"]
    with contextlib.suppress(configparser.Error, OSError, UnicodeDecodeError):
        config.read([*files, os.environ.get("PIP_CONFIG_FILE") or os.devnull])
    index = os.environ.get("PIP_INDEX_URL") or config.get("global", "index-url", fallback="")
    if index and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        found["UV_DEFAULT_INDEX"] = index
    authority = os.environ.get("PIP_CERT") or config.get("global", "cert", fallback="")
    if authority and "SSL_CERT_FILE" not in os.environ:
        found["SSL_CERT_FILE"] = authority
    return found


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
