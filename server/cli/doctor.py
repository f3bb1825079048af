"""`run.py doctor`: one line for each thing that Parley needs or can use, and what to do if it is missing."""

import argparse
import asyncio
import importlib
import os
import platform
import shutil
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kit.openai_servers import ServerTrouble, translated
from kit.outbound import Outbound
from kit.processes import environment, process
from kit.processes.process import NotStarted, Program
from server import keys, migrate
from server.bootstrap.terminal import Stop
from server.cli import settings as configuration
from server.config import Settings
from server.embedded import binaries, privileges, stack
from server.embedded.errors import EmbeddedProblem
from server.setting_types import ProviderSettings
from speech.engines.cluster.link import Link
from speech.pool.lanes import EngineBroken
from speech.synthesis.kokoro import voice as kokoro
from speech.weights import store as models

OK, OPTIONAL, BROKEN = "ok", "note", "BROKEN"

_MODULES = (
    *("aiohttp", "aiortc", "argon2", "asyncpg", "av", "faster_whisper", "jwt", "numpy", "onnxruntime", "openai"),
    *("orjson", "pocketsphinx", "pydantic", "redis", "socketio", "soundfile", "soxr", "structlog"),
)
_MODEL_SECONDS = 5.0
_ROOMY_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A finding; unless it is OK the text says what to do."""

    state: str
    text: str


def main(arguments: argparse.Namespace) -> int:
    """0 when everything that is needed works, else 1."""
    if arguments.settings:
        print("\n".join(configuration.described()))
        return 0
    if arguments.url is not None:
        from server.cli import outside  # imported late: needs packages, which are checked here

        return _printed(outside.examined(arguments.url, key=_key(arguments.key)))
    try:
        settings = configuration.read(arguments)
    except Stop as stop:
        broken = CheckResult(BROKEN, str(stop))
        return _report({"Settings": lambda: broken})
    return _report(
        {
            "Python": _python,
            "Packages": _packages,
            "Settings": lambda: CheckResult(OK, "readable"),
            "Data folder": lambda: data_folder(settings.data_dir),
            "Secret key": lambda: secret_key(settings),
            "Port": lambda: port(settings.host, settings.port),
            "PostgreSQL": lambda: _postgres(settings),
            "Valkey": lambda: _valkey(settings),
            "Speech model": lambda: speech_model(settings),
            **({"Ray": lambda: asyncio.run(cluster(settings))} if settings.speech_engine == "ray" else {}),
            **{f"Model {one.id}": partial(language_model, one) for one in settings.language_models()},
            "Voice": lambda: voice_model(settings),
            "espeak-ng": lambda: _program("espeak-ng", "without it there is no voice until Kokoro's model has come"),
            "Chromium": lambda: _program("chromium", "only the browser tests need it; they are skipped without"),
        }
    )


def _key(path: Path | None) -> str | None:
    """The API key in a file. Stop when it cannot be read."""
    try:
        return path.read_text().strip() if path is not None else None
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"--key: {path} cannot be read.") from error


def _report(checks: dict[str, Callable[[], CheckResult]]) -> int:
    return _printed((name, check()) for name, check in checks.items())


def _printed(verdicts: Iterable[tuple[str, CheckResult]]) -> int:
    healthy = True
    for name, verdict in verdicts:
        healthy = healthy and verdict.state != BROKEN
        print(f"{verdict.state:<7} {name:<12} {verdict.text}", flush=True)
    return 0 if healthy else 1


def _python() -> CheckResult:
    return CheckResult(
        OK, f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


def _packages() -> CheckResult:
    broken = []
    for name in _MODULES:
        try:
            importlib.import_module(name)
        except (ImportError, OSError) as error:
            broken.append(f"{name} ({error})")
    if broken:
        return CheckResult(BROKEN, f"{'; '.join(broken)}: delete .venv and start again")
    return CheckResult(OK, f"{len(_MODULES)} of {len(_MODULES)} can be loaded")


def data_folder(folder: Path) -> CheckResult:
    """Whether data can be stored there; the folder is not made."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return CheckResult(BROKEN, f"{folder} cannot be written: choose another with --data")
    free = shutil.disk_usage(nearest).free
    if free < _ROOMY_BYTES:
        return CheckResult(OPTIONAL, f"{folder}: only {free // 10**6} MB are free, a speech model alone takes 150")
    return CheckResult(OK, f"{folder}, {free // 10**9} GB free")


def secret_key(settings: Settings) -> CheckResult:
    """Whether the existing key can sign tokens; none is made."""
    if settings.secret_key is None and not os.path.lexists(settings.data_dir / "secret.key"):
        return CheckResult(OK, "is made at the first start")
    try:
        keys.secret_key(settings)
    except keys.KeyProblem as problem:
        return CheckResult(BROKEN, str(problem))
    return CheckResult(OK, "PARLEY_SECRET_KEY" if settings.secret_key else f"in {settings.data_dir}")


def port(host: str, number: int) -> CheckResult:
    """Whether the address can be bound."""
    try:
        found = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(*found[:3]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as error:
        return CheckResult(OPTIONAL, f"{host}:{number}: {error.strerror or error}; choose another with --port")
    return CheckResult(OK, f"{host}:{number} is free")


def _postgres(settings: Settings) -> CheckResult:
    if settings.database_url is None:
        return _embedded(settings.data_dir, lambda found: found.postgres)
    try:
        asyncio.run(migrate.reach(settings.database_url))
    except migrate.MigrationError as error:
        return CheckResult(BROKEN, str(error))
    return CheckResult(OK, "DATABASE_URL answers")


def _valkey(settings: Settings) -> CheckResult:
    if settings.redis_url is None:
        return _embedded(settings.data_dir, lambda found: found.valkey)
    return CheckResult(OK, "REDIS_URL is used")


def _embedded(data_dir: Path, choose: Callable[[binaries.Binaries], Path]) -> CheckResult:
    try:
        program = choose(binaries.find(privileges.account_to_use()))
        asked = process.run(Program("version", [program, "--version"], environment.inherited(*environment.SYSTEM)))
    except (EmbeddedProblem, OSError, NotStarted) as error:
        return CheckResult(BROKEN, str(error))
    if asked.status != 0:
        return CheckResult(BROKEN, f"{program} does not run: {asked.errors.decode(errors='replace').strip()}")
    try:
        state = "running" if stack.running(data_dir) is not None else "not running"
    except EmbeddedProblem as problem:
        return CheckResult(BROKEN, str(problem))
    return CheckResult(OK, f"{' '.join(asked.output.decode(errors='replace').split()[:3])} (embedded, {state})")


async def cluster(settings: Settings) -> CheckResult:
    """Whether the Ray cluster answers, and what it has."""
    link = Link(settings.ray_address or "")
    try:
        found = await link.reach()
    except EngineBroken as problem:
        return CheckResult(BROKEN, f"{problem.message}; until then speech is recognized here")
    finally:
        await link.close()
    has = f"{settings.ray_address}: {found.nodes} nodes, {found.cpus:g} CPUs, {found.gpus:g} GPUs"
    if found.gpus < settings.ray_gpus or found.cpus < settings.ray_cpus:
        return CheckResult(OPTIONAL, f"{has}: too few for an actor (PARLEY_RAY_CPUS, PARLEY_RAY_GPUS)")
    return CheckResult(OK, has)


def speech_model(settings: Settings) -> CheckResult:
    """Whether the complete Whisper model is on this machine; checksums are verified."""
    if settings.speech_engine == "sphinx":
        return CheckResult(OK, "PocketSphinx was chosen (PARLEY_SPEECH_ENGINE): captions will be poor")
    if settings.speech_engine == "remote" and not settings.speech_url:
        return CheckResult(BROKEN, "PARLEY_SPEECH_ENGINE is remote, but PARLEY_SPEECH_URL names no server")
    problems: list[str] = []
    store = models.Store(settings.data_dir / "models", models.Progress(), shared=settings.shared_models)
    found = store.find(settings.whisper_model, lambda _code, message: problems.append(message))
    if found is not None:
        named = "" if models.is_folder(settings.whisper_model) else f"{settings.whisper_model} in "
        return CheckResult(OK, f"{named}{found}")
    meanwhile = "PocketSphinx is used, and captions are poor"
    if models.is_folder(settings.whisper_model):
        return CheckResult(BROKEN, f"{' '.join(problems)} Correct PARLEY_WHISPER_MODEL; until then {meanwhile}")
    if not settings.whisper_download:
        return CheckResult(OPTIONAL, f"{settings.whisper_model} is not here and may not be fetched: {meanwhile}")
    return CheckResult(OPTIONAL, f"{settings.whisper_model} is fetched at the next start; until it is here {meanwhile}")


def voice_model(settings: Settings) -> CheckResult:
    """Whether Kokoro's complete network is on this machine."""
    if settings.voice not in ("auto", "kokoro"):
        return CheckResult(OK, f"{settings.voice} was chosen (PARLEY_VOICE)")
    problems: list[str] = []
    store = models.Store(settings.data_dir / "models", models.Progress(), shared=settings.shared_models)
    found = store.find(kokoro.MODEL, lambda _code, message: problems.append(message))
    if found is not None:
        return CheckResult(OK, f"Kokoro-82M in {found}")
    meanwhile = "espeak-ng speaks, or the client" if settings.voice == "auto" else "the client speaks"
    if not settings.voice_download:
        return CheckResult(OPTIONAL, f"Kokoro-82M is not here and may not be fetched: {meanwhile}")
    return CheckResult(OPTIONAL, f"Kokoro-82M is fetched at the next start (92 MB); until it is here {meanwhile}")


def language_model(server: ProviderSettings) -> CheckResult:
    """Whether the server answers and has the configured models."""
    try:
        names = asyncio.run(_models(server))
    except ServerTrouble as trouble:
        return CheckResult(
            OPTIONAL, f"{server.base_url}: {trouble}; until it does, the next one or the built-in tutor answers"
        )
    if missing := [name for name in server.models if name not in names]:
        return CheckResult(
            OPTIONAL, f"{server.base_url} answers, but lists no {', '.join(missing)}: it has {_some(names)}"
        )
    return CheckResult(OK, f"{server.base_url} answers, with {', '.join(server.models)}")


async def _models(server: ProviderSettings) -> list[str]:
    async with Outbound() as outbound:
        key = server.api_key.get_secret_value() if server.api_key else None
        client = await outbound.openai.client(server.base_url, key)
        with translated():
            async with asyncio.timeout(_MODEL_SECONDS):
                return [one.id for one in (await client.models.list()).data]


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "") or "none"


def _program(name: str, otherwise: str) -> CheckResult:
    found = shutil.which(name)
    return CheckResult(OK, found) if found else CheckResult(OPTIONAL, f"not installed: {otherwise}")
