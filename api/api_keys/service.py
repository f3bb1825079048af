"""Making, listing, deleting and recognising API keys."""

from collections.abc import Collection

from api.api_keys import rules, store
from api.api_keys.models import ApiKey, NewKey
from api.api_keys.ports import Memberships
from kit import audit, errors, ids
from kit.audit import Action, Actor
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database


class ApiKeys:
    """Keys with which servers call the API in the name of a user."""

    def __init__(self, database: Database, clock: Clock, memberships: Memberships) -> None:
        self._database = database
        self._clock = clock
        self._memberships = memberships

    async def hold(self, tx: Connection, key_id: str) -> bool:
        """Keep a key from being deleted until `tx` ends; False when it is gone."""
        return await store.hold(tx, key_id)

    async def create(self, caller: Caller, wanted: NewKey, actor: Actor) -> tuple[ApiKey, str]:
        """The stored record, and the key itself, which cannot be read again.

        Failures `not_found` for an organization that the caller does not belong to, `forbidden` for a scope beyond
        the caller's rights, `invalid_request` for an expiry that has passed.
        """
        now = self._clock.now()
        if wanted.expires_at is not None and wanted.expires_at <= now:
            raise errors.invalid("A field is not valid.", [("/expires_at", "must lie in the future")])
        if not frozenset(wanted.scopes) <= rules.effective_scopes(wanted.scopes, caller.role):
            raise errors.forbidden(f"Only administrators may make keys with the scope {rules.ADMIN_SCOPE}.")
        secret = rules.PREFIX + ids.secret(rules.SECRET_BYTES)
        key = ApiKey(
            id=ids.new_id(),
            user_id=caller.user_id,
            organization_id=wanted.organization_id,
            name=wanted.name,
            prefix=secret[: len(rules.PREFIX) + 8],
            scopes=sorted(set(wanted.scopes)),
            allowed_ips=list(wanted.allowed_ips),
            expires_at=wanted.expires_at,
            last_used_at=None,
            created_at=now,
        )
        async with self._database.transaction() as tx:
            inside = key.organization_id is None or await self._memberships.belongs(
                tx, key.organization_id, caller.user_id
            )
            if not inside:
                raise errors.not_found("Organization")
            await store.add(tx, key, ids.hashed(secret))
            deed = Action("api_key.created", "api_key", key.id, key.organization_id, {"scopes": key.scopes})
            await audit.record(tx, now, actor, deed)
        return key, secret

    async def listing(self, user_id: str, before: str | None, limit: int) -> list[ApiKey]:
        """The user's keys, newest first, from behind `before`."""
        async with self._database.connection() as cx:
            return await store.of_user(cx, user_id, before, limit)

    async def delete(self, user_id: str, key_id: str, actor: Actor) -> None:
        """The key is refused from the commit on, on every node: each request looks its key up. Failure `not_found`."""
        async with self._database.transaction() as tx:
            deleted = await store.delete(tx, user_id, key_id)
            if deleted is None:
                raise errors.not_found("API key")
            deed = Action("api_key.deleted", "api_key", key_id, deleted.organization_id)
            await audit.record(tx, self._clock.now(), actor, deed)

    async def alive(self, key_ids: Collection[str]) -> set[str]:
        """The ids of those keys that were not deleted."""
        async with self._database.connection() as cx:
            return await store.existing(cx, list(key_ids))

    async def authenticate(self, secret: str, address: str) -> Caller:
        """The caller that the key acts for. Failures `not_authenticated`, `token_expired`, and `forbidden` from
        elsewhere."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            known = await store.find(cx, ids.hashed(secret))
            if known is None:
                raise errors.unauthenticated("not_authenticated", "The API key is not valid.")
            if rules.expired(known.key, now):
                raise errors.unauthenticated("token_expired", "The API key has expired.")
            if not rules.address_allowed(address, known.key.allowed_ips):
                raise errors.forbidden("The API key may not be used from this address.")
            if rules.use_is_news(known.key, now):
                await store.note_use(cx, known.key.id, now)
        return Caller(
            user_id=known.key.user_id,
            role=known.creator_role,
            via="key",
            credential_id=known.key.id,
            organization_id=known.key.organization_id,
            scopes=rules.effective_scopes(known.key.scopes, known.creator_role),
            ends_at=known.key.expires_at,
        )
