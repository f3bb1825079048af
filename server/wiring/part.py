"""What one area adds to a node."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from api.auth.ports import Leaving
from api.health.service import Check
from kit.http import front
from kit.http.openapi_doors import Door
from kit.http.openapi_webhooks import Webhook
from kit.http.operation import Operation

Hook = Callable[[], Awaitable[None]]


class Drainable(Protocol):
    """Holds clients that should move to another node instead of being cut off."""

    def drain(self) -> None:
        """Take no new clients, and ask the present ones to move."""
        ...

    @property
    def held(self) -> int:
        """How many clients are left."""
        ...


@dataclass
class Part:
    """What an area adds to a node.

    `attach` gets the web application, for routes that are not operations (sockets, WHIP); `doors` are their rows in the
    document. `starts` run once the node is up, `stops` in the opposite order when it goes down. `leaving` is called in
    the transaction that deletes an account, for what no foreign key reaches. `drains` are emptied before an announced
    stop. `webhooks` are the requests that the node sends, for the document.
    """

    operations: list[Operation] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    attach: list[front.Attach] = field(default_factory=list)
    starts: list[Hook] = field(default_factory=list)
    stops: list[Hook] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)
    drains: list[Drainable] = field(default_factory=list)
    webhooks: list[Webhook] = field(default_factory=list)

    def add(self, other: "Part") -> None:
        """Take in what another part brings."""
        self.operations += other.operations
        self.doors += other.doors
        self.attach += other.attach
        self.starts += other.starts
        self.stops += other.stops
        self.checks += other.checks
        self.leaving += other.leaving
        self.drains += other.drains
        self.webhooks += other.webhooks
