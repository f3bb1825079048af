"""Webhooks put together: the outbox that other areas fill, and the calls to receivers."""

from collections.abc import Mapping

from api.integration import store as subjects
from api.organizations.belonging import Teaching
from api.organizations.service import Organizations
from api.webhooks import events
from api.webhooks.access import Access
from api.webhooks.deliveries import Deliveries
from api.webhooks.outbox import Outbox
from api.webhooks.routes import WebhookRoutes
from api.webhooks.sending import Courier, Sending
from api.webhooks.service import Endpoints
from api.webhooks.vault import Vault
from kit import periodic
from kit.database import Connection
from kit.foreign_servers import Answer, ForeignServers, Unreached
from server.resources import Resources
from server.wiring.part import Part

_SWEEP_SECONDS = 300.0


def outbox(r: Resources) -> Outbox:
    """Where other slices write what happened."""
    teaching = Teaching(r.clock)

    async def audience(tx: Connection, user_id: str) -> list[str]:
        """Organizations that teach the learner, and those for whose pages the account was made."""
        seats = await teaching.seats(tx, user_id, None)
        return sorted({*(one.organization_id for one in seats), *await subjects.tenants_of(tx, user_id)})

    return Outbox(r.database, r.clock, r.jobs, audience)


def build(r: Resources, box: Outbox) -> Part:
    """Webhooks with their deliveries."""
    s = r.settings
    base_url = (s.public_url or f"http://{s.host}:{s.port}").rstrip("/")
    post, vault = Calls(r.foreign_servers), Vault(r.sealer)
    allowed = Access(Organizations(r.database, r.clock))
    endpoints = Endpoints(r.database, r.clock, allowed, post, vault)
    Sending(r.database, r.clock, r.jobs, box, Courier(r.clock, post, vault, base_url))
    routes = WebhookRoutes(endpoints, Deliveries(r.database, r.clock, allowed, box, base_url))
    return Part(
        operations=routes.operations(),
        webhooks=events.described(),
        starts=[periodic.starter(r.tasks, "sweep webhooks", _SWEEP_SECONDS, box.sweep)],
    )


class Calls:
    """The node's calls to servers that users name, as the slice wants them."""

    def __init__(self, servers: ForeignServers) -> None:
        self._servers = servers

    def fault(self, address: str) -> str | None:
        """Why an address may not be called; None if it may."""
        return self._servers.fault(address)

    async def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer | str:
        """POST a delivery: the answer, or why there is none."""
        try:
            return await self._servers.post(address, body, headers)
        except Unreached as why:
            return why.reason
