"""The signing keys of tenants: made on first use, replaced when old, sealed at rest."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.integration import signing, store
from api.integration.models import MAX_LIFETIME, TenantKey
from kit.clock import Clock
from kit.database import Database
from kit.secrets import Sealer

KEY_LIFETIME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs, unsealed."""

    kid: str
    private_key: bytes


class Keyring:
    """The keys that sign an organization's tokens."""

    def __init__(self, database: Database, clock: Clock, sealer: Sealer) -> None:
        self._database = database
        self._clock = clock
        self._sealer = sealer

    async def signing_key(self, organization_id: str, *, replace: bool = False) -> SigningKey:
        """The tenant's key; a new one at first, after 90 days, and when `replace` asks for it."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            current = await store.active_key(cx, organization_id)
        if current is None or replace or now - current.created_at >= KEY_LIFETIME:
            current = await self._replace(organization_id, current, now)
        if current.private_key_sealed is None:
            raise RuntimeError("an active key without a private half")
        return SigningKey(current.kid, self._sealer.open(current.private_key_sealed, _context(current.kid)))

    async def public_keys(self, organization_id: str) -> list[TenantKey]:
        """All keys whose tokens may be alive, the active one first."""
        async with self._database.connection() as cx:
            return await store.public_keys(cx, organization_id, self._clock.now() - MAX_LIFETIME)

    async def _replace(self, organization_id: str, old: TenantKey | None, now: datetime) -> TenantKey:
        pair = await asyncio.to_thread(signing.generate)
        sealed = self._sealer.seal(pair.private_key, _context(pair.kid))
        async with self._database.transaction() as tx:
            if old is None or await store.retire_key(tx, old.kid, now):
                await store.add_key(tx, TenantKey(pair.kid, organization_id, pair.public_key, sealed, now, None))
            current = await store.active_key(tx, organization_id)
        if current is None:
            raise RuntimeError("a tenant without an active key")
        return current


def _context(kid: str) -> str:
    return f"tenant key:{kid}"
