"""The operations of health."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import asdict
from typing import Any

from api.health import service
from api.health.schemas import DetailedHealthResponse, HealthCheckItem, HealthPulse, HealthResponse
from kit.http import streams
from kit.http.operation import Access, Call, Operation, Reply

_TAG = "Health"
_PULSE_SECONDS = 1.0


class HealthRoutes:
    """The operations of health."""

    def __init__(self, health: service.Health, version: str) -> None:
        self._health = health
        self._version = version

    def operations(self) -> list[Operation]:
        return [
            Operation("GET", "/api/health", self.check, "Health check", _TAG, Access.PUBLIC, rate="unlimited"),
            Operation(
                "GET",
                "/api/health/stream",
                self.stream,
                "Stream check",
                _TAG,
                Access.PUBLIC,
                produces=("text/event-stream",),
                events=(("pulse", HealthPulse),),
            ),
            Operation(
                "GET",
                "/api/health/detailed",
                self.detailed,
                "Detailed health check",
                _TAG,
                Access.BEARER_OR_KEY,
                scope="api:read",
            ),
        ]

    async def check(self, call: Call) -> HealthResponse:
        """Whether the process answers. It checks nothing else, so it is cheap to call often."""
        return HealthResponse(status="ok", version=self._version)

    async def stream(self, call: Call) -> streams.Stream:
        """Two server-sent events, a second apart. Where both come at once, a proxy holds answers back."""
        return await streams.send_events(call.http, self._pulse())

    async def _pulse(self) -> AsyncGenerator[tuple[str, Any], None]:
        yield "pulse", {"number": 1}
        await asyncio.sleep(_PULSE_SECONDS)
        yield "pulse", {"number": 2}

    async def detailed(self, call: Call) -> Reply[DetailedHealthResponse]:
        """Every part with its state. 503 when a part that is needed is down."""
        results = await self._health.examine()
        status = service.overall(results)
        items = [
            HealthCheckItem(name=result.name, latency_ms=result.latency_ms, **asdict(result.finding))
            for result in results
        ]
        view = DetailedHealthResponse(
            status=status, checks=items, node=self._health.node, uptime_seconds=self._health.uptime_seconds()
        )
        return Reply(view, 503 if status == "down" else 200)
