"""Reads Prometheus metrics; they are defined beside the code that counts.

Several processes behind one port answer as one: the process that is asked queries the others over sockets in a shared
folder and adds up. The last values of each process are kept in that folder, so that its counters remain when it dies: a
falling sum would look like a restart of everything.
"""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from kit import ids, logs

CONTENT_TYPE = CONTENT_TYPE_LATEST

_PATIENCE_SECONDS = 2.0
_ADDED_UP = ("counter", "histogram", "summary")
_GONE = "gone.json"
_log = logs.get(__name__)

Gauge("parley_processes", "Server processes that answer here together.").set(1)
Counter("parley_processes_ended", "Server processes that answered here and have ended.")

Snapshot = list[Any]
"""Families as (name, documentation, type, samples), samples as (name, labels, value); values as text, for infinity."""

_ONE_ENDED = ["parley_processes_ended", "", "counter", [["parley_processes_ended_total", {}, "1.0"]]]


def render() -> bytes:
    """The metrics of this process."""
    return generate_latest(REGISTRY)


def snapshot() -> Snapshot:
    """All metrics of this process in a form that JSON keeps."""
    return [
        [one.name, one.documentation, one.type, [[s.name, s.labels, repr(float(s.value))] for s in one.samples]]
        for one in REGISTRY.collect()
    ]


def together(living: Iterable[Snapshot], gone: Iterable[Snapshot] = ()) -> bytes:
    """One answer for several processes. Of processes that have ended only counters are included."""
    registry = CollectorRegistry()
    registry.register(_Merged([*living], [*gone]))
    return generate_latest(registry)


class Shared:
    """The metrics of all processes that were given the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = f"{os.getpid()}-{ids.secret(6)}"
        self._server: asyncio.AbstractServer | None = None

    async def start(self) -> None:
        """Answer the other processes of this server over a socket in their folder.

        It gets the name by which the others find it once it listens: one that refuses them counts as dead.
        """
        try:
            quiet = self._folder / self._name
            self._server = await asyncio.start_unix_server(self._answer, quiet)
            quiet.rename(quiet.with_suffix(".sock"))
        except OSError as error:
            _log.warning("metrics_not_shared", error=str(error))

    async def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.close()

    async def render(self) -> bytes:
        """The metrics of all processes together, in the text format of Prometheus."""
        mine = await self._told()
        others = [path.stem for path in self._folder.glob("*.sock") if path.stem != self._name]
        answers = dict(zip(others, await asyncio.gather(*map(self._ask, others)), strict=True))
        dead = {name for name, answer in answers.items() if answer is None}
        living = [mine, *(answer for answer in answers.values() if answer)]
        try:
            return together(living, [await asyncio.to_thread(self._bury, dead)])
        except OSError as error:  # the folder is gone, or full
            _log.warning("metrics_not_shared", error=str(error))
            return together(living)

    async def _told(self) -> Snapshot:
        """Store the counters of this process for the time after its end."""
        told = snapshot()
        try:
            await asyncio.to_thread(_write, self._folder / f"{self._name}.json", orjson.dumps(told))
        except OSError as error:
            _log.warning("metrics_not_kept", error=str(error))
        return told

    async def _answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(orjson.dumps(await self._told()))
            await writer.drain()
        except ConnectionError:
            return  # the process that asked has gone
        finally:
            writer.close()

    async def _ask(self, name: str) -> Snapshot | None:
        """Another process' metrics; its last stored ones when it hangs or is ending, None when it is dead."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                reader, writer = await asyncio.open_unix_connection(self._folder / f"{name}.sock")
                try:
                    return list(orjson.loads(await reader.read(-1)))
                finally:
                    writer.close()
        except (ConnectionRefusedError, FileNotFoundError):
            return None
        except (OSError, orjson.JSONDecodeError):  # a TimeoutError is one, too
            return await asyncio.to_thread(_read, self._folder / f"{name}.json")

    def _bury(self, dead: set[str]) -> Snapshot:
        """Add the last values of these processes to those of earlier ones and store the sum."""
        with _locked(self._folder):
            known = _loaded(self._folder / _GONE) or {"names": [], "left": []}
            fresh = [name for name in dead if name not in known["names"]]
            left = [[*_read(self._folder / f"{name}.json"), _ONE_ENDED] for name in fresh]
            if fresh:
                kept = [one for one in _Merged([], [known["left"], *left]).plain() if one[2] in _ADDED_UP]
                known = {"names": [*known["names"], *fresh][-1000:], "left": kept}
                _write(self._folder / _GONE, orjson.dumps(known))
            for name in dead:
                for ending in ("sock", "json"):
                    (self._folder / f"{name}.{ending}").unlink(missing_ok=True)
            return list(known["left"])


class _Merged(Collector):
    def __init__(self, living: list[Snapshot], gone: list[Snapshot]) -> None:
        self._living = living
        self._gone = gone

    def collect(self) -> Iterator[Metric]:
        for name, documentation, kind, samples in self.plain():
            family = Metric(name, documentation, kind)
            for sample, labels, value in samples:
                family.add_sample(sample, labels, float(value))
            yield family

    def plain(self) -> Snapshot:
        families: dict[str, tuple[str, str, dict[tuple[str, str], tuple[dict[str, str], list[float]]]]] = {}
        for number, one in enumerate([*self._living, *self._gone]):
            for name, documentation, kind, samples in one:
                if number >= len(self._living) and kind not in _ADDED_UP:
                    continue
                _, _, values = families.setdefault(name, (documentation, kind, {}))
                for sample, labels, value in samples:
                    key = (sample, orjson.dumps(labels, option=orjson.OPT_SORT_KEYS).decode())
                    values.setdefault(key, (labels, []))[1].append(float(value))
        return [
            [name, about, kind, [[key[0], labels, repr(_one(key[0], of))] for key, (labels, of) in found.items()]]
            for name, (about, kind, found) in families.items()
        ]


def _one(sample: str, values: list[float]) -> float:
    """The value of several processes together."""
    if sample.endswith(("_created", "_start_time_seconds")):
        return min(values)
    if sample.endswith("_info"):
        return max(values)
    if sample.endswith("_share"):
        return sum(values) / len(values)
    return sum(values)


def _read(path: Path) -> Snapshot:
    found = _loaded(path)
    return found if isinstance(found, list) else []


def _loaded(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None


def _write(path: Path, content: bytes) -> None:
    """Write the file completely or not at all."""
    new = path.with_suffix(f".{ids.secret(6)}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
