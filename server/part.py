"""What one area adds to a node."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from api.auth.ports import Leaving
from api.health.service import Check
from server.kit.http.operation import Operation

Hook = Callable[[], Awaitable[None]]


@dataclass
class Part:
    """What an area adds to a node.

    `attach` gets the web application, for doors that are not operations (sockets, WebSocket routes). `starts` run once
    the node is up, `stops` in the opposite order when it goes down. `leaving` is told, in the transaction, of each
    account that is deleted: for what no foreign key reaches.
    """

    operations: list[Operation] = field(default_factory=list)
    attach: list[Callable[[Any], None]] = field(default_factory=list)
    starts: list[Hook] = field(default_factory=list)
    stops: list[Hook] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)

    def add(self, other: "Part") -> None:
        self.operations += other.operations
        self.attach += other.attach
        self.starts += other.starts
        self.stops += other.stops
        self.checks += other.checks
        self.leaving += other.leaving
