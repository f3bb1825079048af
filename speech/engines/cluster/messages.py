"""What the server process and its Ray driver say to each other, and what an actor is made from; all of it is pickled.

Every message carries a number, and its reply the same one.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from speech.pool import jobs
from speech.transcription import types


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Ray cluster and how much of it may be used. `address`: "auto", host:port of its GCS, or ray://host:port.

    An actor takes `cpus` and `gpus`, which may be fractions. There are `least` of them, and up to `most` when speakers
    wait.
    """

    address: str
    cpus: float = 1.0
    gpus: float = 0.0
    least: int = 2
    most: int = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """The engine of an actor. `model` is a folder or a name, looked for on the actor's own machine in `shared`, in
    `data` and in the hub's cache. `code`: the jobs' shape, see `code()`."""

    model: str
    data: Path
    shared: Path | None
    device: str
    compute: str
    threads: int
    code: str


@dataclass(frozen=True, slots=True)
class Open:
    """Make the actor of a lane, in place of an older one."""

    lane: int
    wanted: Wanted
    cluster: Cluster
    seconds: float


@dataclass(frozen=True, slots=True)
class Do:
    """A job for the actor of a lane, which counts as hung when it takes longer than `seconds`."""

    lane: int
    job: jobs.Job
    seconds: float


@dataclass(frozen=True, slots=True)
class Close:
    """End the actor of a lane."""

    lane: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The actor died, hung or could not be reached; the job was not done."""

    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the cluster has, used or not."""

    nodes: int
    cpus: float
    gpus: float


Message = Open | Do | Close
Reply = jobs.Reply | Found | Gone | None
HELLO = 0
"""The number of the driver's first message: Found when it has reached the cluster, else Failed."""


def code() -> str:
    """A name for the shape of jobs and answers: another version of Parley may not understand ours."""
    sources = [Path(module.__file__ or "").read_bytes() for module in (jobs, types)]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]
