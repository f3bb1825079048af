"""Making administrators: for the operator at the command line only, never over HTTP."""

from api.auth import link_store, store
from api.auth.models import Role
from kit import audit, emails, errors
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Database


class Roles:
    """Who is an administrator."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def set(self, email: str, role: Role) -> None:
        """Who is no administrator any more has made no links for others either. Failure `not_found` when no account has
        this address."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            user_id = await store.set_role(tx, emails.or_name(email), role, now)
            if user_id is None:
                raise errors.not_found("Account")
            if role != "admin":
                await link_store.void_made_by(tx, user_id)
            await audit.record(
                tx, now, Actor(None), Action("account.role_set", "user", user_id, details={"role": role})
            )
