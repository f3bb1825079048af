"""Making, changing and deleting endpoints, and rotating their secrets."""

from dataclasses import replace
from datetime import datetime

from api.webhooks import access, delivery_store, events, rules, signing, store
from api.webhooks.access import Access, Asking
from api.webhooks.models import Endpoint
from api.webhooks.ports import Post
from api.webhooks.vault import Vault
from kit import audit, errors, ids
from kit.audit import Action
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database


class Endpoints:
    """Endpoints of users and organizations."""

    def __init__(self, database: Database, clock: Clock, allowed: Access, post: Post, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._access = allowed
        self._post = post
        self._vault = vault

    async def create(
        self, asking: Asking, organization_id: str | None, url: str, description: str, wanted: list[str]
    ) -> tuple[Endpoint, str]:
        """The endpoint and its secret, which cannot be read again. Failures `invalid_request`, `not_found`,
        `forbidden`, `INSUFFICIENT_API_KEY_SCOPE`, `too_many_webhooks`."""
        self._check(url)
        secret, endpoint_id = signing.new_secret(), ids.new_id()
        async with self._database.transaction() as tx:
            owner = await self._access.owner(tx, asking.caller, organization_id)
            access.may_ask_for(asking.caller, wanted, None if owner == asking.caller.user_id else owner)
            await store.hold_owner(tx, owner)
            if await store.count(tx, owner) >= rules.MOST_ENDPOINTS:
                raise errors.conflict("too_many_webhooks", f"There are at most {rules.MOST_ENDPOINTS} webhooks.")
            is_own = owner == asking.caller.user_id
            made = Endpoint(
                id=endpoint_id,
                user_id=owner if is_own else None,
                organization_id=None if is_own else owner,
                url=url,
                description=description,
                events=_in_order(wanted),
                previous_until=None,
                failing_since=None,
                disabled_at=None,
                disabled_reason=None,
                created_at=self._clock.now(),
            )
            await store.add(tx, made, asking.caller.user_id, self._vault.sealed(endpoint_id, secret))
            await self._trail(tx, asking, made, "webhook.created")
        return made, secret

    async def page(self, caller: Caller, organization_id: str | None, before: str | None, limit: int) -> list[Endpoint]:
        """The newest first. Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            return await store.page(tx, await self._access.owner(tx, caller, organization_id), before, limit)

    async def get(self, caller: Caller, endpoint_id: str) -> Endpoint:
        """Failure `not_found`."""
        async with self._database.transaction() as tx:
            return await self._access.find(tx, caller, endpoint_id)

    async def update(
        self,
        asking: Asking,
        endpoint_id: str,
        *,
        url: str | None,
        description: str | None,
        wanted: list[str] | None,
        is_enabled: bool | None,
    ) -> Endpoint:
        """None leaves as it is. Failures `not_found`, `invalid_request`, `INSUFFICIENT_API_KEY_SCOPE`."""
        async with self._database.transaction() as tx:
            found = await self._access.lock(tx, asking.caller, endpoint_id)
            await self._insist(tx, asking.caller, found, wanted or [])
            if url is not None:
                self._check(url)
            changed = replace(
                found,
                url=found.url if url is None else url,
                description=found.description if description is None else description,
                events=found.events if wanted is None else _in_order(wanted),
            )
            await store.update(tx, endpoint_id, changed.url, changed.description, changed.events)
            await self._switch(tx, found, is_enabled)
            await self._trail(tx, asking, found, "webhook.updated")
            return await self._access.find(tx, asking.caller, endpoint_id)

    async def rotate(self, asking: Asking, endpoint_id: str) -> tuple[Endpoint, str]:
        """A new secret; the one before signs as well for a day. Failure `not_found`."""
        secret = signing.new_secret()
        async with self._database.transaction() as tx:
            found = await self._access.lock(tx, asking.caller, endpoint_id)
            await self._insist(tx, asking.caller, found, [])
            until: datetime = self._clock.now() + rules.OVERLAP
            await store.rotate(tx, endpoint_id, self._vault.sealed(endpoint_id, secret), until)
            await self._trail(tx, asking, found, "webhook.rotated")
        return replace(found, previous_until=until), secret

    async def delete(self, asking: Asking, endpoint_id: str) -> None:
        """With all its deliveries. Failure `not_found`."""
        async with self._database.transaction() as tx:
            found = await self._access.lock(tx, asking.caller, endpoint_id)
            await store.delete(tx, endpoint_id)
            await self._trail(tx, asking, found, "webhook.deleted")

    async def _switch(self, tx: Connection, found: Endpoint, is_enabled: bool | None) -> None:
        if is_enabled is True and found.disabled_at is not None:
            await store.enable(tx, found.id)
        elif is_enabled is False:
            await store.disable(tx, found.id, "owner", self._clock.now())

    async def _insist(self, tx: Connection, caller: Caller, found: Endpoint, wanted: list[str]) -> None:
        """Also on what the endpoint has, and had: what waits or is replayed goes to the address that it has then, and a
        key must not turn to itself what it could not ask for."""
        sent = await delivery_store.types(tx, found.id)
        access.may_ask_for(caller, {*wanted, *found.events, *sent} - {events.TEST}, found.organization_id)

    def _check(self, url: str) -> None:
        if (why := self._post.fault(url)) is not None:
            raise errors.invalid("A field is not valid.", [("/url", why)])

    async def _trail(self, tx: Connection, asking: Asking, one: Endpoint, action: str) -> None:
        deed = Action(action, "webhook", one.id, one.organization_id)
        await audit.record(tx, self._clock.now(), asking.actor, deed)


def _in_order(wanted: list[str]) -> list[str]:
    return sorted(set(wanted))
