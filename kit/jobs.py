"""Work for later: an outbox in PostgreSQL, enqueued in the transaction that needs it.

A job is taken under a lease (`FOR UPDATE SKIP LOCKED`), so a node that dies in the middle only delays it. Handlers may
therefore run twice and must not mind.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import Counter

from kit import ids, logs
from kit.clock import Clock
from kit.database import Connection, Database, Record
from kit.errors import Failure
from kit.tasks import Tasks

Handler = Callable[[dict[str, Any]], Awaitable[None]]

_POLL_SECONDS = 0.5
_LEASE = timedelta(minutes=2)
_MAX_ATTEMPTS = 8
_AT_ONCE = 4

_FINISHED = Counter("parley_jobs", "Jobs run.", ["kind", "outcome"])
_log = logs.get(__name__)


class Jobs:
    def __init__(self, database: Database, clock: Clock, tasks: Tasks) -> None:
        self._database = database
        self._clock = clock
        self._tasks = tasks
        self._handlers: dict[str, Handler] = {}
        self._wake = asyncio.Event()
        self._running = 0

    def register(self, kind: str, handler: Handler) -> None:
        self._handlers[kind] = handler

    async def enqueue(
        self,
        tx: Connection,
        kind: str,
        payload: dict[str, Any],
        *,
        key: str | None = None,
        run_at: datetime | None = None,
    ) -> str | None:
        """Add a job inside `tx`; it runs after the commit. With `key`, None when such a job already waits."""
        job_id: str | None = await tx.fetchval(
            """
            insert into jobs (id, kind, payload, key, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
            on conflict (kind, key) where key is not null and failed_at is null do nothing returning id
            """,
            ids.new_id(), kind, payload, key, run_at or self._clock.now(), self._clock.now(),
        )  # fmt: skip
        self._wake.set()
        return job_id

    def start(self) -> None:
        """Begin to work on the kinds that were registered."""
        self._tasks.spawn(self._loop(), name="jobs")

    async def _loop(self) -> None:
        while True:
            self._wake.clear()
            try:
                while self._running < _AT_ONCE and (job := await self._take()) is not None:
                    self._running += 1
                    self._tasks.spawn(self._run(job), name=f"job {job['kind']}")
            except Failure as failure:
                _log.warning("jobs_paused", reason=failure.message)
                await asyncio.sleep(_POLL_SECONDS)
            try:
                await asyncio.wait_for(self._wake.wait(), _POLL_SECONDS)
            except TimeoutError:
                continue

    async def _take(self) -> Record | None:
        now = self._clock.now()
        async with self._database.connection() as cx:
            return await cx.fetchrow(
                """
                update jobs set leased_until = $1, attempts = attempts + 1 where id = (
                  select id from jobs
                  where failed_at is null and run_at <= $2 and kind = any($3)
                    and (leased_until is null or leased_until < $2)
                  order by run_at limit 1 for update skip locked)
                returning id, kind, payload, attempts
                """,
                now + _LEASE, now, list(self._handlers),
            )  # fmt: skip

    async def _run(self, job: Record) -> None:
        renewing = self._tasks.spawn(self._renew(job["id"]), name="job lease")
        try:
            with logs.bind(job_id=job["id"], job_kind=job["kind"]):
                try:
                    await self._handlers[job["kind"]](job["payload"])
                except Exception as error:  # a job's failure is recorded with the job, whatever it was
                    await self._failed(job, error)
                else:
                    await self._delete(job["id"])
                    _FINISHED.labels(job["kind"], "done").inc()
        finally:
            renewing.cancel()
            self._running -= 1
            self._wake.set()

    async def _renew(self, job_id: str) -> None:
        while True:
            await asyncio.sleep(_LEASE.total_seconds() / 3)
            async with self._database.connection() as cx:
                await cx.execute("update jobs set leased_until = $2 where id = $1", job_id, self._clock.now() + _LEASE)

    async def _delete(self, job_id: str) -> None:
        async with self._database.connection() as cx:
            await cx.execute("delete from jobs where id = $1", job_id)

    async def _failed(self, job: Record, error: Exception) -> None:
        final = job["attempts"] >= _MAX_ATTEMPTS
        _FINISHED.labels(job["kind"], "failed" if final else "retried").inc()
        _log.error("job_failed", attempt=job["attempts"], final=final, exc_info=error)
        now = self._clock.now()
        retry_at = now + timedelta(seconds=2 ** job["attempts"])
        async with self._database.connection() as cx:
            await cx.execute(
                """
                update jobs set leased_until = null, last_error = $2, run_at = $3,
                  failed_at = case when $4 then $5::timestamptz end where id = $1
                """,
                job["id"], f"{type(error).__name__}: {error}"[:500], retry_at, final, now,
            )  # fmt: skip
