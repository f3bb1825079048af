"""Listening to many speakers: one per server process, owner of the engines and their workers.

Everything here and in `speech.listener` runs on the event loop and none of it waits: recognition is done in other
processes.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.kit.clock import Clock
from server.kit.tasks import Tasks
from speech import events, vad
from speech.engines import Engines, ListeningSettings
from speech.listener import Listener, ListenerOptions
from speech.workers import Workers

__all__ = ["Capacity", "Listener", "ListenerOptions", "Listening", "ListeningSettings"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """So many speakers without a pause can be served, so many wait now, and so busy are the workers (0 to 1)."""

    sessions_max: int
    queue_depth: int
    busy_share: float


class Listening:
    """The engines of one server process and those who are listened to."""

    def __init__(self, settings: ListeningSettings, tasks: Tasks, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._workers = Workers(clock, tasks, rss_limit=settings.rss_limit_mb << 20)
        self._engines = Engines(settings, self._workers, tasks, clock)
        self._detector: vad.Silero | None = None
        self._listeners: set[Listener] = set()

    async def start(self) -> None:
        """Load the voice activity network and begin to bring up the engines; returns before those are ready."""
        self._detector = await asyncio.to_thread(vad.Silero)
        self._engines.start()

    async def close(self) -> None:
        for listener in list(self._listeners):
            await listener.close()
        await self._engines.close()
        await self._workers.close()

    async def ready(self) -> None:
        """Wait until some engine can recognise."""
        await self._engines.ready()

    def listener(self, options: ListenerOptions, emit: Callable[[events.SpeechEvent], None]) -> Listener:
        if self._detector is None:
            raise RuntimeError("Listening.start() has not been awaited")
        listener = Listener(
            options,
            emit,
            self._workers,
            vad.VoiceActivity(self._detector),
            self._clock,
            self._engines.policy(),
            self._engines.current(),
            self._listeners.discard,
        )
        self._listeners.add(listener)
        return listener

    def capacity(self) -> Capacity:
        busy = self._workers.busy_share()
        return Capacity(self._engines.sessions_max, self._workers.waiting, round(busy, 3))

    def status(self) -> dict[str, Any]:
        """For health and doctor."""
        return {
            **self._engines.status(),
            "workers": self._workers.engines,
            "queue_depth": self._workers.waiting,
            "busy_share": round(self._workers.busy_share(), 3),
            "listeners": len(self._listeners),
        }
