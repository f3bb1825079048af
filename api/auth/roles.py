"""Making administrators: for the operator at the command line only, never over HTTP."""

from api.auth import store
from api.auth.models import Role
from kit import audit, emails, errors
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Database


class Roles:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def set(self, email: str, role: Role) -> None:
        """Failure `not_found` when no account has this address."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            user_id = await store.set_role(tx, emails.or_name(email), role, now)
            if user_id is None:
                raise errors.not_found("Account")
            await audit.record(
                tx, now, Actor(None), Action("account.role_set", "user", user_id, details={"role": role})
            )
