"""Work for later: an outbox in PostgreSQL, enqueued in the transaction that needs it.

A job is taken under a lease (`FOR UPDATE SKIP LOCKED`), so a node that dies in the middle only delays it. Handlers may
therefore run twice, one after the other, and must be idempotent. Each time a job is taken it gets a new holder, and
only the holder renews, deletes or fails the job. A run that has lost the lease is stopped.

Owners take turns: a node runs one job of a kind and owner at a time, and the owner who used the workers least comes
first, so that nobody waits behind a hundred jobs of another person.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Counter

from kit import errors, fair, ids, logs
from kit import job_store as store
from kit.clock import Clock
from kit.database import Connection, Database
from kit.errors import Failure, Kind
from kit.job_store import Job, NewJob
from kit.storable import JsonObject
from kit.tasks import Tasks

Handler = Callable[[JsonObject], Awaitable[None]]

_POLL_SECONDS = 0.5
_LEASE = timedelta(minutes=2)
_RENEW_SECONDS = 20.0
_AGAIN_SECONDS = 2.0  # after a renewal or a mark that could not be written
_MAX_ATTEMPTS = 8
_AT_ONCE = 4  # jobs of a kind, unless it says otherwise

_FINISHED = Counter("parley_jobs", "Jobs run.", ["kind", "outcome"])
_log = logs.get(__name__)


@dataclass
class _Held:
    """A job that this node runs."""

    job: Job
    work: "asyncio.Task[None]"
    leased_until: datetime


class Jobs:
    """Work that is stored with the transaction that wants it, and carried out on some node, at least once."""

    def __init__(self, database: Database, clock: Clock, tasks: Tasks) -> None:
        self._database = database
        self._clock = clock
        self._tasks = tasks
        self._handlers: dict[str, Handler] = {}
        self._given_up: dict[str, Handler] = {}
        self._at_once: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._held: dict[str, _Held] = {}  # by holder: a job that was lost may run on here for a moment
        self._used = fair.Use(clock)

    def register(
        self, kind: str, handler: Handler, given_up: Handler | None = None, *, at_once: int = _AT_ONCE
    ) -> None:
        """`given_up` is called when a job of this kind has failed for the last time. Outages do not count. `at_once`:
        so many jobs of the kind a node runs, more than a few where they only wait for others."""
        self._handlers[kind] = handler
        self._at_once[kind] = at_once
        if given_up is not None:
            self._given_up[kind] = given_up

    async def enqueue(
        self,
        tx: Connection,
        kind: str,
        payload: JsonObject,
        *,
        key: str | None = None,
        owner: str | None = None,
        run_at: datetime | None = None,
    ) -> str | None:
        """Add a job inside `tx`; it runs after the commit. With `key`, None when such a job already waits; one that
        runs already will run once more. `owner` is whom it serves."""
        now = self._clock.now()
        job_id = await store.insert(tx, ids.new_id(), NewJob(kind, payload, key, owner), run_at or now, now)
        self._wake.set()
        return job_id

    def start(self) -> None:
        """Begin to work on the kinds that were registered."""
        self._tasks.keep(self._round, name="run jobs", round_seconds=15)
        self._tasks.keep(self._renew, name="renew leases of jobs", pause=_AGAIN_SECONDS, round_seconds=60)

    async def _round(self) -> None:
        """Take as many jobs as there is room for, then wait for more."""
        self._wake.clear()
        while (job := await self._take()) is not None:
            self._begin(job)
        try:
            await asyncio.wait_for(self._wake.wait(), _POLL_SECONDS)
        except TimeoutError:
            return

    async def _take(self) -> Job | None:
        running = [held.job for held in self._held.values()]
        kinds = [kind for kind in self._handlers if sum(job.kind == kind for job in running) < self._at_once[kind]]
        if not kinds:
            return None
        now = self._clock.now()
        async with self._database.connection() as cx:
            waiting = await store.waiting(cx, kinds, now)
            here = {job.id for job in running}  # also when the lease has run out: that one will be renewed or stopped
            busy = {(job.kind, job.owner) for job in running if job.owner is not None}
            free = [one for one in waiting if one.id not in here and (one.kind, one.owner) not in busy]
            for one in sorted(free, key=lambda one: (self._used.of(one.owner), one.run_at)):
                taken = await store.take(cx, one, ids.new_id(), now, now + _LEASE)
                if taken is not None:
                    return taken
        return None

    def _begin(self, job: Job) -> None:
        work = self._tasks.spawn(self._run(job), name=f"job {job.kind}")
        self._held[job.holder] = _Held(job, work, self._clock.now() + _LEASE)

    async def _run(self, job: Job) -> None:
        began = self._clock.monotonic()
        try:
            with logs.bind(job_id=job.id, job_kind=job.kind):
                try:
                    await self._handlers[job.kind](job.payload)
                except Exception as error:  # a job's failure is recorded with the job, whatever it was
                    await self._failed(job, error)
                else:
                    await self._mark(job, lambda cx: store.done(cx, job, self._clock.now()))
                    _FINISHED.labels(job.kind, "done").inc()
        finally:
            self._used.add(job.owner, self._clock.monotonic() - began)
            self._held.pop(job.holder, None)
            self._wake.set()

    async def _renew(self) -> None:
        """Renew older leases. A run that has lost its lease stops, because another node has the job now."""
        now = self._clock.now()
        old = now + _LEASE - timedelta(seconds=_RENEW_SECONDS)
        due = [held for held in self._held.values() if held.leased_until <= old]
        if not due:
            return
        async with self._database.connection() as cx:
            kept = await store.renew(cx, [held.job for held in due], now + _LEASE)
        for held in due:
            if held.job.holder in kept:
                held.leased_until = now + _LEASE
            elif held.job.holder in self._held and not held.work.done():
                _log.warning("job_lost", job_id=held.job.id, job_kind=held.job.kind)
                held.work.cancel()

    async def _failed(self, job: Job, error: Exception) -> None:
        outage = _is_outage(error)
        final = not outage and job.attempts - job.outages >= _MAX_ATTEMPTS and not await self._goes_on(job)
        _FINISHED.labels(job.kind, "failed" if final else "retried").inc()
        told: JsonObject = {"error": str(error)} if outage else {"exc_info": error}
        _log.error("job_failed", attempt=job.attempts, final=final, **told)
        now = self._clock.now()
        retry_at = None if final else now + timedelta(seconds=2 ** min(job.attempts, _MAX_ATTEMPTS))
        why = f"{type(error).__name__}: {error}"[:500]
        if final and job.kind in self._given_up:
            try:
                await self._given_up[job.kind](job.payload)
            except Exception:
                _log.exception("job_not_given_up")
        await self._mark(job, lambda cx: store.failed(cx, job, why, now, retry_at, outage=outage))

    async def _goes_on(self, job: Job) -> bool:
        """Whether it runs again after all, here or elsewhere; then `given_up` must not be called."""
        going = False

        async def look(cx: Connection) -> None:
            nonlocal going
            going = await store.goes_on(cx, job)

        await self._mark(job, look)
        return going

    async def _mark(self, job: Job, write: Callable[[Connection], Awaitable[None]]) -> None:
        """Store how the job ended, and retry as long as we hold it: otherwise it would run again."""
        while True:
            try:
                async with self._database.connection() as cx:
                    await write(cx)
                return
            except Failure as failure:
                held = self._held.get(job.holder)
                if held is None or self._clock.now() >= held.leased_until:
                    raise
                _log.warning("job_end_not_written", reason=failure.code)
                await asyncio.sleep(_AGAIN_SECONDS)


def _is_outage(error: Exception) -> bool:
    """Whether the error is an outage, which is not the job's fault."""
    return errors.of(error).kind is Kind.UNAVAILABLE
