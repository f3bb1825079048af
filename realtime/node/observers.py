"""Observers of a session: they get its numbered events, read from the log on their own node. They touch neither the
machine nor the owner; the owner only learns that an observer came or left, reads the names from Redis, and notifies the
learner. An observer sees nothing before that."""

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from kit import errors, ids, logs
from kit.clock import Clock
from kit.errors import Failure
from kit.redis import Away, Redis
from kit.tasks import Tasks
from realtime import acks, ports, wire
from realtime.node import log as event_log
from realtime.node import takeover
from realtime.node.bus import Bus
from realtime.node.connection import Connection
from realtime.node.log import Entry

_READ_MS = 500  # longest wait before a session that is newly watched is read, too
_CHECK_SECONDS = 2.0  # a teacher who loses the role is disconnected after this time
_IDLE_SECONDS = 20.0  # a round without anybody who watches
_TELL_SECONDS = 5.0  # for the owner to tell the learner
_PRESENT_SECONDS = 10.0  # without a sign the watcher's node is dead
_MOST_WAITING = 1000  # events that a watcher has not taken; beyond them it is let go
_log = logs.get(__name__)


@dataclass(eq=False)
class Observation:
    """One connection that watches one session; everything up to `last_seq` is on its way to it. Its own task sends, so
    that a slow observer does not delay others."""

    id: str
    watched: ports.Watched
    connection: Connection
    last_seq: int
    waiting: "asyncio.Queue[Entry]" = field(default_factory=lambda: asyncio.Queue(_MOST_WAITING))
    serving: "asyncio.Task[None] | None" = None
    seen_over: bool = False


class Observers:
    """All watchers on this node. They need no heartbeat: their connection is their sign of life."""

    def __init__(self, redis: Redis, bus: Bus, tasks: Tasks, clock: Clock, observing: ports.Observing) -> None:
        self._redis = redis
        self._bus = bus
        self._tasks = tasks
        self._clock = clock
        self._observing = observing
        self._watches: set[Observation] = set()
        self._wake = asyncio.Event()

    def start(self) -> None:
        """Read the logs of watched sessions, and check that the watchers still may."""
        self._tasks.keep(self._read, name="read for observers", needed=False)
        self._tasks.keep(self._check, name="check observers", pause=_CHECK_SECONDS, needed=False)

    async def join(self, connection: Connection, session_id: str, last_seq: int) -> acks.JoinAck:
        """The learner is notified before the watcher gets anything. Failure `not_found` unless the watcher's role
        allows it, `session_ended`, `unavailable`, also when the learner cannot be notified."""
        watched = await self._observing.open(session_id, connection.user_id, connection.caller.organization_id)
        watch = Observation(ids.secret(9), watched, connection, last_seq)
        try:
            await self._announce(watch)
            entries = await self._log_of(session_id, last_seq)
            if not connection.alive:
                raise _gone()
        except BaseException:  # in its own task: the caller may be gone, too
            self._tasks.spawn(self._withdraw(watch), name="observer does not come")
            raise
        watch.last_seq = seq = entries[-1].seq if entries else 0
        gap = bool(entries) and entries[0].seq > last_seq + 1
        missed = [entry for entry in entries if entry.seq > last_seq]
        if gap:
            missed = [Entry(seq, "session.snapshot", self._snapshot(watched, seq))]
        await self._begin(watch, missed)
        return acks.JoinAck(
            session_id=session_id,
            status=watched.status,
            seq=seq,
            audio_seq=0,
            replayed=0 if gap else len(missed),
            snapshot=gap,
            remaining_seconds=0,
            heartbeat_interval_seconds=0,
            observing=True,
        )

    def left(self, connection: Connection) -> None:
        """The connection is gone, or wants something else."""
        if isinstance(connection.watch, Observation):
            self._stop(connection.watch)

    async def present(self, session_id: str) -> list[str]:
        """The names of those who watch, on any node."""
        rows: Any = await self._redis.hgetall(_key(session_id))
        now = self._clock.now().timestamp()
        found = {key: orjson.loads(row) for key, row in rows.items()}
        return sorted(one["name"] for one in found.values() if now - one["at"] < _PRESENT_SECONDS)

    # ----

    async def _begin(self, watch: Observation, missed: list[Entry]) -> None:
        """Send what was missed; what happens meanwhile waits behind it. The watch may be over in the middle."""
        connection = watch.connection
        self.left(connection)
        connection.watch = watch
        self._watches.add(watch)
        self._wake.set()
        try:
            for entry in missed:
                await connection.send(entry.name, entry.data)
                if watch not in self._watches or not connection.alive:
                    raise _gone()
        except BaseException:
            self._stop(watch)
            raise
        watch.serving = self._tasks.spawn(self._serve(watch), name="serve observer")

    def _stop(self, watch: Observation) -> None:
        if watch.connection.watch is watch:
            watch.connection.watch = None
        if watch in self._watches:
            self._watches.discard(watch)
            if watch.serving is not None and watch.serving is not asyncio.current_task():
                watch.serving.cancel()
            self._tasks.spawn(self._withdraw(watch), name="observer leaves")

    def _snapshot(self, watched: ports.Watched, seq: int) -> dict[str, Any]:
        turns = takeover.snapshot_turns(watched.turns)
        snapshot = wire.SessionSnapshot(status=watched.status, turns=turns, remaining_seconds=0)
        at_ms = round((self._clock.now() - watched.started_at).total_seconds() * 1000)
        return {**snapshot.model_dump(), "seq": seq, "session_id": watched.session_id, "at_ms": at_ms}

    async def _log_of(self, session_id: str, last_seq: int) -> list[Entry]:
        entries = await event_log.read(self._redis, session_id)
        if entries is None:
            raise _not_now()
        event_log.check(last_seq, entries[-1].seq if entries else 0)
        return entries

    async def _announce(self, watch: Observation) -> None:
        """Mark as present; returns when the session's owner has notified the learner. Failure `unavailable`."""
        session_id = watch.watched.session_id
        try:
            await self._renew(watch)
        except Away as away:
            _log.warning("observer_not_noted", error=away.why)
            raise _not_now() from away
        owner = await self._observing.owner_of(session_id)
        if owner is None or not await self._bus.ask(owner, "observed", session_id, _TELL_SECONDS):
            raise _not_now()

    async def _renew(self, watch: Observation) -> None:
        sign = {"name": watch.watched.name, "at": self._clock.now().timestamp()}
        key = _key(watch.watched.session_id)
        await self._redis.hset(key, watch.id, orjson.dumps(sign))
        await self._redis.expire(key, 60)

    async def _withdraw(self, watch: Observation) -> None:
        watched = watch.watched
        try:
            await self._redis.hdel(_key(watched.session_id), watch.id)
        except Away:
            _log.debug("observer_left_to_expire", session_id=watched.session_id)
        try:
            await self._observing.closed(watched.session_id, watched.observer_id, watched.organization_id)
            await self._tell(watched)
        except Failure as failure:
            _log.warning("observer_end_not_noted", reason=failure.code)

    async def _tell(self, watched: ports.Watched) -> None:
        if (owner := await self._observing.owner_of(watched.session_id)) is not None:
            await self._bus.tell(owner, "observed", watched.session_id)

    async def _read(self) -> None:
        self._wake.clear()
        if sessions := self._cursors():
            await self._deliver(sessions)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), _IDLE_SECONDS)

    def _cursors(self) -> dict[str, int]:
        """By session the last number that everybody who watches it has."""
        sessions: dict[str, int] = {}
        for watch in self._watches:
            session_id = watch.watched.session_id
            sessions[session_id] = min(sessions.get(session_id, watch.last_seq), watch.last_seq)
        return sessions

    async def _deliver(self, sessions: dict[str, int]) -> None:
        streams: Any = {event_log.stream_key(session_id): f"{seq}-0" for session_id, seq in sessions.items()}
        by_key = {event_log.stream_key(session_id).encode(): session_id for session_id in sessions}
        answer: Any = await self._redis.xread(streams, block=_READ_MS)
        for key, rows in answer:
            entries = list(event_log.parsed(rows))
            for watch in [one for one in self._watches if one.watched.session_id == by_key[key]]:
                self._pass_on(watch, entries)

    def _pass_on(self, watch: Observation, entries: Iterable[Entry]) -> None:
        try:
            for entry in entries:
                if entry.seq > watch.last_seq:
                    watch.waiting.put_nowait(entry)
                    watch.last_seq = entry.seq
        except asyncio.QueueFull:
            self._let_go(watch, errors.unavailable("unavailable", "You take the events too slowly.", 3))

    async def _serve(self, watch: Observation) -> None:
        """Send what is passed on, until the session's last event or until somebody lets go of the watch."""
        try:
            while (entry := await watch.waiting.get()).name != "session.ended":
                await watch.connection.send(entry.name, entry.data)
            await watch.connection.send(entry.name, entry.data)
        except Exception:
            _log.exception("observer_not_served", session_id=watch.watched.session_id)
        self._stop(watch)

    def _let_go(self, watch: Observation, why: Failure) -> None:
        self._stop(watch)
        self._tasks.spawn(watch.connection.drop(why), name="drop observer")

    async def _check(self) -> None:
        """Renew all presences; end watches whose role has changed or whose session is over."""
        for watch in list(self._watches):
            try:
                await self._look_at(watch)
            except Away as away:
                _log.debug("observer_not_renewed", error=away.why)
            except Failure as failure:
                _log.warning("observer_not_checked", reason=failure.code)
            except Exception:  # an error of one observer must not affect the others
                _log.exception("observer_check_failed")

    async def _look_at(self, watch: Observation) -> None:
        session_id = watch.watched.session_id
        within = watch.connection.caller.organization_id
        if not await self._observing.still(session_id, watch.watched.observer_id, within):
            if watch in self._watches:
                self._let_go(watch, errors.not_found("Live session"))
        elif (end := await self._observing.end_of(session_id)) is not None:
            self._end(watch, end)
        elif watch in self._watches:
            await self._renew(watch)

    def _end(self, watch: Observation, end: ports.SessionEnd) -> None:
        """The session is settled. Its owner reports that itself, a moment later; without an owner it is reported
        here."""
        if not watch.seen_over:
            watch.seen_over = True
            return
        seq = watch.last_seq + 1
        ended = wire.SessionEnded(
            reason=end.reason, billed_seconds=end.billed_seconds, transcript_id=end.transcript_id
        ).model_dump()
        at_ms = round((end.ended_at - watch.watched.started_at).total_seconds() * 1000)
        data = {"at_ms": at_ms, **ended, "seq": seq, "session_id": watch.watched.session_id}
        self._pass_on(watch, [Entry(seq, "session.ended", data)])


def _gone() -> Failure:
    return errors.conflict("replaced", "This connection does not watch any more.")


def _not_now() -> Failure:
    return errors.unavailable("unavailable", "This session cannot be watched right now. Try again shortly.", 3)


def _key(session_id: str) -> str:
    return f"parley:live:{{{session_id}}}:observers"
