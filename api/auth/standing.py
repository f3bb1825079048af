"""Whether an account is disabled, for every credential that is not a sign-in: API keys and integration tokens."""

from collections.abc import Collection

from api.auth import store
from kit import errors
from kit.batches import Batches
from kit.database import Database


class Standing:
    """Whether accounts are disabled, remembered for a moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lookups = Batches(self._look_up)

    async def insist(self, user_id: str) -> None:
        """Failure `not_authenticated` for a disabled account."""
        if await self._lookups(user_id):
            raise errors.unauthenticated("not_authenticated", "The account of this credential is disabled.")

    async def disabled(self, user_ids: Collection[str]) -> set[str]:
        """Those that are disabled."""
        async with self._database.connection() as cx:
            return await store.disabled(cx, list(user_ids))

    async def _look_up(self, user_ids: list[str]) -> list[bool]:
        found = await self.disabled(set(user_ids))
        return [user_id in found for user_id in user_ids]
