"""Where the slices are put together: the only file that knows them all.

Every area has one `_build_…` function that takes what it needs and returns a `Part`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from api.health.routes import HealthRoutes
from api.health.service import Check, Finding, Health
from server.config import VERSION
from server.kit.caller import Caller
from server.kit.errors import unauthenticated
from server.kit.http.authenticate import Authenticator
from server.kit.http.idempotency import Idempotency
from server.kit.http.operation import Operation
from server.resources import Resources

Hook = Callable[[], Awaitable[None]]


@dataclass
class Part:
    """What an area adds to a node.

    `attach` gets the web application, for doors that are not operations (sockets, WebSocket routes). `starts` run once
    the node is up, `stops` in the opposite order when it goes down.
    """

    operations: list[Operation] = field(default_factory=list)
    attach: list[Callable[[Any], None]] = field(default_factory=list)
    starts: list[Hook] = field(default_factory=list)
    stops: list[Hook] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def add(self, other: "Part") -> None:
        self.operations += other.operations
        self.attach += other.attach
        self.starts += other.starts
        self.stops += other.stops
        self.checks += other.checks


@dataclass
class Node:
    """A whole node: its parts and what guards the door."""

    part: Part
    authenticator: Authenticator
    idempotency: Idempotency | None


class _Closed:
    """Knows no credential."""

    async def bearer(self, token: str) -> Caller:
        raise unauthenticated()

    async def key(self, key: str, address: str) -> Caller:
        raise unauthenticated()

    async def service(self, key: str) -> Caller:
        raise unauthenticated()


def compose(r: Resources) -> Node:
    whole = Part()
    whole.add(_build_foundations(r))
    whole.add(_build_health(r, whole.checks))
    return Node(whole, _Closed(), None)


def _build_foundations(r: Resources) -> Part:
    async def look_at_database() -> Finding:
        async with r.database.connection() as cx:
            return Finding("ok", f"PostgreSQL {await cx.fetchval('show server_version')}")

    async def look_at_redis() -> Finding:
        information = await r.redis.info("server")
        name = "Valkey" if information.get("server_name") == "valkey" else "Redis"
        return Finding("ok", f"{name} {information.get('valkey_version') or information.get('redis_version')}")

    async def start_jobs() -> None:
        r.jobs.start()

    return Part(
        starts=[start_jobs],
        checks=[Check("postgresql", True, look_at_database), Check("redis", True, look_at_redis)],
    )


def _build_health(r: Resources, checks: list[Check]) -> Part:
    health = Health(checks, r.clock, r.node)
    return Part(operations=HealthRoutes(health, VERSION).operations())
