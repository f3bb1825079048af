"""The clients of the worker pool, and what the pool remembers of them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kit import errors, logs
from speech.pool import jobs
from speech.pool.lanes import Lane
from speech.transcription.types import Kind

T = TypeVar("T")
_log = logs.get(__name__)

TRIES = 3


class Client(Protocol):
    """A client of the workers."""

    def pending(self) -> Kind | None:
        """How urgent the next wish is; None when there is none, or one is under way."""

    def take(self) -> jobs.Job | None:
        """The wish as a job; it is under way from now on."""

    def done(self, answer: jobs.Answer, queue_s: float) -> None: ...

    def failed(self, error: Exception) -> None:
        """The job was not done. The client may wish for it again."""


@dataclass(slots=True)
class Account:
    """What the pool remembers of a client. Times are seconds of one clock."""

    waiting_since: float | None = None
    used: float = 0.0
    busy: bool = False
    served_at: float = float("-inf")
    lane: Lane | None = None  # served last by this one, which remembers what it heard


class Once:
    """A client with a single job."""

    def __init__(self, job: jobs.Job, kind: Kind, owner: str | None) -> None:
        self.owner = owner
        self._job: jobs.Job | None = job
        self._kind = kind
        self._tries = 0
        self._again = job
        self.result: asyncio.Future[jobs.Answer] = asyncio.get_running_loop().create_future()

    def pending(self) -> Kind | None:
        """How urgent the job is; None once it was taken."""
        return self._kind if self._job is not None else None

    def take(self) -> jobs.Job | None:
        """The job, once."""
        job, self._job = self._job, None
        return job

    def done(self, answer: jobs.Answer, queue_s: float) -> None:
        """The answer came."""
        if not self.result.done():
            self.result.set_result(answer)

    def failed(self, error: Exception) -> None:
        """The job failed; it is tried again a few times."""
        self._tries += 1
        if self._tries < TRIES:
            self._job = self._again
        elif not self.result.done():
            self.result.set_exception(
                errors.unavailable("recognition_failed", "The recording could not be recognised.")
            )


def asked(question: Callable[[], T], otherwise: T) -> T:
    """Ask a client. If it fails, neither the worker nor other clients are affected."""
    try:
        return question()
    except Exception:
        _log.exception("recognition_client_failed")
        return otherwise
