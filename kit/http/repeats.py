"""Idempotency keys: a request that is sent again gets the first answer and has no second effect.

PostgreSQL decides which request runs. Duplicates on the same node wait for it in memory, duplicates on other nodes poll
for its answer. The request holds a lease, so that a node that dies does not block the key for a day. A repetition after
that runs again; ledgers with source keys keep the effect single.
"""

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aiohttp import hdrs

from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database
from kit.http.idempotency import RunRight, Saved
from kit.secrets import Sealer
from kit.tasks import Tasks

KEPT = timedelta(hours=24)
_LEASE = timedelta(seconds=60)
RENEW_SECONDS = 15.0
_PATIENCE_SECONDS = 90.0
_FIRST_LOOK_SECONDS = 0.02
_LAST_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Name:
    owner: str
    operation: str
    key: str

    @property
    def context(self) -> str:
        return f"idempotent answer:{self.owner}:{self.operation}:{self.key}"

    @property
    def cookie(self) -> str:
        return f"cookie of {self.context}"


@dataclass(frozen=True, slots=True)
class _Kept:
    digest: str
    saved: Saved | None


class Repeats:
    """The server's `Idempotency`. Answers are sealed at rest: some hold a secret that is shown once."""

    def __init__(self, database: Database, clock: Clock, sealer: Sealer) -> None:
        self._database = database
        self._clock = clock
        self._sealer = sealer
        self._running: dict[_Name, tuple[str, asyncio.Future[Saved | None]]] = {}
        self._claims: set[str] = set()

    def start(self, tasks: Tasks) -> None:
        """Renew the leases of requests that run, so that no other node runs them too."""
        tasks.keep(self.renew, name="renew leases of requests", pause=RENEW_SECONDS, needed=False)

    async def renew(self) -> None:
        """Renew the leases of running requests: a slow one must not run twice."""
        if not self._claims:
            return
        async with self._database.connection() as cx:
            await cx.execute(
                "update idempotency_keys set lease_until = $2 where claim = any($1::uuid[]) and status is null",
                list(self._claims),
                self._clock.now() + _LEASE,
            )

    async def begin(self, *, owner: str, operation: str, key: str, digest: str) -> Saved | RunRight:
        """The answer that was given before, or the right to run. Waits while the first request still runs."""
        name = _Name(owner, operation, key)
        delay = _FIRST_LOOK_SECONDS
        deadline = self._clock.monotonic() + _PATIENCE_SECONDS
        while self._clock.monotonic() < deadline:
            if (twin := self._running.get(name)) is not None:
                _compare(twin[0], digest)
                if (answer := await asyncio.shield(twin[1])) is not None:
                    return answer
                continue
            begun = await self._alone(name, digest)
            if begun is not None:
                return begun
            await asyncio.sleep(delay)
            delay = min(2 * delay, _LAST_LOOK_SECONDS)
        raise errors.unavailable("unavailable", "The first request with this Idempotency-Key still runs.", 5)

    async def leaving(self, tx: Connection, user_id: str) -> None:
        """Delete the answers kept for an account that is deleted."""
        await tx.execute("delete from idempotency_keys where owner like $1", f"{user_id}:%")

    async def sweep(self) -> None:
        """Delete what is older than a day."""
        async with self._database.connection() as cx:
            await cx.execute("delete from idempotency_keys where expires_at <= $1", self._clock.now())

    async def _alone(self, name: _Name, digest: str) -> Saved | RunRight | None:
        """Called for one request at a time on this node: the turn, or the answer; None while another node runs it."""
        answer: asyncio.Future[Saved | None] = asyncio.get_running_loop().create_future()
        self._running[name] = (digest, answer)
        saved: Saved | None = None
        try:
            claim = ids.new_id()
            if await self._claim(name, digest, claim):
                self._claims.add(claim)
                return _Held(self, name, claim)
            if (kept := await self._look(name)) is not None:
                _compare(kept.digest, digest)
                saved = kept.saved
        except BaseException:
            self._settle(name, None)
            raise
        self._settle(name, saved)
        return saved

    async def keep(self, name: _Name, claim: str, saved: Saved) -> None:
        """The end of a turn that has an answer."""
        self._claims.discard(claim)
        try:
            sealed = self._sealer.seal(saved.body, name.context)
            shown = replace(saved, headers=self._sealed_cookie(saved.headers, name))
            async with self._database.connection() as cx:
                await _save(cx, name, claim, shown, sealed, self._clock.now() + KEPT)
        except BaseException:
            self._settle(name, None)
            raise
        self._settle(name, saved)

    async def release(self, name: _Name, claim: str) -> None:
        """The end of a turn that has none."""
        self._claims.discard(claim)
        try:
            async with self._database.connection() as cx:
                await _release(cx, name, claim)
        finally:
            self._settle(name, None)

    def _settle(self, name: _Name, saved: Saved | None) -> None:
        """Let the twins on this node go on."""
        _, answer = self._running.pop(name)
        answer.set_result(saved)

    async def _claim(self, name: _Name, digest: str, claim: str) -> bool:
        async with self._database.connection() as cx:
            return await _claim(cx, name, digest, claim, self._clock.now())

    async def _look(self, name: _Name) -> _Kept | None:
        async with self._database.connection() as cx:
            row = await cx.fetchrow(
                """select digest, status, headers, body_sealed from idempotency_keys
                   where owner = $1 and operation = $2 and key = $3""",
                name.owner,
                name.operation,
                name.key,
            )
        if row is None:
            return None
        if row["status"] is None:
            return _Kept(row["digest"], None)
        body = self._sealer.open(row["body_sealed"], name.context)
        return _Kept(row["digest"], Saved(row["status"], body, self._opened_cookie(row["headers"], name)))

    def _sealed_cookie(self, headers: Mapping[str, str], name: _Name) -> dict[str, str]:
        """The headers as they are stored: a cookie may sign somebody in."""
        kept = dict(headers)
        if (cookie := kept.get(hdrs.SET_COOKIE)) is not None:
            kept[hdrs.SET_COOKIE] = base64.b64encode(self._sealer.seal(cookie.encode(), name.cookie)).decode()
        return kept

    def _opened_cookie(self, headers: Mapping[str, str], name: _Name) -> dict[str, str]:
        kept = dict(headers)
        if (sealed := kept.get(hdrs.SET_COOKIE)) is not None:
            kept[hdrs.SET_COOKIE] = self._sealer.open(base64.b64decode(sealed), name.cookie).decode()
        return kept


@dataclass(frozen=True, slots=True)
class _Held:
    """The right to run, held by this node."""

    repeats: Repeats
    name: _Name
    claim: str

    async def finish(self, saved: Saved) -> None:
        await self.repeats.keep(self.name, self.claim, saved)

    async def give_up(self) -> None:
        await self.repeats.release(self.name, self.claim)


def _compare(first: str, second: str) -> None:
    if first != second:
        message = "This Idempotency-Key was used for a different request."
        raise errors.conflict("idempotency_mismatch", message)


async def _claim(cx: Connection, name: _Name, digest: str, claim: str, now: datetime) -> bool:
    """Try to become the request that runs: the key is new, expired, or its runner was lost."""
    held = await cx.fetchval(
        """insert into idempotency_keys as k (owner, operation, key, digest, claim, lease_until, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (owner, operation, key) do update
           set digest = excluded.digest, claim = excluded.claim, lease_until = excluded.lease_until,
               expires_at = excluded.expires_at, status = null, headers = null, body_sealed = null
           where k.expires_at <= $8 or (k.status is null and k.lease_until <= $8 and k.digest = excluded.digest)
           returning k.claim""",
        name.owner,
        name.operation,
        name.key,
        digest,
        claim,
        now + _LEASE,
        now + KEPT,
        now,
    )
    return bool(held == claim)


async def _save(cx: Connection, name: _Name, claim: str, saved: Saved, sealed: bytes, expires_at: datetime) -> None:
    await cx.execute(
        """update idempotency_keys set status = $5, headers = $6, body_sealed = $7, expires_at = $8
           where owner = $1 and operation = $2 and key = $3 and claim = $4""",
        name.owner,
        name.operation,
        name.key,
        claim,
        saved.status,
        saved.headers,
        sealed,
        expires_at,
    )


async def _release(cx: Connection, name: _Name, claim: str) -> None:
    await cx.execute(
        "delete from idempotency_keys where owner = $1 and operation = $2 and key = $3 and claim = $4",
        name.owner,
        name.operation,
        name.key,
        claim,
    )
