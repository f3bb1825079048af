"""Whether this node can do its work, part by part."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from kit import logs
from kit.clock import Clock
from kit.errors import Failure

Status = Literal["ok", "degraded", "down"]
_PATIENCE_SECONDS = 2.0
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check. `detail` is shown to operators and holds no secret. `waiting_for`: what has to come
    first."""

    status: Status
    detail: str
    waiting_for: str | None = None
    wait_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """How one part is looked at; without a needed one the node is not ready."""

    name: str
    needed: bool
    look: Callable[[], Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found, and how long it took."""

    name: str
    latency_ms: float
    finding: Finding
    needed: bool

    @property
    def status(self) -> Status:
        """The state that was found."""
        return self.finding.status


class Health:
    """The state of this node, part by part."""

    def __init__(self, checks: list[Check], clock: Clock, node: str) -> None:
        self._checks = checks
        self._clock = clock
        self._started = clock.monotonic()
        self.node = node

    def uptime_seconds(self) -> int:
        """Seconds since the start."""
        return int(self._clock.monotonic() - self._started)

    async def examine(self) -> list[Result]:
        """All checks at once; one that takes over 2 s is down."""
        return list(await asyncio.gather(*(self._run(check) for check in self._checks)))

    async def _run(self, check: Check) -> Result:
        began = self._clock.monotonic()
        try:
            finding = await asyncio.wait_for(check.look(), _PATIENCE_SECONDS)
        except TimeoutError:
            finding = Finding("down", f"no answer within {_PATIENCE_SECONDS:g} s")
        except Exception as error:  # whatever a part raises, the page that reports it must work
            trace = None if isinstance(error, Failure) else error  # an outage is looked at every 15 s
            _log.warning("health_check_failed", check=check.name, exc_info=trace)
            finding = Finding("down", type(error).__name__)
        elapsed = round((self._clock.monotonic() - began) * 1e3, 2)
        return Result(check.name, elapsed, finding, check.needed)


def overall(results: list[Result]) -> Status:
    """ "down" if a needed part is down, "degraded" if any is not well, else "ok"."""
    if any(result.needed and result.status == "down" for result in results):
        return "down"
    return "ok" if all(result.status == "ok" for result in results) else "degraded"
