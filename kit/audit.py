"""The audit trail: who did what to whom. An entry is written in the transaction of the action, so neither exists
without the other.

When an account is deleted, its entries stay under a pseudonym. They can still be distinguished from those of others and
found by the old id, but they do not lead back to the person.
"""

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from kit import ids
from kit.database import Connection
from kit.storable import JsonObject


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and through which request. `user_id` is None for a caller who is not signed in and for the operator."""

    user_id: str | None
    address: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """`action` in the past tense ("api_key.deleted"); `details` holds no secret and no content of a learner."""

    action: str
    target_kind: str
    target_id: str
    organization_id: str | None = None
    details: JsonObject = field(default_factory=dict)


async def record(tx: Connection, at: datetime, actor: Actor, deed: Action) -> None:
    """Append one entry to the audit trail, in the transaction of what it records."""
    await tx.execute(
        """insert into audit_events
               (id, at, actor_id, action, target_kind, target_id, organization_id, address, request_id, details)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        ids.new_id(),
        at,
        actor.user_id,
        deed.action,
        deed.target_kind,
        deed.target_id,
        deed.organization_id,
        actor.address,
        actor.request_id,
        deed.details,
    )


def pseudonym(user_id: str) -> str:
    """A UUID derived from the id. It cannot be reversed, because ids hold 74 random bits."""
    return str(uuid.UUID(bytes=hashlib.sha256(user_id.encode()).digest()[:16]))


async def forget(tx: Connection, user_id: str) -> None:
    """Replace the id by the pseudonym everywhere and delete the addresses."""
    name = pseudonym(user_id)
    await tx.execute("update audit_events set actor_id = $2, address = null where actor_id = $1", user_id, name)
    await tx.execute("update audit_events set target_id = $2 where target_id = $1::text", user_id, name)
