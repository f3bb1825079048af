"""Accounts without a password: learners who come by an organization's own site, or who only try."""

from api.auth import store
from api.auth.models import NO_PASSWORD, User
from kit import ids
from kit.clock import Clock
from kit.database import Connection


class Guests:
    """Accounts without an address or a password."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def add(
        self, tx: Connection, full_name: str | None, timezone: str = "UTC", native_language: str | None = None
    ) -> str:
        """A new account; its id."""
        user_id = ids.new_id()
        username = f"guest_{user_id.replace('-', '')[-20:]}"
        # The domain is reserved (RFC 2606): nothing can ever be sent there.
        email = f"{username}@guests.invalid"
        now = self._clock.now()
        user = User(
            user_id, email, username, full_name, None, None, timezone, native_language, None, "user", "free", now
        )
        await store.add_user(tx, user, NO_PASSWORD)
        return user_id
