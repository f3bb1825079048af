"""The SQL of integration tokens."""

from datetime import datetime

from api.integration.models import Grant, Revocation, TenantKey
from kit.database import Connection


async def active_key(cx: Connection, organization_id: str) -> TenantKey | None:
    """The key that signs now; None before the first use."""
    row = await cx.fetchrow(
        """select kid, organization_id, public_key, private_key_sealed, created_at, retired_at
           from tenant_keys where organization_id = $1 and retired_at is null""",
        organization_id,
    )
    return TenantKey(**dict(row)) if row is not None else None


async def retire_key(tx: Connection, kid: str, now: datetime) -> bool:
    """False when it was retired already."""
    query = """update tenant_keys set retired_at = $2, private_key_sealed = null
               where kid = $1 and retired_at is null returning kid"""
    return await tx.fetchval(query, kid, now) is not None


async def add_key(tx: Connection, key: TenantKey) -> None:
    """Does nothing when the tenant has an active key already."""
    await tx.execute(
        """insert into tenant_keys (kid, organization_id, public_key, private_key_sealed, created_at)
           values ($1, $2, $3, $4, $5) on conflict (organization_id) where retired_at is null do nothing""",
        key.kid,
        key.organization_id,
        key.public_key,
        key.private_key_sealed,
        key.created_at,
    )


async def public_keys(cx: Connection, organization_id: str, retired_after: datetime) -> list[TenantKey]:
    """The active key and those retired so recently that their tokens may be valid."""
    rows = await cx.fetch(
        """select kid, organization_id, public_key, private_key_sealed, created_at, retired_at from tenant_keys
           where organization_id = $1 and (retired_at is null or retired_at > $2)
           order by retired_at is not null, created_at desc""",
        organization_id,
        retired_after,
    )
    return [TenantKey(**dict(row)) for row in rows]


async def key(cx: Connection, kid: str) -> TenantKey | None:
    """The key with this id."""
    row = await cx.fetchrow(
        """select kid, organization_id, public_key, private_key_sealed, created_at, retired_at
           from tenant_keys where kid = $1""",
        kid,
    )
    return TenantKey(**dict(row)) if row is not None else None


async def add_grant(tx: Connection, grant: Grant) -> None:
    """Store a token that was granted, without the token."""
    await tx.execute(
        """insert into integration_tokens
               (jti, organization_id, kid, mode, origin, scopes, subject, acts_for, issued_by, issued_at, expires_at,
                parent, issued_key)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
        grant.jti,
        grant.organization_id,
        grant.kid,
        grant.mode,
        grant.origin,
        grant.scopes,
        grant.subject,
        grant.acts_for,
        grant.issued_by,
        grant.issued_at,
        grant.expires_at,
        grant.parent,
        grant.issued_key,
    )


async def grant(cx: Connection, jti: str) -> Grant | None:
    """The grant of a token."""
    row = await cx.fetchrow(
        """select jti, organization_id, kid, mode, origin, scopes, subject, acts_for, issued_by, issued_at, expires_at,
                  parent, issued_key
           from integration_tokens where jti = $1""",
        jti,
    )
    return Grant(**dict(row)) if row is not None else None


async def hold(tx: Connection, jti: str) -> bool:
    """Keep a token from being revoked until `tx` ends; False when it was revoked, or is gone."""
    if await tx.fetchval("select jti from integration_tokens where jti = $1 for update", jti) is None:
        return False
    return not await revoked(tx, jti)


async def lineage(tx: Connection, jti: str) -> list[Grant]:
    """The token and all that were got with it, locked so that no more are; itself first."""
    found: list[Grant] = []
    query = """select jti, organization_id, kid, mode, origin, scopes, subject, acts_for, issued_by, issued_at,
                      expires_at, parent, issued_key
               from integration_tokens where jti = any($1::uuid[]) order by jti for update"""
    generation = [jti]
    while generation:
        found += [Grant(**dict(row)) for row in await tx.fetch(query, generation)]
        children = await tx.fetch("select jti from integration_tokens where parent = any($1::uuid[])", generation)
        generation = [row["jti"] for row in children]
    return found


async def revoke(tx: Connection, revocation: Revocation) -> Revocation:
    """The revocation that counts: the first one."""
    row = await tx.fetchrow(
        """insert into integration_token_revocations (jti, organization_id, reason, revoked_at, revoked_by, expires_at)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (jti) do update set reason = integration_token_revocations.reason
           returning jti, organization_id, reason, revoked_at, revoked_by, expires_at""",
        revocation.jti,
        revocation.organization_id,
        revocation.reason,
        revocation.revoked_at,
        revocation.revoked_by,
        revocation.expires_at,
    )
    if row is None:
        raise RuntimeError("an upsert that returned nothing")
    return Revocation(**dict(row))


async def revoked(cx: Connection, jti: str) -> bool:
    """Whether the token was revoked."""
    query = "select exists (select 1 from integration_token_revocations where jti = $1)"
    return bool(await cx.fetchval(query, jti))


async def unrevoked(cx: Connection, jtis: list[str]) -> set[str]:
    """Those of the ids that were not revoked."""
    rows = await cx.fetch(
        """select jti from integration_tokens t where jti = any($1::uuid[])
           and not exists (select 1 from integration_token_revocations r where r.jti = t.jti)""",
        jtis,
    )
    return {row["jti"] for row in rows}


async def revocations(
    cx: Connection, organization_id: str | None, before: tuple[datetime, str] | None, limit: int
) -> list[Revocation]:
    """The newest first."""
    revoked_at, jti = before or (None, None)
    rows = await cx.fetch(
        """select jti, organization_id, reason, revoked_at, revoked_by, expires_at from integration_token_revocations
           where ($1::uuid is null or organization_id = $1)
             and ($2::timestamptz is null or (revoked_at, jti) < ($2, $3::uuid))
           order by revoked_at desc, jti desc limit $4""",
        organization_id,
        revoked_at,
        jti,
        limit,
    )
    return [Revocation(**dict(row)) for row in rows]


async def subject(tx: Connection, organization_id: str, name: str) -> str | None:
    """The account that the tenant knows by this name; it is kept."""
    found: str | None = await tx.fetchval(
        """update integration_subjects set passing = false where organization_id = $1 and subject = $2
           returning user_id""",
        organization_id,
        name,
    )
    return found


async def tenants_of(cx: Connection, user_id: str) -> list[str]:
    """The tenants that know the account as a subject of theirs."""
    rows = await cx.fetch("select organization_id from integration_subjects where user_id = $1", user_id)
    return [row["organization_id"] for row in rows]


async def add_subject(
    tx: Connection, organization_id: str, name: str, user_id: str, now: datetime, *, passing: bool
) -> None:
    """`passing`: guests without a name, who are deleted some time after their tokens have expired."""
    await tx.execute(
        """insert into integration_subjects (organization_id, subject, user_id, created_at, passing)
           values ($1, $2, $3, $4, $5)""",
        organization_id,
        name,
        user_id,
        now,
        passing,
    )


async def subjects_of(cx: Connection, user_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Account → (tenant, its name for the learner)."""
    query = "select user_id, organization_id, subject from integration_subjects where user_id = any($1::uuid[])"
    rows = await cx.fetch(query, user_ids)
    return {row["user_id"]: (row["organization_id"], row["subject"]) for row in rows}


async def subjects_named(cx: Connection, name: str) -> list[str]:
    """The accounts that some tenant knows by this name."""
    rows = await cx.fetch("select user_id from integration_subjects where subject = $1 limit 100", name)
    return [row["user_id"] for row in rows]


async def issued_by(cx: Connection, user_id: str, now: datetime) -> list[str]:
    """Living tokens that somebody issued."""
    query = "select jti from integration_tokens where issued_by = $1 and expires_at > $2 order by jti"
    return [row["jti"] for row in await cx.fetch(query, user_id, now)]


async def delete_passed(tx: Connection, before: datetime, limit: int) -> list[str]:
    """The accounts of guests whose tokens were dead by then and who are in no live session, with everything that hangs
    on them."""
    rows = await tx.fetch(
        """with passed as (
             select user_id from integration_subjects s
             where passing and created_at < $1
               and not exists (select 1 from integration_tokens t where t.acts_for = s.user_id and t.expires_at >= $1)
               and not exists (select 1 from live_sessions l where l.user_id = s.user_id and l.ended_at is null)
             order by created_at limit $2 for update skip locked
           )
           delete from users where id in (select user_id from passed) returning id""",
        before,
        limit,
    )
    return [row["id"] for row in rows]


async def lock_subjects(tx: Connection, organization_id: str) -> None:
    """New subjects of a tenant come one after the other."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('subjects:' || $1, 0))", organization_id)


async def delete_guests(tx: Connection, organization_id: str) -> None:
    """The accounts of the tenant's subjects, with everything that hangs on them."""
    await tx.execute(
        "delete from users where id in (select user_id from integration_subjects where organization_id = $1)",
        organization_id,
    )


async def sweep(cx: Connection, keys_retired_before: datetime, tokens_expired_before: datetime) -> None:
    """Delete keys and tokens whose time is over."""
    await cx.execute("delete from tenant_keys where retired_at < $1", keys_retired_before)
    await cx.execute("delete from integration_tokens where expires_at < $1", tokens_expired_before)
    # By then the token is refused for its age alone, whatever became of its key.
    await cx.execute("delete from integration_token_revocations where expires_at < $1", tokens_expired_before)
