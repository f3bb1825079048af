"""The loops of a node for its sessions, and the requests between nodes."""

import asyncio
import random
from collections import Counter
from datetime import datetime
from weakref import WeakKeyDictionary

from kit import errors, logs
from kit.redis import Away
from realtime.node import counts
from realtime.node.leases import Lease
from realtime.node.observers import Observers
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.session import events as on

_TICK_SECONDS = 0.25
_BEAT_SECONDS = 1.0
_SWEEP_SECONDS = 5.0
_OBSERVERS_SECONDS = 5.0
_TELL_SECONDS = 4.0
_END_SECONDS = 44.0
_STOP_SECONDS = 0.8
_SIGN_SECONDS = 0.5

_log = logs.get(__name__)


class Maintenance:
    """Ticks the sessions, renews their leases, sweeps those without an owner, and answers other nodes."""

    def __init__(self, registry: Registry, observers: Observers) -> None:
        self.registry = registry
        self.observers = observers
        # The observers that the learner knows of, by session; absent until they were read.
        self._told_of: WeakKeyDictionary[SessionRunner, tuple[str, ...]] = WeakKeyDictionary()

    async def start(self) -> None:
        """Begin everything that a node does for sessions all the time."""
        registry = self.registry
        registry.bus.start(self._answer)
        self.observers.start()
        keep = registry.tasks.keep
        keep(self._look_for_observers, name="look for observers", pause=_OBSERVERS_SECONDS, needed=False)
        keep(self._tick, name="tick sessions", pause=_TICK_SECONDS, round_seconds=5)
        keep(self._beat, name="renew leases", pause=_BEAT_SECONDS, round_seconds=10)
        keep(self._sweep, name="sweep sessions", pause=lambda: _SWEEP_SECONDS * random.uniform(0.8, 1.2))

    async def stop(self) -> None:
        """Hand every session over: the next owner finds everything that was under way in PostgreSQL."""
        self.registry.draining = True
        why = errors.unavailable("unavailable", "This node stops. Connect again.", 1)
        runners = list(self.registry.runners.values())
        handed = [runner.hand_over(_STOP_SECONDS, why) for runner in runners]
        for failed in await asyncio.gather(*handed, return_exceptions=True):
            if isinstance(failed, Exception):
                _log.error("session_not_handed_over", exc_info=failed)

    def drain(self) -> None:
        """Take no new sessions and ask clients to come back elsewhere."""
        self.registry.draining = True
        for runner in list(self.registry.runners.values()):
            runner.handle(on.DrainBegan())

    @property
    def held(self) -> int:
        """Sessions that have not moved yet."""
        return len(self.registry.runners)

    # For the REST side, on whichever node the session runs.

    def admit(self) -> None:
        """Failure `unavailable` while the node takes no new session."""
        self.registry.admit()

    async def end(self, session_id: str, reason: str) -> None:
        """End a session, on whichever node it runs, or by the database if none runs it."""
        if session_id in self.registry.runners:
            await self.registry.end(session_id, reason, _END_SECONDS)
        elif (owner := await self.registry.repository.owner_of(session_id)) not in (None, self.registry.node):
            await self.registry.bus.ask(str(owner), "end", session_id, _END_SECONDS, reason)

    async def closed(self, session_id: str, fence: int) -> None:
        """Refuse what the session's owner may still write to Redis."""
        await self.registry.leases.shut_out(session_id, fence)

    async def sign(self, session_id: str) -> bool:
        """Count a sign of life that came by REST; False if no node runs the session."""
        if (runner := self.registry.runners.get(session_id)) is not None:
            runner.handle(on.LifeShown())
            return True
        owner = await self.registry.repository.owner_of(session_id)
        if owner in (None, self.registry.node):
            return False
        return bool(await self.registry.bus.ask(str(owner), "sign", session_id, _SIGN_SECONDS))

    def forget(self, session_id: str, user_id: str) -> None:
        """Forget a session that was deleted."""
        self.registry.forget(session_id, user_id)

    async def last_stretch(self, session_id: str) -> tuple[datetime, datetime] | None:
        """Beginning and end of the stretch that only Redis knows."""
        return await self.registry.leases.last_stretch(session_id)

    async def _answer(self, what: str, session_id: str, detail: str) -> bool:
        match what:
            case "release":
                return await self.registry.release(session_id, _STOP_SECONDS)
            case "end":
                return await self.registry.end(session_id, detail or "client", _END_SECONDS)
            case "sign" if (runner := self.registry.runners.get(session_id)) is not None:
                runner.handle(on.LifeShown())
                return True
            case "observed" if (runner := self.registry.runners.get(session_id)) is not None:
                return await self._tell_of_observers(runner) and await runner.told(_TELL_SECONDS)
        return False

    async def _look_for_observers(self) -> None:
        """Observers whose node died are gone, and a session that was taken over does not know of any."""
        for runner in list(self.registry.runners.values()):
            if self._told_of.get(runner) != ():
                await self._tell_of_observers(runner)

    async def _tell_of_observers(self, runner: SessionRunner) -> bool:
        """Whether the observers were read and the learner notified."""
        try:
            # Again after each notification: another task may have read and notified meanwhile.
            while (names := tuple(await self.observers.present(runner.session.id))) != self._told_of.get(runner, ()):
                runner.handle(on.ObserversChanged(names))
                self._told_of[runner] = names
        except Away as away:
            _log.debug("observers_not_read", error=away.why)
            return False
        self._told_of[runner] = names
        return runner.view.open

    # All the time.

    async def _tick(self) -> None:
        runners = list(self.registry.runners.values())
        states = Counter[str](runner.view.status for runner in runners)
        for state in counts.STATES:
            counts.SESSIONS.labels(state).set(states[state])
        for runner in runners:
            try:
                runner.handle(on.Ticked())
            except Exception:  # a fault of one session must not stop the others' clocks
                _log.exception("tick_failed", session_id=runner.session.id)

    async def _beat(self) -> None:
        try:
            await self._renew()
            self._recover()
        except Away as away:
            self._interrupted(away)
            for runner in list(self.registry.runners.values()):
                runner.handle(on.LifeUnnoted())
            raise

    async def _renew(self) -> None:
        runners = self.registry.runners
        held = [Lease(id_, runner.session.fence, runner.view.stretch) for id_, runner in runners.items()]
        if not held:
            await self.registry.redis.ping()
            return
        fences = {lease.session_id: lease.fence for lease in held}
        for session_id in await self.registry.leases.renew(held):
            runner = runners.get(session_id)
            if runner is not None and runner.session.fence == fences[session_id]:  # not one that took it back since
                runner.release(errors.conflict("session_moved", "Another node runs this session now."))

    def _interrupted(self, away: Away) -> None:
        if self.registry.degraded:
            return
        self.registry.degraded = True
        _log.warning("redis_unreachable", error=away.why, sessions=len(self.registry.runners))
        for runner in list(self.registry.runners.values()):
            runner.follow_redis(away=True)

    def _recover(self) -> None:
        if self.registry.degraded:
            self.registry.degraded = False
            _log.info("redis_is_back", sessions=len(self.registry.runners))
        for runner in self.registry.runners.values():
            runner.follow_redis(away=False)

    async def _sweep(self) -> None:
        if (ended := await self.registry.repository.sweep()) > 0:
            _log.info("sessions_swept", ended=ended)
