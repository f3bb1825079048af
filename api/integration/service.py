"""Issuing, checking and revoking integration tokens."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.integration import signing, store
from api.integration.keyring import Keyring
from api.integration.models import MAX_LIFETIME, Grant, Issuer, Mode, Revocation, TenantKey
from api.integration.ports import Guests, Keys, Tenants
from api.integration.verification import Verification
from kit import audit, errors, ids
from kit.audit import Action, Actor
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database
from kit.scopes import NOT_FOR_TOKENS

_GRANTS_KEPT = timedelta(days=30)
_GUESTS_KEPT = timedelta(days=1)
_GUESTS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for a token. `subject` is the tenant's own name for the learner it is for."""

    mode: Mode
    origin: str
    scopes: Sequence[str]
    lifetime: timedelta
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a new token replaces: the `previous` one, and the tenant's key pair."""

    previous: str | None
    revoke_previous: bool
    replace_key: bool


class IntegrationTokens:
    """Tokens with which an organization's site embeds Parley."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        verification: Verification,
        tenants: Tenants,
        keys: Keys,
        guests: Guests,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keyring = keyring
        self._verification = verification
        self._tenants = tenants
        self._keys = keys
        self._guests = guests

    async def grant(self, caller: Caller, tenant_id: str | None, wanted: Wanted, actor: Actor) -> tuple[Grant, str]:
        """A grant and its token. Failures `not_found` for another's tenant, `forbidden` for a caller who does not lead
        it and for what reaches further than the caller (scopes, mode, web origin), `invalid_request` when no tenant is
        named and there is not just one."""
        _check_scopes(caller, wanted.scopes)
        async with self._database.connection() as cx:
            organization_id = await self._tenant(cx, caller, tenant_id, leading=True)
        key = await self._keyring.signing_key(organization_id)
        async with self._database.transaction() as tx:
            issuer = await self._issuer(tx, caller, wanted)
            grant = await self._record(tx, issuer, organization_id, key.kid, wanted, actor)
        return grant, await asyncio.to_thread(signing.sign, signing.claims_of(grant), key.kid, key.private_key)

    async def rotate(
        self,
        caller: Caller,
        tenant_id: str | None,
        wanted: Wanted,
        rotation: Rotation,
        actor: Actor,
    ) -> tuple[Grant, str, bool]:
        """A new grant, and the end of the previous token in the same transaction; whether that was revoked.

        Failures as for `grant`, and `not_found` when the previous one is no token of the tenant.
        """
        _check_scopes(caller, wanted.scopes)
        before = await self._ours(rotation.previous) if rotation.previous is not None else None
        async with self._database.connection() as cx:
            named = tenant_id or (before.organization_id if before else None)
            organization_id = await self._tenant(cx, caller, named, leading=True)
        if before is not None and before.organization_id != organization_id:
            raise errors.not_found("Token")
        key = await self._keyring.signing_key(organization_id, replace=rotation.replace_key)
        async with self._database.transaction() as tx:
            issuer = await self._issuer(tx, caller, wanted)
            # Before the new one is made: that may descend from the one that it replaces.
            if before is not None and rotation.revoke_previous:
                await self._revoke(tx, caller.user_id, before, "rotated", actor)
            grant = await self._record(tx, issuer, organization_id, key.kid, wanted, actor)
        token = await asyncio.to_thread(signing.sign, signing.claims_of(grant), key.kid, key.private_key)
        return grant, token, before is not None and rotation.revoke_previous

    async def revoke_token(self, caller: Caller, token: str, reason: str, actor: Actor) -> Revocation:
        """Failures `not_found`, also for what is no token of ours, and `forbidden`."""
        return await self._revoke_grant(caller, await self._ours(token), reason, actor)

    async def revoke_id(self, caller: Caller, tenant_id: str, jti: str, reason: str, actor: Actor) -> Revocation:
        """Failures `not_found`, `forbidden`."""
        async with self._database.connection() as cx:
            grant = await store.grant(cx, jti)
        if grant is None or grant.organization_id != tenant_id:
            raise errors.not_found("Token")
        return await self._revoke_grant(caller, grant, reason, actor)

    async def may_verify(self, caller: Caller, tenant_id: str) -> None:
        """Failure `not_found` for a tenant of others."""
        async with self._database.connection() as cx:
            await self._tenant(cx, caller, tenant_id, leading=False)

    async def public_keys(self, tenant_id: str) -> list[TenantKey]:
        """The organization's public keys."""
        return await self._keyring.public_keys(tenant_id)

    async def revocations(
        self, tenant_id: str | None, before: tuple[datetime, str] | None, limit: int
    ) -> list[Revocation]:
        """Revoked tokens, newest first."""
        async with self._database.connection() as cx:
            return await store.revocations(cx, tenant_id, before, limit)

    async def dissolving(self, tx: Connection, organization_id: str) -> None:
        """Delete the accounts of a tenant's subjects with the tenant."""
        await store.delete_guests(tx, organization_id)

    async def disabling(self, tx: Connection, user_id: str) -> None:
        """Revoke what a disabled account issued, for itself and for others."""
        for jti in await store.issued_by(tx, user_id, self._clock.now()):
            if (grant := await store.grant(tx, jti)) is not None:
                await self._revoke(tx, None, grant, "issuer disabled", Actor(None))

    async def sweep(self) -> None:
        """Delete keys whose tokens have expired, old grants and revocations, and guests who have left."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            await store.sweep(cx, now - MAX_LIFETIME, now - _GRANTS_KEPT)
        async with self._database.transaction() as tx:
            for user_id in await store.delete_passed(tx, now - _GUESTS_KEPT, _GUESTS_AT_ONCE):
                await audit.forget(tx, user_id)

    async def _issuer(self, tx: Connection, caller: Caller, wanted: Wanted) -> Issuer:
        """The caller's own credential as the parent of a new token, which must not reach further than it. Failure
        `forbidden`, and `not_authenticated` when it was ended meanwhile."""
        if caller.via != "key":
            return Issuer(caller)
        if caller.web_origin is None:
            if not await self._keys.hold(tx, caller.credential_id):
                raise errors.unauthenticated("not_authenticated", "The API key is not valid.")
            return Issuer(caller, key=caller.credential_id, ends_at=caller.ends_at)
        if not await store.hold(tx, caller.credential_id):
            raise errors.unauthenticated("not_authenticated", "The integration token was revoked.")
        own = await store.grant(tx, caller.credential_id)
        assert own is not None, "it is held"
        if (wanted.mode, wanted.origin) != (own.mode, own.origin):
            raise errors.forbidden("A token can only issue tokens of its own mode and web origin.")
        return Issuer(caller, parent=own.jti, ends_at=own.expires_at)

    async def _record(
        self,
        tx: Connection,
        issuer: Issuer,
        organization_id: str,
        kid: str,
        wanted: Wanted,
        actor: Actor,
    ) -> Grant:
        now = self._clock.now().replace(microsecond=0)
        expires_at = now + wanted.lifetime
        if issuer.ends_at is not None:
            expires_at = min(expires_at, issuer.ends_at.replace(microsecond=0))
        if expires_at <= now:
            raise errors.unauthenticated("token_expired", "The credential is about to expire.")
        jti = ids.new_id()
        subject, acts_for = await self._acts_for(tx, issuer.caller, organization_id, wanted, jti)
        grant = Grant(
            jti=jti,
            organization_id=organization_id,
            kid=kid,
            mode=wanted.mode,
            origin=wanted.origin,
            scopes=sorted(set(wanted.scopes)),
            subject=subject,
            acts_for=acts_for,
            issued_by=issuer.caller.user_id,
            issued_at=now,
            expires_at=expires_at,
            parent=issuer.parent,
            issued_key=issuer.key,
        )
        await store.add_grant(tx, grant)
        details = {"mode": grant.mode, "origin": grant.origin, "scopes": grant.scopes}
        await audit.record(
            tx, now, actor, Action("integration_token.granted", "integration_token", jti, organization_id, details)
        )
        return grant

    async def _acts_for(
        self, tx: Connection, caller: Caller, organization_id: str, wanted: Wanted, jti: str
    ) -> tuple[str, str]:
        """(subject, account). A public page never acts for the person who issued its token."""
        if wanted.subject is None and wanted.mode == "api":
            return caller.user_id, caller.user_id
        subject = wanted.subject or f"guest:{jti}"
        await store.lock_subjects(tx, organization_id)
        user_id = await store.subject(tx, organization_id, subject)
        if user_id is None:
            user_id = await self._guests.add(tx, subject[:100])
            passing = wanted.subject is None
            await store.add_subject(tx, organization_id, subject, user_id, self._clock.now(), passing=passing)
        return subject, user_id

    async def _revoke_grant(self, caller: Caller, grant: Grant, reason: str, actor: Actor) -> Revocation:
        async with self._database.transaction() as tx:
            await self._tenant(tx, caller, grant.organization_id, leading=True)
            return await self._revoke(tx, caller.user_id, grant, reason, actor)

    async def _revoke(
        self, tx: Connection, revoked_by: str | None, grant: Grant, reason: str, actor: Actor
    ) -> Revocation:
        """Revoke it and all tokens that were got with it."""
        now = self._clock.now()
        done: list[Revocation] = []
        for one in await store.lineage(tx, grant.jti):
            wanted = Revocation(one.jti, one.organization_id, reason, now, revoked_by, one.expires_at)
            deed = Action("integration_token.revoked", "integration_token", one.jti, one.organization_id)
            await audit.record(tx, now, actor, deed)
            done.append(await store.revoke(tx, wanted))
        if not done:
            raise errors.not_found("Token")
        return done[0]

    async def _ours(self, token: str) -> Grant:
        grant = await self._verification.grant_of(token)
        if grant is None:
            raise errors.not_found("Token")
        return grant

    async def _tenant(self, cx: Connection, caller: Caller, tenant_id: str | None, *, leading: bool) -> str:
        chosen = tenant_id or caller.organization_id or await self._tenants.sole(cx, caller.user_id)
        if chosen is None:
            raise errors.invalid("A field is not valid.", [("/tenantId", "name one of your organizations")])
        standing = await self._tenants.standing(cx, chosen, caller.user_id)
        if standing is None or caller.organization_id not in (None, chosen):
            raise errors.not_found("Tenant")
        if leading and standing != "leader":
            raise errors.forbidden("Only owners and admins of the organization may do this.")
        return chosen


def _check_scopes(caller: Caller, scopes: Sequence[str]) -> None:
    held = caller.scopes if caller.scopes is not None else frozenset(scopes) - NOT_FOR_TOKENS
    if beyond := sorted(frozenset(scopes) - (held - NOT_FOR_TOKENS)):
        raise errors.forbidden(f"A token cannot get scopes that its issuer may not give: {', '.join(beyond)}.")
